import type { Bus } from '../bus';
import type { ObserveOptions } from '../observe/observeReset';
import type { ObserveRules } from '../resetService';
import { defaultRules } from '../observe/resetWatch';
import { settings } from '../../shell/settings';

/** Whether and how the settings want resets observed. */
export const observeRules: ObserveRules = (bus) => (settings.verify.get() ? answerRules(bus) : undefined);

/** Answers, which hold other people's data, are watched only where nothing is protected. */
export function answerRules(bus: Bus): Pick<ObserveOptions, 'answers' | 'rules'> {
  const requestTimeout = settings.requestTimeout.get();
  return { answers: bus.isProtected ? 'off' : 'watched', rules: { ...defaultRules, requestTimeout } };
}
