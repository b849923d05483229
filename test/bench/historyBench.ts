import { mkdir, stat, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { decodeEntries, encodeEntries } from '../../src/history/exchange';
import { History } from '../../src/history/history';
import { encodeLine } from '../../src/history/log/historyLog';
import { FileHistoryStorage } from '../../src/history/log/fileHistoryStorage';
import type { Observation, ObservedRequest } from '../../src/resets/observe/observation';
import type { ResetRecord } from '../../src/resets/resetRecord';
import { silentLogger } from '../host/silentLogger';
import { temporaryFolder } from '../host/cache';
import { atMost, type Figure, rounded } from './figure';
import { HostWork } from './hostWork';
import { problemText } from '../../src/util/problem';

const entries = 1000;
/** What each of them lists: more than is kept since, as an earlier version did. */
const requests = 500;

/** A long history: what the start of a window, a file to import, and a rewriting of the log cost the host. */
export async function benchHistory(): Promise<readonly Figure[]> {
  const temporary = await temporaryFolder('bench-');
  try {
    const records = Array.from({ length: entries }, (_, at) => recordOf(at));
    const lines = records.map((put, rev) => encodeLine({ rev, put })).join('');
    const left = path.join(temporary.path, 'left');
    await mkdir(left);
    // As a window that is gone has left it: it is read, and written anew.
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    await writeFile(path.join(left, `history-${gone}-left.jsonl`), lines);
    const shared = path.join(temporary.path, 'shared');
    await mkdir(shared);
    // As another window keeps it: it is only read. The test's own process stands for that window.
    await writeFile(path.join(shared, `history-${process.pid}-other.jsonl`), lines);
    const megabytes = rounded((await stat(path.join(left, `history-${gone}-left.jsonl`))).size / 1e6);

    const taken = await measure(() => open(left));
    const read = await measure(() => open(shared));
    const exported = await measure(() => encodeEntries(read.result.entries()));
    const imported = await measure(async () => {
      const history = await open(path.join(temporary.path, 'imported'));
      await history.importEntries((await decodeEntries(exported.result)).entries);
      return history;
    });
    for (const { result } of [taken, read, imported]) {
      if (result.entries().length !== entries)
        throw new Error(`${result.entries().length} of the ${entries} resets were read`);
    }
    return [
      ...figures(`history of ${megabytes} MB left by a window that is gone`, taken),
      ...figures(`history of ${megabytes} MB of another window`, read),
      ...figures('export', exported),
      ...figures('import', imported),
    ];
  } finally {
    await temporary.remove();
  }
}

interface Measured<T> {
  readonly result: T;
  readonly took: number;
  readonly blocked: number;
}

async function measure<T>(run: () => Promise<T>): Promise<Measured<T>> {
  const work = new HostWork();
  const started = performance.now();
  const result = await run();
  const took = performance.now() - started;
  return { result, took, blocked: work.stop() };
}

function figures(what: string, { took, blocked }: Measured<unknown>): Figure[] {
  const common = { bench: 'history', unit: 'ms' } as const;
  const longest = `${what}: longest work of the host in one go`;
  return [
    { ...common, figure: `${what}: until it is there`, value: rounded(took) },
    atMost({ ...common, figure: longest, value: rounded(blocked) }, 10),
  ];
}

async function open(folder: string): Promise<History> {
  const history = new History({
    storage: new FileHistoryStorage(folder),
    logger: silentLogger,
    limit: () => entries,
    onProblem: (problem) => {
      throw new Error(problemText(problem));
    },
  });
  await history.load();
  return history;
}

function recordOf(at: number): ResetRecord {
  const observation: Observation = {
    state: 'complete',
    answers: 'watched',
    counts: { get: { answered: requests }, access: {}, auth: {} },
    requests: Array.from({ length: requests }, (_, number) => requestOf(number)),
    other: 0,
    gateways: 1,
    took: 41,
  };
  return {
    id: `reset-${at}`,
    time: at * 60_000,
    origin: 'command',
    message: { resources: ['library.>'] },
    connection: 'local',
    state: { kind: 'published', server: 'nats', observation },
  };
}

function requestOf(number: number): ObservedRequest {
  return { kind: 'get', name: `library.book.${number}`, gateway: 1, outcome: { kind: 'answered' }, took: 3 };
}
