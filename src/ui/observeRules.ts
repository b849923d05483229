import type { Bus } from '../reset/bus';
import type { ObserveOptions } from '../reset/observeReset';
import type { ObserveRules } from '../reset/resetService';
import { defaultRules } from '../reset/resetWatch';
import { verification } from './settings';

/** Whether and how the settings want resets observed. */
export const observeRules: ObserveRules = (bus) => (verification().isOn ? answerRules(bus) : undefined);

/** Answers, which hold other people's data, are watched only where nothing is protected. */
export function answerRules(bus: Bus): Pick<ObserveOptions, 'answers' | 'rules'> {
  const { requestTimeout } = verification();
  return { answers: bus.isProtected ? 'off' : 'watched', rules: { ...defaultRules, requestTimeout } };
}
