import type { AsIs } from '../messages';

/** A value that is sent as it is, whatever secrets there are. */
export class SentAsIs<T> {
  constructor(readonly value: T) {}
}

/** Sends the value as it is. */
export function asIs<T>(value: T): SentAsIs<T> {
  return new SentAsIs(value);
}

/**
 * A message before it is sent: each text in it is going to be masked, unless its type says that it is shown as it is (`AsIs`), or lists
 * what it can be; such ones are wrapped in `asIs`, and no others can be.
 */
export type Outgoing<T> = [T] extends [AsIs<infer Value>]
  ? 'shownAsIs' extends keyof T
    ? SentAsIs<Value>
    : OutgoingOther<T>
  : OutgoingOther<T>;

type OutgoingOther<T> = [T] extends [string]
  ? string extends T
    ? string
    : SentAsIs<T>
  : T extends readonly (infer One)[]
    ? readonly Outgoing<One>[]
    : T extends object
      ? { readonly [Key in keyof T]: Outgoing<Exclude<T[Key], undefined>> }
      : T;

/** The message as it is sent: without any known secret but in what is sent as it is. */
export function masked<T>(message: Outgoing<T>, redact: (text: string) => string): T {
  return maskedValue(message, redact) as T;
}

function maskedValue(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (value instanceof SentAsIs) return value.value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => maskedValue(one, redact));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, maskedValue(one, redact)]));
}
