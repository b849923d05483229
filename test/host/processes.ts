import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { waiters } from './waiters';

/** A server that was started and is ready. */
export interface RunningProcess {
  readonly pid: number;
  /** All that it has written to its standard output and error so far. */
  readonly output: () => string;
  /** Resolves when its output fulfils the condition; rejects when it does not within 10 s. */
  readonly untilOutput: (condition: (output: string) => boolean) => Promise<void>;
  /** Resolves when it has ended, however that came. */
  readonly ended: Promise<void>;
  /** Asks it to end (SIGTERM), makes it end if it does not, and resolves when it has. */
  readonly stop: () => Promise<void>;
  /** Ends it at once (SIGKILL) and resolves when it has. */
  readonly kill: () => Promise<void>;
}

export interface ProcessOptions {
  /** What messages call it. */
  readonly name: string;
  readonly command: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What its output holds once it is ready; without it, it counts as ready when it runs. */
  readonly ready?: RegExp;
  /** How long getting ready may take, in milliseconds. */
  readonly timeout?: number;
}

const live = new Set<ChildProcess>();
let guarded = false;

/**
 * Starts a server in a process group of its own and resolves when its output says that it is ready. Rejects, with what
 * it wrote, when it ends or takes too long before that. Whatever this process leaves running ends with it.
 */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const { name, command, args = [], cwd, env = process.env, ready, timeout = 30_000 } = options;
  guard();
  // A group of its own: Ctrl+C in a terminal must not reach it before its owner has decided the order of things, and
  // the whole group can be ended, with what the server started itself.
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  live.add(child);
  let output = '';
  let isReady = false;
  const outputs = waiters();
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      live.delete(child);
      resolve();
    });
  });

  await new Promise<void>((resolve, reject) => {
    const fail = (what: string): void => {
      clearTimeout(timer);
      signalGroup(child, 'SIGKILL');
      reject(new Error(`${name} ${what}.\n${output.slice(-4000)}`));
    };
    const timer = setTimeout(() => {
      fail(`was not ready within ${timeout / 1000} s`);
    }, timeout);
    const succeed = (): void => {
      isReady = true;
      clearTimeout(timer);
      resolve();
    };
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      outputs.wake();
      if (!isReady && ready?.test(output)) succeed();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', (error) => {
      fail(`could not be started: ${error.message}`);
    });
    child.once('close', (code, signal) => {
      fail(`ended before it was ready (${signal ?? `exit code ${code ?? 'unknown'}`})`);
    });
    if (ready === undefined) child.once('spawn', succeed);
  });

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    signalGroup(child, signal);
    const timer = setTimeout(() => {
      signalGroup(child, 'SIGKILL');
    }, 5000);
    await ended;
    clearTimeout(timer);
    // What a server started itself may outlive it by a moment, or for good.
    signalGroup(child, 'SIGKILL');
  };
  return {
    pid: child.pid ?? 0,
    output: () => output,
    untilOutput: (condition) =>
      outputs.until(
        () => condition(output),
        () => `${name} to say so. It said:\n${output.slice(-4000)}`,
      ),
    ended,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** Runs a command to its end and resolves with its standard output; rejects with all it wrote if it fails. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  guard();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    live.add(child);
    let standard = '';
    let everything = '';
    child.stdout.on('data', (chunk: Buffer) => {
      standard += chunk.toString();
      everything += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => (everything += chunk.toString()));
    child.once('error', (error) => {
      live.delete(child);
      reject(new Error(`\`${command}\` could not be started: ${error.message}`));
    });
    child.once('close', (code) => {
      live.delete(child);
      if (code === 0) resolve(standard);
      else reject(new Error(`\`${[command, ...args].join(' ')}\` failed:\n${everything.slice(-4000)}`));
    });
  });
}

/** The processes, other than this one, that were started with the environment variable `name=value`. */
export function processesWith(name: string, value: string): number[] {
  const entry = `${name}=${value}`;
  return readdirSync('/proc')
    .filter((id) => /^\d+$/.test(id) && Number(id) !== process.pid)
    .filter((id) => {
      try {
        return readFileSync(`/proc/${id}/environ`, 'utf8').split('\0').includes(entry);
      } catch {
        return false; // It ended meanwhile, or belongs to somebody else.
      }
    })
    .map(Number);
}

/** The processes that a process has started, and those in turn, whose command line holds the text. */
export function descendantsWith(pid: number, text: string): number[] {
  const parents = new Map<number, number>();
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    // The name of the program, in brackets, can hold anything.
    const parent = /.*\) \S (\d+)/s.exec(readProcess(id, 'stat'))?.[1];
    if (parent !== undefined) parents.set(Number(id), Number(parent));
  }
  const descends = (id: number | undefined): boolean =>
    id !== undefined && (parents.get(id) === pid || descends(parents.get(id)));
  return [...parents.keys()].filter(
    (id) => descends(id) && readProcess(String(id), 'cmdline').includes(text),
  );
}

function readProcess(id: string, file: string): string {
  try {
    return readFileSync(`/proc/${id}/${file}`, 'utf8');
  } catch {
    return ''; // It ended meanwhile, or belongs to somebody else.
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has no process any more.
  }
}

/** Makes sure, once, that nothing started here outlives this process, unless it is killed outright. */
function guard(): void {
  if (guarded) return;
  guarded = true;
  process.on('exit', () => {
    for (const child of live) signalGroup(child, 'SIGKILL');
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // A program that handles the signal itself ends what it started in its own order.
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(130));
  }
}
