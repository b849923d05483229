import type { Evaluator } from '../../evaluate/evaluator';
import type { RequestKind } from '../../facts/fact';
import { splitSubject } from '../../facts/names';
import type { Binding, Outline } from '../../outline/outline';
import type { SourceFile } from '../../files/sourceFile';
import { type Site, type Value, piecesOf, unknownValue, wholeText } from '../../evaluate/value';
import type { CallShape, Naming, Report } from '../library';
import { requires } from '../rid';

/** A subject of the protocol that code uses through a NATS client, without a RES library. */
export interface Subject {
  readonly method: RequestKind | 'event';
  readonly name: Value;
  readonly naming: Naming;
}

/** Whether a call is one of a NATS connection. */
export type IsNats = (callee: Value, site: Site, evaluator: Evaluator) => boolean;

/** Where argument number `index` of a call stands. */
export function namingOf(site: Site, index: number): Naming | undefined {
  const arg = site.file.call(site.call).args[index];
  return arg && { value: arg.value, at: arg.at, in: site };
}

/** A call that serves the subject in argument number `index`. */
export function subscribes(isNats: IsNats, index = 0): CallShape {
  return ofSubject(index, (callee, site, evaluator, report) => {
    const subject = isNats(callee, site, evaluator) && subjectAt(site, index, evaluator, report);
    if (subject && subject.method !== 'event') report.handler(subject.name, subject.naming, [subject.method]);
  });
}

/** A call that sends a request to the subject in argument number `index`. */
export function requests(isNats: IsNats, index = 0): CallShape {
  return ofSubject(index, (callee, site, evaluator, report) => {
    const subject = isNats(callee, site, evaluator) && subjectAt(site, index, evaluator, report);
    if (subject && subject.method !== 'event') report.reference(subject.name, subject.naming);
  });
}

/** A call that sends the event or the reset in argument number `index`, with the payload in the next one. */
export function publishes(isNats: IsNats, index = 0): CallShape {
  return ofSubject(index, (callee, site, evaluator, report) => {
    if (!isNats(callee, site, evaluator)) return;
    const subject = subjectAt(site, index, evaluator, report);
    // A request that nobody answers is a call, if it is one at all.
    if (subject?.method === 'get' || subject?.method === 'access') report.plainMessage();
    else if (subject) report.reference(subject.name, subject.naming);
    else if (textAt(site, index, evaluator) === 'system.reset')
      reportReset(site, index + 1, evaluator, report);
  });
}

function ofSubject(subject: number, shape: CallShape): CallShape {
  return Object.assign(shape, { subject });
}

/** The RES subject that is an argument of a call; none for other subjects. */
function subjectAt(site: Site, index: number, evaluator: Evaluator, report: Report): Subject | undefined {
  const naming = namingOf(site, index);
  const value = evaluator.argument(site, index);
  return naming && value && subjectOf(value, naming, report);
}

/** The RES subject that a value is. */
export function subjectOf(value: Value, naming: Naming, report: Report): Subject | undefined {
  if (report.mustFollow(value)) return undefined;
  const split = splitSubject(value);
  const [first = ''] = piecesOf(value);
  if (!split && typeof first === 'string' && isPlain(first)) report.plainMessage();
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
  if (payload?.k === 'text' && naming) {
    for (const pattern of patternsIn(wholeText(payload) ?? '')) {
      report.reference({ k: 'text', pieces: [pattern] }, naming);
    }
  }
  if (payload?.k !== 'record') return;
  for (const entry of payload.entries) {
    if (entry.key !== 'resources' && entry.key !== 'access') continue;
    const list = evaluator.evaluate(entry.value, payload.in);
    if (list.k !== 'list') continue;
    for (const item of list.items)
      report.reference(evaluator.evaluate(item.value, list.in), { ...item, in: list.in });
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
  if (value?.k !== 'made' || value.what !== 'encoded') return value;
  return unwrapped(evaluator.argument(value.site, 0), evaluator);
}

/**
 * Where it can't be told what a receiver is (a parameter nobody passes, a field nobody sets), it is a NATS connection
 * if it is called like one, or if the file works with NATS at all.
 */
export function seemsNats(callee: Value, site: Site, modules: RegExp): boolean {
  const receiver = receiverOf(callee);
  if (!receiver) return false;
  if (receiver.k === 'external' ? !receiver.origin.startsWith('#') : !isOpen(receiver)) return false;
  const call = site.file.call(site.call);
  const of = call.callee.k === 'member' ? call.callee.of : undefined;
  const name = of?.k === 'name' || of?.k === 'member' ? of.name : '';
  return /^#?_?m?_?(nc|nats|nats_?(client|conn(ection)?))$/i.test(name) || importsOneOf(site.file, modules);
}

/** What a method is called on; of an interface's method nothing but the interface is known. */
function receiverOf(callee: Value): Value | undefined {
  if (callee.k === 'method') return callee.of;
  if (callee.k !== 'function') return undefined;
  const cls = callee.file.outline.functions[callee.fn]?.cls;
  const isAbstract = cls !== undefined && callee.file.outline.classes[cls]?.isAbstract === true;
  return isAbstract ? unknownValue : undefined;
}

function isOpen(receiver: Value): boolean {
  return receiver.k === 'unknown' || receiver.k === 'method';
}

/** Answers that hold as long as the file's code stays as it is. */
const importing = new WeakMap<Outline, Map<RegExp, boolean>>();

/** Whether the file imports one of the modules. */
function importsOneOf(file: SourceFile, modules: RegExp): boolean {
  let answers = importing.get(file.outline);
  if (!answers) importing.set(file.outline, (answers = new Map<RegExp, boolean>()));
  let answer = answers.get(modules);
  if (answer === undefined) {
    const names = Object.values<Binding>(file.outline.scopes[0]?.names ?? {});
    answer =
      names.some((binding) => binding.k === 'import' && modules.test(binding.from)) ||
      file.outline.calls.some((call) => requires(call, modules));
    answers.set(modules, answer);
  }
  return answer;
}
