import type { PagePerson } from '../../src/util/person';

/** The person's time zone and language, as this browser has them. */
export function personHere(): PagePerson {
  const { timeZone, locale } = Intl.DateTimeFormat().resolvedOptions();
  return { timeZone, language: navigator.language || locale };
}
