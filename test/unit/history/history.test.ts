import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decodeEntries, encodeEntries } from '../../../src/history/exchange';
import { History } from '../../../src/history/history';
import { lastSent } from '../../../src/history/historyEntry';
import { encodeLine } from '../../../src/history/log/historyLog';
import { FileHistoryStorage } from '../../../src/history/log/fileHistoryStorage';
import type { HistoryStorage } from '../../../src/history/log/historyStorage';
import { silentLogger } from '../../host/silentLogger';
import type { Problem } from '../../../src/util/problem';
import type { Observation } from '../../../src/resets/observe/observation';
import { entry, record } from './records';
import { said } from '../said';

const observed = (took: number): Observation => ({
  state: 'complete',
  answers: 'watched',
  counts: { get: {}, access: {}, auth: {} },
  requests: [],
  other: 0,
  gateways: 0,
  took,
});

describe('The history', () => {
  let folder: string;
  let problems: Problem[];
  let opened: History[];

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'history-'));
    problems = [];
    opened = [];
  });
  afterEach(async () => {
    // What a test did last may still be being written.
    await Promise.all(opened.map((history) => history.stored()));
    rmSync(folder, { recursive: true });
  });

  const open = async (
    limit = 1000,
    storage: HistoryStorage = new FileHistoryStorage(folder),
  ): Promise<History> => {
    const history = new History({
      storage,
      logger: silentLogger,
      limit: () => limit,
      onProblem: (problem) => problems.push(problem),
    });
    opened.push(history);
    await history.load();
    return history;
  };
  const ids = (history: History): string[] => history.entries().map(({ record: { id } }) => id);
  /** A process id that nobody has any more. */
  const gonePid = spawnSync(process.execPath, ['-e', '']).pid;
  const leaveBehind = (text: string): void => {
    writeFileSync(path.join(folder, `history-${gonePid}-left.jsonl`), text);
  };

  it('is there again, newest first, when the window is opened again', async () => {
    const history = await open();
    history.put(record('1'));
    history.put(record('2'));
    await history.stored();
    assert.deepEqual(ids(await open()), ['2', '1']);
  });

  it('takes over what a window that is gone has left, once', async () => {
    leaveBehind(encodeLine({ rev: 1, put: record('1') }));
    assert.deepEqual(ids(await open()), ['1']);
    assert.equal(readdirSync(folder).filter((name) => name.includes('left')).length, 0);
    assert.deepEqual(ids(await open()), ['1']);
  });

  it('says of a reset that was under way when its window went that its arrival is not known', async () => {
    const lines = (['sending', 'requested'] as const).map((kind, at) =>
      encodeLine({ rev: 1, put: record(String(at), { state: { kind } }) }),
    );
    leaveBehind(lines.join(''));
    const left = (await open()).records();
    assert.equal(left.length, 2);
    for (const { state } of left) {
      assert.ok(state.kind === 'failed');
      // Of one that was only asked for, too: its window may have been unable to write that it was sent.
      assert.match(said(state.problem.what), /unknown whether the reset arrived/);
    }
  });

  it('goes on after a line with a number that no clock has, in this window and in later ones', async () => {
    for (const rev of ['9007199254740993', '8000000000000000', String(Date.UTC(2200, 0) + 1e9)])
      writeFileSync(
        path.join(folder, `history-${gonePid}-${rev}.jsonl`),
        `\n{"rev":${rev},"put":${JSON.stringify(record('old'))}}\n`,
      );
    for (const id of ['1', '2']) {
      const history = await open();
      for (const kind of ['requested', 'sending'] as const) history.put(record(id, { state: { kind } }));
      history.put(record(id));
      assert.equal(history.get(id)?.record.state.kind, 'published');
      await history.stored();
    }
    const later = await open();
    assert.deepEqual(
      later.records().map(({ state }) => state.kind),
      later.records().map(() => 'published'),
    );
    assert.deepEqual(ids(later), ['2', '1', 'old']);
    assert.equal(problems.length, 2, 'the damage is not told once for each file');
  });

  it('goes on from a clock that was once ahead by decades', async () => {
    leaveBehind(encodeLine({ rev: Date.UTC(2099, 0), put: record('1', { connection: 'ahead' }) }));
    const history = await open();
    history.put(record('1', { connection: 'now' }));
    await history.stored();
    assert.equal((await open()).get('1')?.record.connection, 'now');
  });

  it('of two windows shows what both added, and neither overwrites the other', async () => {
    const [one, two] = [await open(), await open()];
    one.put(record('1'));
    two.put(record('2'));
    one.put(record('3'));
    await Promise.all([one.stored(), two.stored()]);
    await one.refresh();
    assert.deepEqual(ids(one), ['3', '2', '1']);
    assert.deepEqual(ids(await open()), ['3', '2', '1']);
  });

  it('shows once what two windows have seen of one reset, and twice what came twice', async () => {
    const [one, two] = [await open(), await open()];
    const seen = (id: string, time: number) =>
      record(id, { time, origin: 'received', state: { kind: 'received' } });
    one.put(seen('a', 1000));
    two.put(seen('b', 1003));
    one.put(seen('c', 1200));
    two.put(seen('d', 1204));
    two.put(record('sent', { time: 5000 }));
    one.put(seen('e', 5010));
    await Promise.all([one.stored(), two.stored()]);
    await Promise.all([one.refresh(), two.refresh()]);
    assert.deepEqual(ids(one), ['sent', 'c', 'a']);
    assert.deepEqual(ids(two), ids(one));
    assert.deepEqual(ids(await open()), ids(one));
    assert.equal(one.get('d')?.record.id, 'c');

    two.pin(['a'], true);
    two.label('c', 'again');
    const removal = two.remove(['a', 'sent']);
    assert.equal(removal.count, 2);
    await two.stored();
    await one.refresh();
    assert.deepEqual(ids(one), ['c'], 'what the other window has seen is back in its place');
    assert.equal(one.get('c')?.label, 'again');
    two.restore(removal);
    await two.stored();
    assert.deepEqual(ids(await open()), ['sent', 'c', 'a']);
    two.pin(['a'], false);
    assert.equal(two.get('a')?.isPinned, false);
  });

  it('still knows what another window has seen of a reset when old ones are forgotten', async () => {
    const [one, two] = [await open(5), await open(5)];
    const seen = (id: string, time: number) =>
      record(id, { time, origin: 'received', state: { kind: 'received' } });
    one.put(seen('a', 1_000_000));
    two.put(seen('b', 1_000_001));
    await two.stored();
    await one.refresh();
    for (let index = 1; index <= 300; index++) one.put(record(String(index)));
    one.remove(['a']);
    await one.stored();
    await two.refresh();
    assert.deepEqual(ids(two), ['300', '299', '298', '297', '296']);
  });

  it('shows what becomes known of a reset, whichever window knows it', async () => {
    const [one, two] = [await open(), await open()];
    const seen = (id: string, time: number, took?: number) =>
      record(id, {
        time,
        origin: 'received',
        state: { kind: 'received', ...(took !== undefined && { observation: observed(took) }) },
      });
    one.put(seen('a', 1000));
    two.put(seen('b', 1001));
    await Promise.all([one.stored(), two.stored()]);
    await one.refresh();
    const changes: unknown[] = [];
    one.onDidChange((change) => changes.push(change));
    one.put(seen('a', 1000));
    two.put(seen('b', 1001, 7));
    await two.stored();
    await one.refresh();
    const [state] = one.records().map((each) => each.state);
    assert.ok(state?.kind === 'received');
    assert.equal(state.observation?.took, 7);
    await two.refresh();
    two.onDidChange((change) => changes.push(change));
    two.show(seen('b', 1001, 8));
    assert.deepEqual(
      changes,
      [{ id: 'a' }, undefined, { id: 'a' }],
      'a row that is not shown is drawn again',
    );
  });

  it('keeps the newest state of a record', async () => {
    const history = await open();
    history.put(record('1', { state: { kind: 'sending' } }));
    history.put(record('1'));
    await history.stored();
    assert.deepEqual((await open()).get('1')?.record.state, { kind: 'published', server: 'nats' });
  });

  it('forgets what was removed, in other windows too', async () => {
    const [one, two] = [await open(), await open()];
    one.put(record('1'));
    await one.stored();
    await two.refresh();
    two.remove(['1']);
    await two.stored();
    await one.refresh();
    assert.deepEqual(ids(one), []);
    assert.deepEqual(ids(await open()), []);
  });

  it('keeps no more than the limit, and forgets the oldest', async () => {
    const history = await open(3);
    for (let index = 1; index <= 500; index++) history.put(record(String(index)));
    assert.deepEqual(ids(history), ['500', '499', '498']);
    await history.stored();
    assert.deepEqual(ids(await open(2)), ['500', '499']);
  });

  it('sets a damaged file aside with a message, and keeps what it can read', async () => {
    leaveBehind(`\u0000\u0000garbage${encodeLine({ rev: 1, put: record('1') })}`);
    assert.deepEqual(ids(await open()), ['1']);
    assert.equal(problems.length, 1);
    assert.equal(readdirSync(folder).filter((name) => name.startsWith('damaged-')).length, 1);
    problems = [];
    assert.deepEqual(ids(await open()), ['1']);
    assert.deepEqual(problems, []);
  });

  it('keeps a record in the window, says so once, and stores it with the next, when it cannot be stored', async () => {
    const storage = new FileHistoryStorage(folder);
    const append = storage.append.bind(storage);
    storage.append = () => Promise.reject(new Error('no space left on device'));
    const history = await open(1000, storage);
    history.put(record('1'));
    history.put(record('2'));
    await history.stored();
    assert.deepEqual(ids(history), ['2', '1']);
    assert.equal(problems.length, 1);
    assert.match(said(problems[0]?.why), /no space/);
    storage.append = append;
    history.put(record('3'));
    await history.stored();
    assert.deepEqual(ids(await open()), ['3', '2', '1']);
  });

  it('keeps what is pinned beyond the limit, and as many of each kind as the limit says', async () => {
    const history = await open(2);
    history.put(record('1'));
    history.pin(['1'], true);
    for (let index = 2; index <= 300; index++) history.put(record(String(index)));
    for (let index = 301; index <= 600; index++) history.put(record(String(index), { origin: 'received' }));
    assert.deepEqual(ids(history), ['600', '599', '300', '299', '1']);
    await history.stored();
    assert.deepEqual(ids(await open(2)), ['600', '599', '300', '299', '1']);
  });

  it('shows pins and labels of one window in the other, and after a reload', async () => {
    const [one, two] = [await open(), await open()];
    one.put(record('1'));
    await one.stored();
    await two.refresh();
    two.pin(['1'], true);
    two.label('1', 'before the deploy');
    one.put(record('1', { connection: 'other' }));
    await Promise.all([one.stored(), two.stored()]);
    await one.refresh();
    const expected = entry('1', { connection: 'other' }, { isPinned: true, label: 'before the deploy' });
    assert.deepEqual(one.get('1'), expected);
    assert.deepEqual((await open()).get('1'), expected);
  });

  it('brings back all that was removed together, as it was, once', async () => {
    const history = await open();
    for (const id of ['1', '2', '3']) history.put(record(id));
    history.label('2', 'two');
    const before = history.entries();
    history.remove(['3']);
    const removal = history.remove(['1', '2', 'unknown']);
    assert.equal(removal.count, 2);
    assert.deepEqual(ids(history), []);
    assert.equal(history.lastRemoval, removal);
    history.restore(removal);
    history.restore(removal);
    assert.deepEqual(ids(history), ['2', '1']);
    assert.ok(history.lastRemoval);
    history.restore(history.lastRemoval);
    assert.equal(history.lastRemoval, undefined);
    assert.deepEqual(history.entries(), before);
    await history.stored();
    assert.deepEqual((await open()).entries(), before);
  });

  it('does not bring a removed reset back when its observation ends', async () => {
    const history = await open();
    history.put(record('1', { state: { kind: 'sending' } }));
    history.remove(['1']);
    history.put(record('1'));
    assert.deepEqual(ids(history), []);
    await history.stored();
    assert.deepEqual(ids(await open()), []);
  });

  it('shows what a reset is about to become without storing it', async () => {
    const history = await open();
    history.put(record('1', { state: { kind: 'sending' } }));
    const changes: unknown[] = [];
    history.onDidChange((change) => changes.push(change));
    history.show(record('1'));
    assert.equal(history.get('1')?.record.state.kind, 'published');
    assert.deepEqual(changes, [{ id: '1' }]);
    await history.stored();
    assert.equal((await open()).get('1')?.record.state.kind, 'sending');
  });

  it('adds what is imported, marked, once, and never in the place of what is there', async () => {
    const history = await open();
    history.put(record('1', { connection: 'mine' }));
    const file = [entry('1', { connection: 'theirs' }), entry('2', {}, { isPinned: true, label: 'two' })];
    assert.deepEqual(await history.importEntries(file), { added: 1, known: 1, beyondLimit: 0 });
    assert.deepEqual(await history.importEntries(file), { added: 0, known: 2, beyondLimit: 0 });
    assert.deepEqual(history.records(), [record('1', { connection: 'mine' })]);
    assert.deepEqual(lastSent(history.entries())?.record.id, '1');
    const [imported] = (await open()).entries();
    assert.deepEqual(
      imported,
      entry('2', { id: 'imported:2' }, { isPinned: true, label: 'two', isImported: true }),
    );
  });

  it('imports again what was exported and then cleared, and reports what is beyond the limit', async () => {
    const history = await open(2);
    history.put(record('1'));
    const text = await encodeEntries(history.entries());
    history.remove(['1']);
    const { entries } = await decodeEntries(text);
    assert.deepEqual(await history.importEntries(entries), { added: 1, known: 0, beyondLimit: 0 });
    history.remove(['imported:1']);
    assert.deepEqual(await history.importEntries(entries), { added: 1, known: 0, beyondLimit: 0 });
    const more = ['7', '8', '9'].map((id) => entry(id));
    assert.deepEqual(await history.importEntries(more), { added: 3, known: 0, beyondLimit: 1 });
    assert.deepEqual(ids(history), ['imported:9', 'imported:8']);
  });

  it('says of an imported reset that was under way that its arrival is not known', async () => {
    const history = await open();
    await history.importEntries([entry('1', { state: { kind: 'sending' } })]);
    assert.equal(history.entries()[0]?.record.state.kind, 'failed');
  });

  it('rewrites a log that has grown, and loses nothing by it', async () => {
    const history = await open(20);
    const message = { resources: [`library.${'x'.repeat(100_000)}`] };
    for (let index = 1; index <= 60; index++) history.put(record(String(index), { message }));
    await history.stored();
    const [file = ''] = readdirSync(folder);
    assert.ok(statSync(path.join(folder, file)).size < 60 * 100_000);
    assert.equal(ids(await open(20)).length, 20);
  });
});
