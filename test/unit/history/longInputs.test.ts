import assert from 'node:assert/strict';
import fc from 'fast-check';
import { copyAs, type CopyForm } from '../../../src/history/copyAs';
import { checkMessage, patternsHint, subjectHint } from '../../../src/history/commands/editMessage';
import { filterEntries, noFilter } from '../../../src/history/historyFilter';
import { readRecord } from '../../../src/history/log/readRecord';
import { groupSame, mergeSame } from '../../../src/history/sameReset';
import { shortened } from '../../../src/history/shortened';
import type { Shell } from '../../../src/history/shellQuote';
import { NameTrie } from '../../../src/code/index/nameTrie';
import { Attribution } from '../../../src/resets/observe/attribution';
import { expectedRequests } from '../../../src/resets/observe/expectation';
import { detailsOf } from '../../../src/resets/resetText';
import type { SystemMessage } from '../../../src/res/systemMessage';
import { longPattern, longText } from '../res/longTexts';
import { entry, record } from './records';

const few = { numRuns: 15, endOnFailure: true };
const text = fc.oneof(longText, longPattern, fc.constantFrom('library.>', 'b'));
// JSON makes no objects without a prototype.
const plain = { noNullPrototype: true };
const texts = fc.array(text, { maxLength: 3 });
const message: fc.Arbitrary<SystemMessage> = fc.oneof(
  fc.record({ resources: texts, access: texts }, plain),
  fc.record({ tids: texts, subject: text }, plain),
);

describe('A reset with patterns of any length', () => {
  it('can be shown, filtered, copied, edited and sent again', () => {
    const forms: CopyForm[] = ['message', 'natsPub', 'goRes', 'cSharp', 'javaScript'];
    const shells: Shell[] = ['posix', 'fish', 'powershell', 'cmd'];
    fc.assert(
      fc.property(message, text, (one, typed) => {
        const kept = record('1', { message: one });
        for (const form of forms) for (const shell of shells) copyAs(one, form, shell);
        checkMessage(kept);
        assert.ok((patternsHint(typed)?.text.length ?? 0) < 1000);
        subjectHint(typed);
        const read = readRecord(JSON.parse(JSON.stringify(kept)));
        assert.deepEqual(read, kept);
        shortened(kept);
        detailsOf(kept, String);
        const entries = [entry('1', { message: one }), entry('2', { message: one })];
        filterEntries(entries, { ...noFilter, text: typed });
        groupSame(entries, () => 'a').map(mergeSame);
      }),
      few,
    );
  });

  it('can be expected and recognised', () => {
    fc.assert(
      fc.property(message, message, text, (one, other, name) => {
        expectedRequests(one, 'local', [record('1', { message: other })], () => 1);
        new Attribution(one).due(`get.${name}`, { kind: 'get', name });
      }),
      few,
    );
  });

  it('is found among names of any length', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const names = new NameTrie();
        names.add(one);
        names.add(other);
        assert.equal(names.size, new Set([one, other]).size);
        assert.equal(names.coveredBy(one).length, names.countCoveredBy(one));
        names.countCoveredBy('>');
        names.nextParts(one.split('.'));
        names.delete(one);
        names.delete(other);
        assert.equal(names.size, 0);
      }),
      few,
    );
    const short = new NameTrie();
    for (const name of ['b', 'b.c']) short.add(name);
    for (const early of ['>.c', 'b.>.c', '>.>'])
      assert.deepEqual([short.coveredBy(early), short.countCoveredBy(early)], [[], 0]);
    const names = new NameTrie();
    const deep = `${'a.'.repeat(20_000)}a`;
    names.add(deep);
    for (const wide of ['>', 'a.>', deep, `${'*.'.repeat(20_000)}*`])
      assert.deepEqual(names.coveredBy(wide), [deep]);
  });
});

describe('Very many patterns and resets', () => {
  it('are compared without comparing each with each', () => {
    const list = (start: number): string[] =>
      Array.from({ length: 2000 }, (_, number) => `library.book.${start + number}`);
    const wide = { resources: list(0) };
    // The last pattern of each is the one that reaches too far.
    const records = Array.from({ length: 100 }, (_, number) =>
      record(String(number), { message: { resources: [...list(0).slice(1), 'library.other'] } }),
    );
    assert.deepEqual(
      expectedRequests(wide, 'local', records, () => 0),
      { count: 0, source: 'observation' },
    );
    const received = { kind: 'received' } as const;
    const entries = Array.from({ length: 20_000 }, (_, number) =>
      entry(`${number % 2 === 0 ? 'a' : 'b'}${number}`, {
        time: 1000 - Math.floor(number / 40),
        origin: 'received',
        state: received,
        message: { resources: [`library.book.${Math.floor(number / 2)}`] },
      }),
    );
    const groups = groupSame(entries, (id) => id.slice(0, 1));
    assert.equal(groups.length, 10_000);
    assert.ok(groups.every((group) => group.length === 2));
  });
});
