import type { SystemMessage } from '../res/systemMessage';
import { isSameConnection } from './connections';
import { connectionOf, type ResetRecord } from './resetRecord';

/**
 * Whoever listens on one bus notes the same reset within this time, in milliseconds: the server passes it on to all at once, and a
 * busy window reads it a little later. The same message further apart is another reset. The only limit of this kind: what this window
 * itself has published is known by its publish (`OwnMessages`), not by a time.
 */
const sightingMs = 1000;

/** What is known of a reset by all who have seen it. */
export type SeenReset = Pick<ResetRecord, 'message' | 'leftOut' | 'connection' | 'connectionId' | 'time'>;

const messageTexts = new WeakMap<SystemMessage, string>();

/** Whether two messages say the same, in the same words. */
export function isSameMessage(a: SystemMessage, b: SystemMessage): boolean {
  return textOf(a) === textOf(b);
}

/** Whether two resets ask for the same of the same connection, as far as that was stored; they can be days apart. */
export function isAlike(a: Omit<SeenReset, 'time'>, b: Omit<SeenReset, 'time'>): boolean {
  return (
    a.leftOut === b.leftOut &&
    isSameConnection(connectionOf(a), connectionOf(b)) &&
    isSameMessage(a.message, b.message)
  );
}

/** Whether two sightings, each by somebody else, can be of one reset: they are alike, and of the same moment. */
export function isSameReset(a: SeenReset, b: SeenReset): boolean {
  return isSameMoment(a, b) && isAlike(a, b);
}

/** Whether two sightings are close enough to be of one reset. */
export function isSameMoment(a: Pick<SeenReset, 'time'>, b: Pick<SeenReset, 'time'>): boolean {
  return Math.abs(a.time - b.time) <= sightingMs;
}

function textOf(message: SystemMessage): string {
  let text = messageTexts.get(message);
  if (text === undefined) messageTexts.set(message, (text = JSON.stringify(message)));
  return text;
}
