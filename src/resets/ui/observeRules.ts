import type { Bus } from '../bus';
import type { ObserveOptions } from '../observe/observeReset';
import type { ObserveRules } from '../resetService';
import { defaultRules } from '../observe/resetWatch';
import { verification } from '../../shell/settings';

/** Whether and how the settings want resets observed. */
export const observeRules: ObserveRules = (bus) => (verification().isOn ? answerRules(bus) : undefined);

/** Answers, which hold other people's data, are watched only where nothing is protected. */
export function answerRules(bus: Bus): Pick<ObserveOptions, 'answers' | 'rules'> {
  const { requestTimeout } = verification();
  return { answers: bus.isProtected ? 'off' : 'watched', rules: { ...defaultRules, requestTimeout } };
}
