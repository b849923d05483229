import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { FileHistoryStorage } from '../../../../src/history/log/fileHistoryStorage';
import { History } from '../../../../src/history/history';
import { encodeLine, formatLine } from '../../../../src/history/log/historyLog';
import { silentLogger } from '../../../host/silentLogger';
import { problemText, type Problem } from '../../../../src/util/problem';
import { record } from '../records';
import { said } from '../../said';
import { verbatim } from '../../../../src/util/l10n';

/** A promise that a test settles. */
function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

describe('The files of the history', () => {
  let folder: string;
  let problems: Problem[];

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'history-'));
    problems = [];
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const create = (storage = new FileHistoryStorage(folder)): History =>
    new History({
      storage,
      logger: silentLogger,
      limit: () => 1000,
      onProblem: (problem) => problems.push(problem),
    });
  const open = async (): Promise<History> => {
    const history = create();
    await history.load();
    return history;
  };
  const ids = (history: History): string[] => history.entries().map(({ record: { id } }) => id);
  const gonePid = spawnSync(process.execPath, ['-e', '']).pid;
  const leaveBehind = (name: string, text: string): void => {
    writeFileSync(path.join(folder, `history-${gonePid}-${name}`), text);
  };
  const named = (start: string): string[] => readdirSync(folder).filter((name) => name.startsWith(start));

  it('begin with a line that names their format, appended or rewritten', async () => {
    const history = await open();
    history.put(record('1'));
    await history.stored();
    const [file = ''] = named('history-');
    assert.ok(readFileSync(path.join(folder, file), 'utf8').startsWith(formatLine));
    leaveBehind('left.jsonl', encodeLine({ rev: 1, put: record('2') }));
    await history.refresh();
    const [rewritten = ''] = named('history-');
    assert.ok(readFileSync(path.join(folder, rewritten), 'utf8').startsWith(formatLine));
    assert.deepEqual(ids(await open()), ['2', '1']);
  });

  it('hold nothing of a line for which there was no room, and all that comes after', () => {
    const program = path.join(import.meta.dirname, 'fullDisk.ts');
    // In units of 512 bytes.
    const { stdout, stderr } = spawnSync(
      'sh',
      ['-c', 'ulimit -f 8; exec "$0" --import=tsx "$@"', process.execPath, program, folder],
      { encoding: 'utf8', env: { ...process.env, TSX_DISABLE_CACHE: '1' } },
    );
    assert.equal(stdout, 'appended\nEFBIG\nappended\n', stderr);
    const [file = ''] = named('history-');
    assert.equal(readFileSync(path.join(folder, file), 'utf8'), `${formatLine}\nfirst\n\nlast\n`);
  });

  it('of which one was damaged keep all else, and the damaged one is set aside and told with what was saved', async () => {
    const text = formatLine + ['1', '2', '3'].map((id) => encodeLine({ rev: 1, put: record(id) })).join('');
    const damaged = text.replace('"id":"2"', '"id":"9"');
    leaveBehind('left.jsonl', damaged);
    assert.deepEqual(ids(await open()), ['3', '1']);
    const [aside = ''] = named('damaged-');
    assert.equal(readFileSync(path.join(folder, aside), 'utf8'), damaged);
    assert.equal(problems.length, 1);
    const told = problems.map(problemText).join();
    assert.match(told, /1 line can’t be read\. 2 resets in it were recovered\..*damaged-history-/);
    problems = [];
    assert.deepEqual(ids(await open()), ['3', '1']);
    assert.deepEqual(problems, []);
  });

  it('that another window uses are told to be damaged, once, and read all the same', async () => {
    const one = await open();
    one.put(record('1'));
    one.put(record('2'));
    await one.stored();
    const [file = ''] = named('history-');
    const text = readFileSync(path.join(folder, file), 'utf8');
    writeFileSync(path.join(folder, file), text.replace('"id":"1"', '"id":"7"'));
    const two = await open();
    assert.deepEqual(ids(two), ['2']);
    one.put(record('3'));
    await one.stored();
    await two.refresh();
    assert.deepEqual(ids(two), ['3', '2']);
    assert.equal(problems.length, 1);
    assert.match(problemText(problems[0] ?? { what: verbatim('') }), /another window.*1 line/);
  });

  it('of which one can’t be read are read all the same, and that one is reported, once, and kept', async () => {
    leaveBehind('a.jsonl', encodeLine({ rev: 1, put: record('1') }));
    leaveBehind('c.jsonl', encodeLine({ rev: 1, put: record('2') }));
    // What is no file can't be read by anybody, whatever they are allowed.
    mkdirSync(path.join(folder, `history-${gonePid}-b.jsonl`));
    mkdirSync(path.join(folder, `history-${process.pid}-d.jsonl`));
    const history = await open();
    assert.deepEqual(ids(history), ['2', '1']);
    await history.refresh();
    assert.equal(problems.length, 2);
    for (const problem of problems)
      assert.match(problemText(problem), /can’t be read.*EISDIR.*The other files were read/);
    assert.equal(readdirSync(folder).length, 3);
  });

  it('that can’t be listed are reported', async () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    assert.deepEqual(ids(await open()), []);
    assert.equal(problems.length, 1);
    assert.match(problemText(problems[0] ?? { what: verbatim('') }), /can’t be read.*ENOTDIR/);
  });

  it('that crashed rewritings have left go', async () => {
    leaveBehind('left.jsonl', encodeLine({ rev: 1, put: record('1') }));
    leaveBehind('left.jsonl.next', 'half a li');
    leaveBehind('0123456789ab-at-0123456789ab.jsonl.next', 'half a li');
    assert.deepEqual(ids(await open()), ['1']);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.next')),
      [],
    );
  });

  it('of a newer version are read as far as they can be, and kept', async () => {
    const body = '{"rev":0,"restore":"","format":"res-history","version":3';
    const sum = crc32(body).toString(16).padStart(8, '0');
    const newer = `\n${body},"sum":"${sum}"}\n{"rev":1,"new":true}\n`;
    leaveBehind('left.jsonl', newer + encodeLine({ rev: 1, put: record('1') }));
    assert.deepEqual(ids(await open()), ['1']);
    assert.deepEqual(problems, []);
    const kept = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
    assert.ok(kept.some((text) => text.startsWith(newer)));
  });

  describe('for what must be written before it is done', () => {
    it('do not wait for the disk to have it, nor for a rewriting', async () => {
      const storage = new FileHistoryStorage(folder);
      const rewritten = deferred();
      const replace = storage.replace.bind(storage);
      storage.sync = () => new Promise(() => undefined);
      storage.replace = async (pieces) => {
        await rewritten.promise;
        await replace(pieces);
      };
      leaveBehind('left.jsonl', encodeLine({ rev: 1, put: record('1') }));
      const history = create(storage);
      const loaded = history.load();
      history.put(record('2'));
      await history.written();
      assert.equal(history.trouble, undefined);
      assert.match(readFileSync(path.join(folder, named('history-').at(-1) ?? ''), 'utf8'), /"id":"2"/);
      rewritten.resolve();
      await loaded;
      history.put(record('3'));
      await history.written();
      assert.deepEqual(ids(await open()), ['3', '2', '1']);
      assert.deepEqual(problems, []);
    });

    it('do not wait for long where the disk does not answer, and say that it is kept in memory until it does', async () => {
      const storage = new FileHistoryStorage(folder);
      const append = storage.append.bind(storage);
      const answered = deferred();
      storage.append = async (text) => {
        await answered.promise;
        await append(text);
      };
      const history = create(storage);
      history.put(record('1'));
      await history.written();
      assert.match(said(history.trouble?.why), /did not respond/);
      history.put(record('2'));
      // Waits no more.
      await history.written();
      assert.equal(problems.length, 1);
      assert.match(said(problems[0]?.remedy), /in memory/);
      answered.resolve();
      await history.stored();
      assert.equal(history.trouble, undefined);
      assert.deepEqual(ids(await open()), ['2', '1']);
    });

    it('say why it is kept in memory only where it can’t be written, until it is', async () => {
      const storage = new FileHistoryStorage(folder);
      const append = storage.append.bind(storage);
      storage.append = () => Promise.reject(new Error('read-only file system'));
      const history = create(storage);
      const changes: (string | undefined)[] = [];
      history.onDidChange(() => changes.push(history.trouble && said(history.trouble.why)));
      history.put(record('1'));
      await history.written();
      assert.equal(changes.at(-1), 'read-only file system');
      storage.append = append;
      history.put(record('2'));
      await history.stored();
      assert.equal(changes.at(-1), undefined);
      assert.deepEqual(ids(await open()), ['2', '1']);
    });

    it('keep what the disk has refused at last, too', async () => {
      const storage = new FileHistoryStorage(folder);
      const sync = storage.sync.bind(storage);
      storage.sync = () => Promise.reject(new Error('input/output error'));
      const history = create(storage);
      history.put(record('1'));
      await history.stored();
      assert.equal(said(history.trouble?.why), 'input/output error');
      const [file = ''] = named('history-');
      // As if the system had dropped what it could not put on the disk.
      rmSync(path.join(folder, file));
      storage.sync = sync;
      history.put(record('2'));
      await history.stored();
      assert.equal(history.trouble, undefined);
      assert.deepEqual(ids(await open()), ['2', '1']);
    });
  });
});
