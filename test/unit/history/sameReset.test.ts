import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { HistoryEntry } from '../../../src/history/historyEntry';
import { newestFirst } from '../../../src/history/shownHistory';
import { groupSame, mergeSame, type SameReset } from '../../../src/history/sameReset';
import type { Observation } from '../../../src/resets/observe/observation';
import type { ResetRecord } from '../../../src/resets/resetRecord';
import { entry } from './records';
import { verbatim } from '../../../src/util/l10n';

describe('What several windows have recorded', () => {
  /** Ids start with the window that wrote the record. */
  const writerOf = (id: string): string => id[0] ?? '';
  const received = (id: string, time: number, more: Partial<ResetRecord> = {}): HistoryEntry =>
    entry(id, { time, origin: 'received', state: { kind: 'received' }, ...more });
  const sent = (id: string, time: number, more: Partial<ResetRecord> = {}): HistoryEntry =>
    entry(id, { time, ...more });
  const group = (...entries: HistoryEntry[]): SameReset[] => groupSame(newestFirst(entries), writerOf);
  const ids = (groups: readonly SameReset[]): string[] =>
    groups.map((same) => same.map(({ record }) => record.id).join(' '));
  const observation = (state: Observation['state']): Observation => ({
    state,
    answers: 'watched',
    counts: { get: { answered: 1 }, access: {}, auth: {} },
    requests: [],
    other: 0,
    gateways: 1,
    took: 5,
  });

  it('is one reset, where both saw it within a second', () => {
    assert.deepEqual(ids(group(received('a1', 0), received('b1', 1000))), ['a1 b1']);
    assert.deepEqual(ids(group(received('a1', 0), received('b1', 1001))), ['b1', 'a1']);
  });

  it('is one reset, where one sent what the other saw', () => {
    assert.deepEqual(ids(group(sent('a1', 0), received('b1', 20))), ['a1 b1']);
    // What was seen before it was sent is somebody else's.
    assert.deepEqual(ids(group(received('b1', 0), sent('a1', 20))), ['a1', 'b1']);
  });

  it('is two, where it can be two', () => {
    const differences: Partial<ResetRecord>[] = [
      { message: { resources: ['library.book.1'] } },
      { connection: 'other' },
      { leftOut: 3 },
    ];
    for (const other of differences)
      assert.equal(group(received('a1', 0), received('b1', 1, other)).length, 2, JSON.stringify(other));
    const [user, context] = [{ connectionId: 'user:local' }, { connectionId: 'context:local' }];
    assert.equal(
      group(received('a1', 0, user), received('b1', 1, context)).length,
      2,
      'of another connection',
    );
    assert.equal(group(sent('a1', 0), sent('b1', 1)).length, 2, 'both sent it');
    const failed = {
      kind: 'failed',
      problem: { what: verbatim('It is not known whether it arrived') },
    } as const;
    assert.equal(group(sent('a1', 0, { state: failed }), received('b1', 1)).length, 2, 'it failed');
    const imported = { ...received('a1', 0), isImported: true };
    assert.equal(group(imported, received('b1', 1)).length, 2, 'it was imported');
    assert.equal(groupSame(newestFirst([received('a1', 0), received('b1', 1)]), () => undefined).length, 2);
  });

  it('is as many resets as any window has seen, whatever each has missed', () => {
    const sighting = fc.record({
      window: fc.constantFrom('a', 'b', 'c'),
      time: fc.nat(3000),
      isSent: fc.boolean(),
      isOther: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(sighting, { maxLength: 12 }), (sightings) => {
        const entries = sightings.map(({ window, time, isSent, isOther }, at) => {
          const message = { resources: [isOther ? 'other.>' : 'library.>'] };
          return (isSent ? sent : received)(`${window}${at}`, time, { message });
        });
        const groups = group(...entries);
        const all = groups.flat().map(({ record }) => record.id);
        assert.deepEqual([...all].sort(), entries.map(({ record }) => record.id).sort(), 'one is lost');
        for (const same of groups) {
          const windows = same.map(({ record }) => writerOf(record.id));
          assert.equal(new Set(windows).size, windows.length, 'what one window saw twice is shown once');
          const texts = new Set(same.map(({ record }) => JSON.stringify(record.message)));
          assert.equal(texts.size, 1);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is exactly what was sent, where all windows saw all of it, however quickly it came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(200), fc.array(fc.nat(60), { minLength: 3, maxLength: 3 })), {
          maxLength: 30,
        }),
        (resets) => {
          let now = 0;
          const last = [0, 0, 0];
          const entries = resets.flatMap(([pause, delays], at) => {
            now += pause;
            // A window sees resets in their order.
            return delays.map((delay, window) => {
              const time = (last[window] = Math.max(last[window] ?? 0, now + delay));
              return received(`${'abc'[window] ?? ''}${String(at).padStart(2, '0')}`, time);
            });
          });
          assert.equal(group(...entries).length, resets.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is shown with the most that any of them knows, and with the marks of all', () => {
    const same = [
      sent('a1', 0, { state: { kind: 'published', server: 'nats' } }),
      {
        ...received('b1', 5, { state: { kind: 'received', observation: observation('cutOff') } }),
        isPinned: true,
      },
      {
        ...received('c1', 6, { state: { kind: 'received', observation: observation('complete') } }),
        label: 'before the deploy',
      },
    ] as const;
    assert.deepEqual(mergeSame(same), {
      ...sent('a1', 0, {
        state: { kind: 'published', server: 'nats', observation: observation('complete') },
      }),
      isPinned: true,
      label: 'before the deploy',
    });
  });
});
