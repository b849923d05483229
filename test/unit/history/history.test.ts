import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { History } from '../../../src/history/history';
import { encodeLine } from '../../../src/history/historyLog';
import { FileHistoryStorage, type HistoryStorage } from '../../../src/history/historyStorage';
import { silentLogger } from '../../../src/util/logger';
import type { Problem } from '../../../src/util/problem';
import { record } from './records';

describe('The history', () => {
  let folder: string;
  let problems: Problem[];

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'history-'));
    problems = [];
  });
  afterEach(() => {
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
    await history.load();
    return history;
  };
  const ids = (history: History): string[] => history.records().map(({ id }) => id);
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
    leaveBehind(encodeLine({ rev: 1, put: record('1', { state: { kind: 'sending' } }) }));
    const [left] = (await open()).records();
    assert.equal(left?.state.kind, 'failed');
    assert.match(left.state.problem.what, /not known/);
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

  it('keeps the newest state of a record', async () => {
    const history = await open();
    history.put(record('1', { state: { kind: 'sending' } }));
    history.put(record('1'));
    await history.stored();
    assert.deepEqual((await open()).get('1')?.state, { kind: 'published', server: 'nats' });
  });

  it('forgets what was removed, in other windows too', async () => {
    const [one, two] = [await open(), await open()];
    one.put(record('1'));
    await one.stored();
    await two.refresh();
    two.clear();
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

  it('keeps a record in the window, and says so once, when it cannot be stored', async () => {
    const storage = new FileHistoryStorage(folder);
    storage.append = () => Promise.reject(new Error('no space left on device'));
    const history = await open(1000, storage);
    history.put(record('1'));
    history.put(record('2'));
    await history.stored();
    assert.deepEqual(ids(history), ['2', '1']);
    assert.equal(problems.length, 1);
    assert.match(problems[0]?.why ?? '', /no space/);
  });
});
