import assert from 'node:assert/strict';
import fc from 'fast-check';
import { History } from '../../../../src/history/history';
import type { HistoryEntry } from '../../../../src/history/historyEntry';
import { newestFirst } from '../../../../src/history/shownHistory';
import { silentLogger } from '../../../host/silentLogger';
import { CrashableFolder, type CrashableStorage } from './crashableFolder';
import { entry, record } from '../records';

const ids = ['1', '2', '3'] as const;
type Id = (typeof ids)[number];

/** What a person, or a reset under way, does to the history. */
type Step =
  | { readonly kind: 'put'; readonly id: Id; readonly connection: string }
  | { readonly kind: 'pin'; readonly id: Id; readonly on: boolean }
  | { readonly kind: 'label'; readonly id: Id; readonly text: string }
  | { readonly kind: 'remove'; readonly ids: readonly Id[] }
  | { readonly kind: 'undo' };

const anyId = fc.constantFrom(...ids);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('put'),
    id: anyId,
    connection: fc.string({ unit: 'grapheme', maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('pin'), id: anyId, on: fc.boolean() }),
  fc.record({ kind: fc.constant('label'), id: anyId, text: fc.string({ unit: 'grapheme', maxLength: 3 }) }),
  fc.record({ kind: fc.constant('remove'), ids: fc.uniqueArray(anyId, { minLength: 1 }) }),
  fc.record({ kind: fc.constant('undo') }),
);

/** What the history must be, by the plainest means: what each step does, one thing at a time. */
class Model {
  readonly #known = new Map<string, { entry: HistoryEntry; isThere: boolean }>();
  readonly #removed: Id[][] = [];

  /** Does the step; `after` is called whenever a crash could leave the history as it then is. */
  do(step: Step, after: () => void): void {
    switch (step.kind) {
      case 'put': {
        const known = this.#at(step.id);
        const { connection } = step;
        this.#known.set(step.id, {
          ...known,
          entry: { ...known.entry, record: record(step.id, { connection }) },
        });
        break;
      }
      case 'pin':
        this.#mark(step.id, { isPinned: step.on });
        break;
      case 'label':
        this.#mark(step.id, { label: step.text });
        break;
      case 'remove': {
        const there = step.ids.filter((id) => this.has(id));
        if (there.length > 0) this.#removed.push(there);
        for (const id of there) this.#set(id, false, after);
        break;
      }
      case 'undo':
        for (const id of this.#removed.pop() ?? []) this.#set(id, true, after);
        break;
    }
    after();
  }

  has(id: string): boolean {
    return this.#known.get(id)?.isThere ?? false;
  }

  entries(): HistoryEntry[] {
    const there = [...this.#known.values()].filter(({ isThere }) => isThere);
    return newestFirst(there.map(({ entry }) => entry));
  }

  #at(id: string): { entry: HistoryEntry; isThere: boolean } {
    return this.#known.get(id) ?? { entry: entry(id), isThere: true };
  }

  #mark(id: string, marks: Partial<HistoryEntry>): void {
    const known = this.#known.get(id);
    if (known) this.#known.set(id, { ...known, entry: { ...known.entry, ...marks } });
  }

  #set(id: string, isThere: boolean, after: () => void): void {
    const known = this.#known.get(id);
    if (known) this.#known.set(id, { ...known, isThere });
    after();
  }
}

describe('The history, when windows crash', () => {
  const open = async (storage: CrashableStorage, problems: unknown[] = []): Promise<History> => {
    const history = new History({
      storage,
      logger: silentLogger,
      limit: () => 1000,
      onProblem: (problem) => problems.push(problem),
    });
    await Promise.race([history.load(), storage.crashed]);
    return history;
  };

  /** Does the step, if its entry is known: nobody can mark what is not shown. */
  const perform = (history: History, step: Step): void => {
    switch (step.kind) {
      case 'put':
        history.put(record(step.id, { connection: step.connection }));
        break;
      case 'pin':
        history.pin([step.id], step.on);
        break;
      case 'label':
        history.label(step.id, step.text);
        break;
      case 'remove':
        history.remove(step.ids);
        break;
      case 'undo':
        if (history.lastRemoval) history.restore(history.lastRemoval);
        break;
    }
  };
  const canBe = (model: Model, step: Step): boolean =>
    (step.kind !== 'pin' && step.kind !== 'label') || model.has(step.id);

  it('loses nothing that was stored, at whatever byte the window crashes, nor when the next one crashes too', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyStep, { minLength: 1, maxLength: 12 }),
        fc.nat(2500),
        fc.array(fc.nat(1500), { maxLength: 3 }),
        async (steps, bytes, laterBytes) => {
          const folder = new CrashableFolder();
          const storage = folder.open('first', bytes);
          const history = await open(storage);
          const model = new Model();
          // What may be found: what was stored last, and all that the step in which it crashed could leave.
          let possible = [model.entries()];
          for (const step of steps) {
            if (!canBe(model, step)) continue;
            model.do(step, () => possible.push(model.entries()));
            perform(history, step);
            const isStored = history.stored().then(() => true);
            if (!(await Promise.race([isStored, storage.crashed.then(() => false)]))) break;
            assert.deepEqual(history.entries(), model.entries());
            possible = [model.entries()];
          }
          folder.running.delete('first');

          for (const [index, later] of laterBytes.entries()) {
            await open(folder.open(`crash${index}`, later));
            folder.running.delete(`crash${index}`);
          }
          const problems: unknown[] = [];
          const found = (await open(folder.open('last'), problems)).entries();
          assert.deepEqual(problems, [], 'a crash is taken for damage');
          assert.ok(
            possible.some((entries) => JSON.stringify(entries) === JSON.stringify(found)),
            `found ${JSON.stringify(found)}, possible are ${JSON.stringify(possible)}`,
          );
        },
      ),
      { numRuns: 400 },
    ));

  it('of two windows keeps what either has stored, however their writes come, though one crashes', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.boolean(), anyStep, fc.boolean()), { minLength: 1, maxLength: 14 }),
        fc.nat(3000),
        async (moves, bytes) => {
          const folder = new CrashableFolder();
          const storage = folder.open('b', bytes);
          const [a, b] = [await open(folder.open('a')), await open(storage)];
          const isCrashed = (): boolean => !folder.running.has('b');
          const puts = new Map<Id, { by: Set<History>; connection: string; isStored: boolean }>();
          const removed = new Set<string>();
          const settle = (window: History): Promise<unknown> =>
            Promise.race([window.stored(), ...(window === b ? [storage.crashed] : [])]);

          for (const [inFirst, step, isAwaited] of moves) {
            const window = inFirst || isCrashed() ? a : b;
            if (step.kind === 'pin' || step.kind === 'label') if (!window.get(step.id)) continue;
            perform(window, step);
            if (isAwaited) await settle(window);
            if (step.kind === 'remove') for (const id of step.ids) removed.add(id);
            if (step.kind !== 'put') continue;
            const by = (puts.get(step.id)?.by ?? new Set()).add(window);
            puts.set(step.id, { by, connection: step.connection, isStored: isAwaited && !isCrashed() });
          }
          await Promise.all([settle(a), settle(b)]);
          // What the crashed window has stored is there for the other, and for one that comes later.
          const hasCrashed = isCrashed();
          folder.running.delete('b');
          await a.refresh();
          const last = (await open(folder.open('c'))).entries();
          assert.deepEqual(last, a.entries());
          for (const [id, { by, connection, isStored }] of puts) {
            // Of what both have written the later counts, by clocks that this test does not know.
            if (removed.has(id) || by.size > 1 || !isStored) continue;
            assert.equal(last.find((one) => one.record.id === id)?.record.connection, connection);
          }
          if (!hasCrashed) {
            await b.refresh();
            assert.deepEqual(b.entries(), a.entries());
          }
        },
      ),
      { numRuns: 400 },
    ));
});
