import fc from 'fast-check';
import { cutOffReasons, type Observation } from '../../../src/resets/observe/observation';
import type { HistoryEntry } from '../../../src/history/historyEntry';
import type { LogLine } from '../../../src/history/log/historyLog';
import type { ResetRecord } from '../../../src/resets/resetRecord';
import { verbatim, type Text } from '../../../src/util/l10n';
import type { Problem } from '../../../src/util/problem';

/** A settled record with the given id. */
export function record(id: string, more: Partial<ResetRecord> = {}): ResetRecord {
  return {
    id,
    time: Number(/\d+/.exec(id)?.[0] ?? 0),
    origin: 'command',
    message: { resources: ['library.>'] },
    connection: 'local',
    state: { kind: 'published', server: 'nats' },
    ...more,
  };
}

/** An entry with a settled record. */
export function entry(
  id: string,
  more: Partial<ResetRecord> = {},
  marks: Partial<HistoryEntry> = {},
): HistoryEntry {
  return { record: record(id, more), isPinned: false, label: '', isImported: false, ...marks };
}

/** Like `fc.record`, without the objects that have no prototype: JSON makes none. */
function plainRecord<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true });
}

const text = fc.string({ unit: 'binary', maxLength: 12 });
const anyText: fc.Arbitrary<Text> = fc.oneof(
  text.map(verbatim),
  fc.tuple(fc.oneof(text, fc.constant('{1} of {0}')), fc.oneof(text, fc.nat(), fc.tuple(text))),
);
/** Any problem that can come about. */
export const anyProblem: fc.Arbitrary<Problem> = fc.record(
  { what: anyText, why: anyText, remedy: anyText },
  { noNullPrototype: true, requiredKeys: ['what'] },
);

const outcome = fc.oneof(
  plainRecord({ kind: fc.constantFrom('answered', 'notFound', 'granted', 'noAnswer', 'unseen', 'pending') }),
  plainRecord({ kind: fc.constant('error'), code: text, message: text }),
);
const request = plainRecord({
  kind: fc.constantFrom('get', 'access', 'auth'),
  name: text,
  query: text,
  gateway: fc.nat(3),
  client: fc.nat(3),
  outcome,
  took: fc.nat(),
});
const counts = plainRecord({ answered: fc.nat(9), error: fc.nat(9) });
const observation: fc.Arbitrary<Observation> = plainRecord({
  state: fc.constantFrom('complete', 'cutOff', 'denied'),
  cutOffBy: fc.constantFrom(...cutOffReasons),
  answers: fc.constantFrom('watched', 'off', 'denied'),
  counts: plainRecord({ get: counts, access: counts, auth: counts }),
  requests: fc.array(request, { maxLength: 3 }),
  other: fc.nat(3),
  gateways: fc.nat(3),
  took: fc.nat(),
});

/** Any record that can come about. */
export const anyRecord: fc.Arbitrary<ResetRecord> = fc.oneof(
  plainRecord(anyFields()),
  plainRecord({ ...anyFields(), leftOut: fc.nat(9).map((count) => count + 1) }),
);

function anyFields() {
  return {
    id: fc.constantFrom('1', '2', '3', '4'),
    time: fc.nat(5),
    origin: fc.constantFrom('command', 'codeLens', 'history', 'resources', 'api', 'received'),
    message: fc.oneof(
      plainRecord({ resources: fc.array(text) }),
      plainRecord({ access: fc.array(text) }),
      plainRecord({ tids: fc.array(text), subject: text }),
    ),
    connection: text,
    connectionId: text,
    state: fc.oneof(
      plainRecord({ kind: fc.constantFrom('requested', 'sending') }),
      plainRecord({ kind: fc.constant('published'), server: text }),
      plainRecord({ kind: fc.constant('published'), server: text, observation }),
      plainRecord({ kind: fc.constant('received') }),
      plainRecord({ kind: fc.constant('received'), observation }),
      plainRecord({ kind: fc.constantFrom('rejected', 'failed'), problem: anyProblem, server: text }),
    ),
  };
}

const anyId = fc.constantFrom('1', '2');
const rev = fc.nat(9);

/** Any line of a log, about few ids and with few numbers, so that they meet. */
export const anyLine: fc.Arbitrary<LogLine> = fc.oneof(
  plainRecord({ rev, put: anyRecord }),
  plainRecord({ rev, put: anyRecord, imported: fc.constant<true>(true) }),
  plainRecord({ rev, put: anyRecord, by: fc.constantFrom('a', 'b') }),
  plainRecord({ rev, remove: anyId }),
  plainRecord({ rev, restore: anyId }),
  plainRecord({ rev, pin: anyId, on: fc.boolean() }),
  plainRecord({ rev, label: anyId, text }),
);
