import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileHistoryStorage } from '../../../../src/history/log/fileHistoryStorage';
import { History } from '../../../../src/history/history';
import { silentLogger } from '../../../host/silentLogger';
import { encodeAsFirst } from './firstVersion';
import { record } from '../records';

describe('A reset that a window has left under way', function () {
  this.timeout(60_000);
  let folder: string;
  let children: ChildProcess[];

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'history-'));
    children = [];
  });
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  const open = async (storage = new FileHistoryStorage(folder)): Promise<History> => {
    const history = new History({
      storage,
      logger: silentLogger,
      limit: () => 1000,
      onProblem: (problem) => assert.fail(JSON.stringify(problem)),
    });
    await history.load();
    return history;
  };
  const stateOf = (history: History, id = '1'): string | undefined => history.get(id)?.record.state.kind;
  const start = (args: readonly string[]): ChildProcess => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    return child;
  };
  /** Another window, which has a reset under way. */
  const otherWindow = async (): Promise<ChildProcess> => {
    const program = path.join(import.meta.dirname, 'ownerProcess.ts');
    const child = start(['--import=tsx', program, folder, '1']);
    assert.ok(child.stdout);
    await once(child.stdout, 'data');
    return child;
  };
  const kill = async (child: ChildProcess): Promise<void> => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  /** As if the log had been written that long ago, in milliseconds. */
  const age = (name: string, ms: number): void => {
    const then = (Date.now() - ms) / 1000;
    utimesSync(path.join(folder, name), then, then);
  };
  /** A log as the first version left it, by a process of that number. */
  const leaveAsFirst = (pid: number | undefined): string => {
    const name = `history-${pid ?? 0}-2f0c9b0e-left.jsonl`;
    const line = encodeAsFirst({ rev: 1, put: record('1', { state: { kind: 'sending' } }) });
    writeFileSync(path.join(folder, name), line);
    return name;
  };
  const rename = (change: (name: string) => string): void => {
    const [name = ''] = readdirSync(folder);
    renameSync(path.join(folder, name), path.join(folder, change(name)));
  };

  it('is under way for other windows while its own lives', async () => {
    await otherWindow();
    const history = await open();
    assert.equal(stateOf(history), 'sending');
    await history.refresh();
    assert.equal(stateOf(history), 'sending');
  });

  it('is reported as not known by a window that lives on, by itself', async () => {
    const other = await otherWindow();
    const history = await open();
    assert.equal(stateOf(history), 'sending');
    const settled = new Promise<void>((resolve) => {
      history.onDidChange(() => {
        if (stateOf(history) === 'failed') resolve();
      });
    });
    await kill(other);
    await settled;
    await history.stored();
    assert.equal(stateOf(await open()), 'failed');
  });

  it('is reported as not known although another process has its number now', async () => {
    await kill(await otherWindow());
    const busy = start(['-e', 'setInterval(() => undefined, 60_000)']);
    rename((name) => name.replace(/^history-\d+/, `history-${busy.pid ?? 0}`));
    assert.equal(stateOf(await open()), 'failed');
  });

  it('is reported as not known although this very process has its number now', async () => {
    await kill(await otherWindow());
    rename((name) => name.replace(/^history-\d+/, `history-${process.pid}`));
    assert.equal(stateOf(await open()), 'failed');
  });

  it('is reported as not known where a window died while it took over what another had left', async () => {
    await kill(await otherWindow());
    rename((name) => `claimed-${process.pid}-${name}`);
    assert.equal(stateOf(await open()), 'failed');
  });

  describe('of the first version', () => {
    it('is under way while that runs', async () => {
      leaveAsFirst(start(['-e', 'setInterval(() => undefined, 60_000)']).pid);
      assert.equal(stateOf(await open()), 'sending');
    });

    it('is reported as not known once its process is gone', async () => {
      leaveAsFirst(spawnSync(process.execPath, ['-e', '']).pid);
      assert.equal(stateOf(await open()), 'failed');
    });

    it('is reported as not known where this process has the number of the one that is gone', async () => {
      age(leaveAsFirst(process.pid), 3_600_000);
      assert.equal(stateOf(await open()), 'failed');
    });

    it('is reported as not known where another process has its number, and started later', async function () {
      // Only Linux tells when a process has started.
      assert.equal(process.platform, 'linux');
      age(leaveAsFirst(start(['-e', 'setInterval(() => undefined, 60_000)']).pid), 3_600_000);
      assert.equal(stateOf(await open()), 'failed');
    });
  });

  it('comes to its end all the same where its window, out of reach, was taken for gone', async () => {
    const storage = new FileHistoryStorage(folder);
    const away = await open(storage);
    away.put(record('1', { state: { kind: 'sending' } }));
    away.put(record('2'));
    await away.stored();
    // As in a container of its own, from which nothing was heard for long.
    storage.dispose();
    for (const name of readdirSync(folder)) age(name, 3_600_000);
    const here = await open();
    assert.equal(stateOf(here), 'failed');
    away.put(record('1'));
    await away.stored();
    await here.refresh();
    for (const history of [here, away, await open()]) {
      assert.equal(stateOf(history), 'published');
      assert.equal(history.entries().length, 2);
    }
  });

  it('is left alone where its window is out of reach and was heard of just now', async () => {
    const storage = new FileHistoryStorage(folder);
    const away = await open(storage);
    away.put(record('1', { state: { kind: 'sending' } }));
    await away.stored();
    storage.dispose();
    assert.equal(stateOf(await open()), 'sending');
  });
});
