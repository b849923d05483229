/** Where and how a person reads times, as a page knows it: an IANA time zone and a language tag. */
export interface PagePerson {
  readonly timeZone: string;
  readonly language: string;
}

/** Checks what a page says of the person; undefined if it says nothing of use. */
export function parsePerson(value: unknown): PagePerson | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { timeZone, language } = value as Record<string, unknown>;
  if (typeof timeZone !== 'string' || typeof language !== 'string') return undefined;
  return timeZone.length < 100 && language.length < 100 ? { timeZone, language } : undefined;
}
