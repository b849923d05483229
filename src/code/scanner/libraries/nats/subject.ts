import type { Evaluator } from '../../evaluate/evaluator';
import type { RequestKind } from '../../facts/fact';
import { splitSubject } from '../../facts/names';
import { type Site, type Value, piecesOf, wholeText } from '../../evaluate/value';
import { namingOf, referToAll } from '../arguments';
import type { CallShape, Naming, Report } from '../library';

/** A subject of the protocol that code uses through a NATS client, without a RES library. */
export interface Subject {
  readonly method: RequestKind | 'event';
  readonly name: Value;
  readonly naming: Naming;
}

/** Whether a call is one of a NATS connection. */
export type IsNats = (callee: Value, site: Site, evaluator: Evaluator) => boolean;

/** No call can be one of a connection that can't be told to be one. */
const never: IsNats = () => false;

/**
 * A call that serves the subject in argument number `index`. Where it only `mayBe` one of a connection, the subject counts
 * beside other words of the protocol.
 */
export function subscribes(isNats: IsNats, index = 0, mayBe: IsNats = never): CallShape {
  return ofSubject(index, (callee, site, evaluator, report) => {
    const isSure = isNats(callee, site, evaluator);
    // Only for what is surely a connection is it followed where a subject comes from.
    if (!isSure && !(isWritten(site, index, evaluator) && mayBe(callee, site, evaluator))) return;
    const subject = subjectAt(site, index, evaluator, report, isSure);
    if (!subject || subject.method === 'event') return;
    if (isSure || report.isBesideWords(subject.name, subject.naming))
      report.handler(subject.name, subject.naming, [subject.method]);
  });
}

/** A call that sends a request to the subject in argument number `index`. */
export function requests(isNats: IsNats, index = 0): CallShape {
  return ofSubject(index, (callee, site, evaluator, report) => {
    const subject = isNats(callee, site, evaluator) && subjectAt(site, index, evaluator, report);
    if (subject && subject.method !== 'event') report.reference(subject.name, subject.naming);
  });
}

/** Whether the start of a text is written out. */
function isWritten(site: Site, index: number, evaluator: Evaluator): boolean {
  const value = evaluator.argument(site, index);
  return value !== undefined && typeof piecesOf(value)[0] === 'string';
}

/** The events that the protocol itself knows. */
export const predefined = /\.(change|add|remove|create|delete|reaccess|query)$/;

/** A call that sends the event or the reset in argument number `index`, with the payload in the next one. */
export function publishes(isNats: IsNats, index = 0, mayBe: IsNats = never): CallShape {
  return ofSubject(index, (callee, site, evaluator, report) => {
    const isSure = isNats(callee, site, evaluator);
    if (!isSure && !(mayBe(callee, site, evaluator) && isOfProtocol(site, index, evaluator, report))) return;
    const subject = subjectAt(site, index, evaluator, report, isSure);
    // A request that nobody answers is a call, if it is one at all.
    if (subject?.method === 'get' || subject?.method === 'access') report.plainMessage();
    else if (subject) report.reference(subject.name, subject.naming);
    else if (textAt(site, index, evaluator) === 'system.reset')
      reportReset(site, index + 1, evaluator, report);
  });
}

/** Whether nothing but the protocol has such a subject, beside other words of it. */
function isOfProtocol(site: Site, index: number, evaluator: Evaluator, report: Report): boolean {
  const naming = namingOf(site, index);
  const value = evaluator.argument(site, index);
  const [first, last] = [0, -1].map((at) => value && piecesOf(value).at(at));
  const isEvent =
    typeof first === 'string' &&
    first.startsWith('event.') &&
    typeof last === 'string' &&
    predefined.test(last);
  if (!value || !naming || !(isEvent || wholeText(value) === 'system.reset')) return false;
  return report.isBesideWords(value, naming);
}

function ofSubject(subject: number, shape: CallShape): CallShape {
  return Object.assign(shape, { subject });
}

/** The RES subject that is an argument of a call; none for other subjects. */
function subjectAt(
  site: Site,
  index: number,
  evaluator: Evaluator,
  report: Report,
  isSure = true,
): Subject | undefined {
  const naming = namingOf(site, index);
  const value = evaluator.argument(site, index);
  return naming && value && subjectOf(value, naming, report, isSure);
}

/** The RES subject that a value is. */
export function subjectOf(value: Value, naming: Naming, report: Report, isSure = true): Subject | undefined {
  if (report.mustFollow(value)) return undefined;
  const split = splitSubject(value);
  const [first = ''] = piecesOf(value);
  if (isSure && !split && typeof first === 'string' && isPlain(first)) report.plainMessage();
  return split && { method: split.method as Subject['method'], name: split.name, naming };
}

/** Whether a subject that starts so is neither one of the protocol nor one of NATS itself. */
function isPlain(start: string): boolean {
  return /^[\w-]+\./.test(start) && !/^(get|access|call|auth|event|conn|system|_INBOX)\./.test(start);
}

function textAt(site: Site, index: number, evaluator: Evaluator): string | undefined {
  const value = evaluator.argument(site, index);
  return value && wholeText(value);
}

/** A service that sends `system.reset` itself names its own patterns in it. */
function reportReset(site: Site, index: number, evaluator: Evaluator, report: Report): void {
  const payload = unwrapped(evaluator.argument(site, index), evaluator);
  const naming = namingOf(site, index);
  if (payload?.kind === 'text' && naming) {
    for (const pattern of patternsIn(wholeText(payload) ?? '')) {
      report.reference({ kind: 'text', pieces: [pattern] }, naming);
    }
  }
  if (payload?.kind === 'record') {
    // The names of fields in JSON mostly differ from those in code only by capitals.
    for (const entry of payload.entries)
      if (typeof entry.key === 'string' && /^(resources|access)$/i.test(entry.key))
        referToAll(evaluator.evaluate(entry.value, payload.in), evaluator, report);
  } else if (payload?.kind === 'instance') {
    for (const field of ['resources', 'access', 'Resources', 'Access', 'resources ', 'access '])
      referToAll(evaluator.member(payload, field), evaluator, report);
  }
}

/** The patterns of a reset that is written out as JSON. */
function patternsIn(json: string): string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return [];
  }
  const { resources, access } = (parsed ?? {}) as { resources?: unknown; access?: unknown };
  const lists: unknown[] = [resources, access].filter(Array.isArray).flat();
  return lists.filter((pattern) => typeof pattern === 'string');
}

/** The payload inside of what turns it into text or bytes. */
function unwrapped(value: Value | undefined, evaluator: Evaluator): Value | undefined {
  if (value?.kind !== 'made' || value.what !== 'encoded') return value;
  return unwrapped(evaluator.argument(value.site, 0), evaluator);
}
