import type { Evaluator } from '../../evaluator';
import type { RequestKind } from '../../fact';
import { splitSubject } from '../../names';
import type { Binding } from '../../outline';
import type { SourceFile } from '../../sourceFile';
import { type Site, type Value, wholeText } from '../../value';
import type { Library, Naming, Report } from '../language';

const natsModules = /^(nats|nats\.ws|nats\.deno|ts-nats|websocket-nats|@nats-io\/[\w-]+)$/;

/** The nats clients, from version 1 on, used without a RES library: the subjects are the protocol's own. */
export const nats: Library = {
  name: 'nats',
  modules: natsModules,
  impliesService: true,
  calls: {
    subscribe(callee, site, evaluator, report) {
      const subject = subjectOf(callee, site, evaluator, report);
      if (subject && subject.method !== 'event')
        report.handler(subject.name, subject.naming, [subject.method]);
    },
    publish(callee, site, evaluator, report) {
      const subject = subjectOf(callee, site, evaluator, report);
      if (subject?.method === 'event') report.reference(subject.name, subject.naming);
      else if (!subject && isReset(callee, site, evaluator)) reportReset(site, evaluator, report);
    },
    request(callee, site, evaluator, report) {
      const subject = subjectOf(callee, site, evaluator, report);
      if (subject && subject.method !== 'event') report.reference(subject.name, subject.naming);
    },
  },
};

interface Subject {
  readonly method: RequestKind | 'event';
  readonly name: Value;
  readonly naming: Naming;
}

/** The RES subject that is the call's first argument; none for other subjects and other receivers than NATS. */
function subjectOf(callee: Value, site: Site, evaluator: Evaluator, report: Report): Subject | undefined {
  const arg = site.file.call(site.call).args[0];
  const value = evaluator.argument(site, 0);
  if (!arg || !value || !isNats(callee, site) || report.mustFollow(value)) return undefined;
  const split = splitSubject(value);
  return (
    split && { method: split.method as Subject['method'], name: split.name, naming: { ...arg, in: site } }
  );
}

function isNats(callee: Value, site: Site): boolean {
  if (callee.k !== 'method') return false;
  const receiver = callee.of;
  if (receiver.k === 'external') return isOfNats(receiver.origin) || isGuess(receiver.origin, site);
  return (receiver.k === 'unknown' || receiver.k === 'method') && isGuess('#', site);
}

function isOfNats(origin: string): boolean {
  return natsModules.test(origin.split('#', 1)[0] ?? '');
}

/**
 * Where it can't be told what a receiver is (a parameter nobody passes, a field nobody sets), it is a NATS connection
 * if it is called like one, or if the file works with NATS at all.
 */
function isGuess(origin: string, { file, call }: Site): boolean {
  if (!origin.startsWith('#')) return false;
  const { callee } = file.call(call);
  const receiver = callee.k === 'member' ? callee.of : undefined;
  const name = receiver?.k === 'name' || receiver?.k === 'member' ? receiver.name : '';
  return /^#?_?(nc|nats|nats_?(client|conn(ection)?))$/i.test(name) || importsNats(file);
}

function importsNats(file: SourceFile): boolean {
  const names = Object.values<Binding>(file.outline.scopes[0]?.names ?? {});
  return (
    names.some((binding) => binding.k === 'import' && natsModules.test(binding.from)) ||
    file.outline.calls.some(
      ({ callee, args: [from] }) =>
        callee.k === 'name' &&
        callee.name === 'require' &&
        from?.value.k === 'text' &&
        natsModules.test(from.value.text),
    )
  );
}

function isReset(callee: Value, site: Site, evaluator: Evaluator): boolean {
  const subject = evaluator.argument(site, 0);
  return subject !== undefined && wholeText(subject) === 'system.reset' && isNats(callee, site);
}

/** A service that sends `system.reset` itself names its own patterns in it. */
function reportReset(site: Site, evaluator: Evaluator, report: Report): void {
  const payload = unwrapped(evaluator.argument(site, 1), evaluator);
  if (payload?.k !== 'record') return;
  for (const entry of payload.entries) {
    if (entry.key !== 'resources' && entry.key !== 'access') continue;
    const list = evaluator.evaluate(entry.value, payload.in);
    if (list.k !== 'list') continue;
    for (const item of list.items)
      report.reference(evaluator.evaluate(item.value, list.in), { ...item, in: list.in });
  }
}

/** The payload inside of `JSON.stringify(…)`, `codec.encode(…)` and the like. */
function unwrapped(value: Value | undefined, evaluator: Evaluator): Value | undefined {
  if (value?.k !== 'made' || value.what !== 'encoded') return value;
  return unwrapped(evaluator.argument(value.site, 0), evaluator);
}
