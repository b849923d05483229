import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { connect, type NatsConnection } from 'nats';
import { FileHistoryStorage } from '../../src/history/fileHistoryStorage';
import { History } from '../../src/history/history';
import { isSettled, type ResetRecord } from '../../src/reset/resetRecord';
import { silentLogger } from '../../src/util/logger';
import { temporaryFolder } from '../host/cache';
import { startNatsServer, type NatsServer } from '../host/natsServer';

/** How many processes are killed: 60, or as many as this says, up to 200. */
const kills = Math.min(200, Number(process.env['RESET_KILLS'] ?? 60));

/** A state of a reset that a process has shown before it was killed. */
interface Shown {
  readonly id: string;
  readonly pattern: string;
  readonly state: string;
}

describe('Resets of processes that are killed', function () {
  this.timeout(120_000 + kills * 3_000);
  let nats: NatsServer;
  let observer: NatsConnection;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const seen = new Map<string, number>();
  const shown: Shown[] = [];
  const problems: unknown[] = [];

  before(async () => {
    [nats, folder] = await Promise.all([startNatsServer(), temporaryFolder('kills-')]);
    await build({
      entryPoints: [path.join(import.meta.dirname, 'resetProcess.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      outfile: path.join(folder.path, 'resetProcess.mjs'),
    });
    observer = await connect({ servers: nats.url });
    observer.subscribe('system.reset', {
      callback: (_, message) => {
        const [pattern = ''] = message.json<{ resources: string[] }>().resources;
        seen.set(pattern, (seen.get(pattern) ?? 0) + 1);
      },
    });
    await observer.flush();
  });
  after(async () => {
    await observer.close();
    await nats.stop();
    await folder.remove();
  });

  /** Runs a process and kills it so long after it has shown its first state, in milliseconds. */
  const runAndKill = (name: string, after: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const program = path.join(folder.path, 'resetProcess.mjs');
      const child = spawn(process.execPath, [program, path.join(folder.path, 'history'), nats.url, name], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      let errors = '';
      child.stdout.on('data', (chunk: Buffer) => {
        if (output === '') setTimeout(() => child.kill('SIGKILL'), after);
        output += chunk.toString();
      });
      child.stderr.on('data', (chunk: Buffer) => {
        errors += chunk.toString();
      });
      child.once('close', (_, signal) => {
        if (signal !== 'SIGKILL') {
          reject(new Error(`It ended by itself. ${errors}`));
          return;
        }
        for (const line of output.slice(0, output.lastIndexOf('\n')).split('\n')) {
          const value = JSON.parse(line) as Shown | { readonly problem: unknown };
          if ('problem' in value) problems.push(value.problem);
          else shown.push(value);
        }
        resolve();
      });
    });

  const load = async (): Promise<History> => {
    const history = new History({
      storage: new FileHistoryStorage(path.join(folder.path, 'history')),
      logger: silentLogger,
      limit: () => 1_000_000,
      onProblem: (problem) => problems.push(problem),
    });
    await history.load();
    return history;
  };
  const patternOf = ({ message }: ResetRecord): string =>
    ('resources' in message && message.resources?.[0]) || '';

  it('are all in the history afterwards, once each, and none is told as something that it was not', async () => {
    for (let run = 0; run < kills; run++) await runAndKill(`run${run}`, Math.random() * 80);
    await observer.flush();
    const records = (await load()).records();

    const recorded = new Map<string, number>();
    for (const one of records) recorded.set(patternOf(one), (recorded.get(patternOf(one)) ?? 0) + 1);
    const lost = [...seen.keys()].filter((pattern) => !recorded.has(pattern));
    const doubled = [...recorded].filter(([, count]) => count > 1);
    const sentTwice = [...seen].filter(([, count]) => count > 1);
    const open = records.filter(({ state }) => !isSettled(state));
    const denied = records.filter(
      ({ state }) =>
        state.kind === 'rejected' || (state.kind === 'failed' && !/not known/.test(state.problem.what)),
    );
    const unseen = records.filter((one) => one.state.kind === 'published' && !seen.has(patternOf(one)));
    const states = new Map(records.map(({ id, state }) => [id, state.kind]));
    const forgotten = shown.filter(({ id, state }) => state === 'published' && !states.has(id));
    assert.deepEqual(
      { lost, doubled, sentTwice, open, denied, unseen, forgotten, problems },
      { lost: [], doubled: [], sentTwice: [], open: [], denied: [], unseen: [], forgotten: [], problems: [] },
    );
    assert.ok(seen.size > kills, `only ${seen.size} resets were sent`);
    assert.ok(
      records.some(({ state }) => state.kind === 'failed'),
      'none was killed in the midst',
    );
    assert.equal(readdirSync(path.join(folder.path, 'history')).length, 1, 'logs of the dead are left');
  });
});
