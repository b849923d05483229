import type { ObserveRules } from '../reset/resetService';
import { defaultRules } from '../reset/resetWatch';
import { verification } from './settings';

/** How the settings want resets observed: answers, which hold other people's data, only where nothing is protected. */
export const observeRules: ObserveRules = (bus) => {
  const { isOn, requestTimeout } = verification();
  if (!isOn) return undefined;
  return { answers: bus.isProtected ? 'off' : 'watched', rules: { ...defaultRules, requestTimeout } };
};
