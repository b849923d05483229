import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AutomaticReset } from '../../../../src/recovery/gate';
import type { Withheld } from '../../../../src/recovery/withheld';
import { Gather, maxGatherMs, quietMs } from '../../../../src/recovery/gather';
import { SaveResets } from '../../../../src/recovery/onSave/saveResets';
import type { SaveRule } from '../../../../src/recovery/onSave/saveRule';
import type { Bus } from '../../../../src/resets/bus';
import { manualClock } from '../manualClock';
import { said } from '../../said';

const books: SaveRule = {
  files: 'books/*.json',
  resources: ['library.book.${fileBasenameNoExtension}'],
  access: [],
  serviceInFile: false,
};

const busNamed = (connection: string): Bus => ({ connection }) as Bus;
const dev = busNamed('dev');

function saving(rules: readonly SaveRule[] = [books], closed?: Withheld) {
  let open = dev;
  const clock = manualClock();
  const passed: AutomaticReset[] = [];
  const marks = new Map<string, string>();
  const resets = new SaveResets({
    gate: {
      get openBus() {
        return open;
      },
      closedFor: () => closed,
      pass: (reset) => {
        passed.push(reset);
        return Promise.resolve({ kind: 'withheld', cause: 'notConnected' });
      },
    },
    schedule: clock.schedule,
    onMark: (key, marked) => {
      if (marked) marks.set(key, `${marked.rule}: ${said(marked.problem.why)}`);
      else marks.delete(key);
    },
    onPassed: () => undefined,
  });
  const save = (path: string): void => {
    resets.saved({ path, rules, services: () => [{ resources: ['library.>'], access: ['library.>'] }] });
  };
  const change = (bus: Bus): void => {
    open = bus;
  };
  return { resets, save, clock, passed, marks, open: change };
}

const settled = (): Promise<void> => new Promise(setImmediate);

describe('resets on save', () => {
  it('make one message of 200 saves at once', () => {
    const { save, clock, passed } = saving();
    for (let book = 0; book < 200; book++) save(`books/${book % 100}.json`);
    clock.advance(quietMs - 1);
    assert.equal(passed.length, 0);
    clock.advance(1);
    assert.equal(passed.length, 1);
    assert.equal(passed[0]?.message.resources?.length, 100);
  });

  it('send the minimal cover of what several rules want', () => {
    const all: SaveRule = { ...books, files: 'books/2.json', resources: ['library.book.*'] };
    const { save, clock, passed } = saving([books, all]);
    for (const book of [1, 2, 3]) save(`books/${book}.json`);
    clock.advance(quietMs);
    assert.deepEqual(passed, [{ message: { resources: ['library.book.*'] }, origin: 'save', bus: dev }]);
  });

  it('reset the service that the file defines, where the rule wants that', () => {
    const { save, clock, passed } = saving([{ ...books, files: '*.js', resources: [], serviceInFile: true }]);
    save('service.js');
    clock.advance(quietMs);
    assert.deepEqual(passed[0]?.message, { resources: ['library.>'], access: ['library.>'] });
  });

  it('send a message for each connection that the rules name', async () => {
    const { save, clock, passed } = saving([books, { ...books, resources: ['a.b'], connection: 'dev' }]);
    save('books/1.json');
    clock.advance(quietMs);
    await settled();
    assert.deepEqual(
      passed.map(({ connection, message }) => [connection, message.resources]),
      [
        [undefined, ['library.book.1']],
        ['dev', ['a.b']],
      ],
    );
  });

  it('belong to the connection that was open at the save, however soon another one is', async () => {
    const { save, clock, passed, open } = saving();
    save('books/1.json');
    const prod = busNamed('prod');
    open(prod);
    save('books/2.json');
    save('books/3.json');
    clock.advance(quietMs);
    await settled();
    assert.deepEqual(
      passed.map(({ bus, message }) => [bus, message.resources]),
      [
        [dev, ['library.book.1']],
        [prod, ['library.book.2', 'library.book.3']],
      ],
    );
  });

  it('leave a rule marked while another rule for the same files works', () => {
    const { save, marks } = saving([books, { ...books, resources: ['library.books'] }]);
    save('books/a.b.json');
    assert.equal(marks.size, 1);
    save('books/1.json');
    assert.equal(marks.size, 0);
  });

  it('send nothing for a file that the rule does not fit, and mark the rule', () => {
    const { save, clock, passed, marks } = saving();
    save('books/a.b.json');
    save('other/1.json');
    clock.advance(maxGatherMs);
    assert.deepEqual(passed, []);
    assert.equal(marks.size, 1);
    assert.match([...marks.values()][0] ?? '', /^books\/\*\.json: .*“a\.b”/);
  });

  for (const cause of ['off', 'untrusted'] as const)
    it(`remember nothing while they are ${cause}`, () => {
      const { save, clock, passed } = saving([books], cause);
      save('books/1.json');
      clock.advance(maxGatherMs);
      assert.deepEqual(passed, []);
    });

  it('forget what was not sent when they are stopped', () => {
    const { save, clock, passed, resets } = saving();
    save('books/1.json');
    resets.stop();
    clock.advance(maxGatherMs);
    assert.deepEqual(passed, []);
  });
});

describe('what comes in bursts', () => {
  it('is handed over once, in order, within two seconds, and never while more comes at once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 40 }), (gaps) => {
        const clock = manualClock();
        const cameAt: number[] = [];
        const handed: number[] = [];
        const gather = new Gather<number>(clock.schedule, (items) => {
          for (const item of items) assert.ok(clock.now() - (cameAt[item] ?? 0) <= maxGatherMs);
          const last = cameAt[items.at(-1) ?? 0] ?? 0;
          const first = cameAt[items[0] ?? 0] ?? 0;
          assert.ok(clock.now() - last >= quietMs || clock.now() - first === maxGatherMs);
          handed.push(...items);
        });
        for (const [index, gap] of gaps.entries()) {
          clock.advance(gap);
          cameAt.push(clock.now());
          gather.add(index);
        }
        clock.advance(maxGatherMs);
        assert.deepEqual(
          handed,
          gaps.map((_, index) => index),
        );
      }),
    );
  });
});
