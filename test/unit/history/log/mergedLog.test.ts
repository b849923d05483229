import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { HistoryEntry } from '../../../../src/history/historyEntry';
import { newestFirst } from '../../../../src/history/shownHistory';
import type { LogLine } from '../../../../src/history/log/historyLog';
import { MergedLog } from '../../../../src/history/log/mergedLog';
import { anyLine, record } from '../records';

describe('Logs taken together', () => {
  const merged = (lines: Iterable<LogLine>): MergedLog => {
    const log = new MergedLog();
    for (const line of lines) log.take(line);
    return log;
  };
  const entriesOf = (log: MergedLog): HistoryEntry[] => newestFirst(log.entries());

  it('say the same in whatever order, and however often, their lines are read', () => {
    fc.assert(
      fc.property(
        fc.array(anyLine, { maxLength: 8 }).chain((lines) =>
          fc.tuple(
            fc.constant(lines),
            fc.shuffledSubarray([...lines, ...lines], {
              minLength: lines.length * 2,
              maxLength: lines.length * 2,
            }),
          ),
        ),
        ([lines, shuffled]) => {
          assert.deepEqual(entriesOf(merged(shuffled)), entriesOf(merged(lines)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('say the same when they are rewritten with the fewest lines', () => {
    fc.assert(
      fc.property(fc.array(anyLine), (lines) => {
        const log = merged(lines);
        assert.deepEqual(entriesOf(merged(log.lines())), entriesOf(log));
      }),
    );
  });

  it('keep a removed entry away, even when more becomes known of it, until it is brought back', () => {
    const log = merged([
      { rev: 1, put: record('1') },
      { rev: 2, remove: '1' },
      { rev: 3, put: record('1') },
    ]);
    assert.equal(log.get('1'), undefined);
    log.take({ rev: 4, restore: '1' });
    assert.deepEqual(log.get('1')?.record, record('1'));
  });

  it('keep a mark that came before what it marks', () => {
    const log = merged([
      { rev: 1, pin: '1', on: true },
      { rev: 2, label: '1', text: 'before the deploy' },
      { rev: 3, put: record('1') },
    ]);
    assert.deepEqual(log.get('1'), {
      record: record('1'),
      isPinned: true,
      label: 'before the deploy',
      isImported: false,
    });
  });

  it('remember for a while, but not for ever, that something was removed', () => {
    const log = merged([
      { rev: 1, put: record('1') },
      { rev: 5, remove: '1' },
    ]);
    log.forget(() => false, 5);
    log.take({ rev: 2, put: record('1') });
    assert.equal(log.get('1'), undefined, 'it is back, though it was removed');
    log.forget(() => false, 6);
    assert.equal(log.size, 0);
  });
});
