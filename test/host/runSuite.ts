import { type ChildProcess, spawn } from 'node:child_process';
import { projectRoot } from './cache';
import { type Counts, readCounts } from './counts';
import { processesWith } from './processes';
import { type Command, type Suite, testFiles } from './suites';

const marker = 'RES_TEST_RUN';
const running = new Set<ChildProcess>();

/**
 * Runs a suite, its output going to the terminal, and resolves with its counts. A suite that runs no test, crashes or
 * hangs has failed, whatever it counted.
 */
export async function runSuite(
  suite: Suite,
  wanted: readonly string[],
  countsFile: string,
  run: string,
): Promise<Counts> {
  const files = suite.files === undefined ? [] : testFiles(suite.files);
  const chosen = wanted.length === 0 ? files : wanted.filter((file) => files.includes(file));
  if (suite.files !== undefined && chosen.length === 0) {
    console.log(`There is no such test in ${suite.files}.`);
    return { passed: 0, failed: 1 };
  }
  const deadline = Date.now() + suite.minutes * 60_000;
  const outcomes: Outcome[] = [];
  for (const command of suite.commands(countsFile, chosen)) {
    outcomes.push(await runCommand(command, deadline - Date.now(), run));
  }
  endSuites(run);
  for (const outcome of outcomes)
    if (outcome === 'hung') console.log(`${suite.name} took too long and was ended.`);
  const isGood = outcomes.every((outcome) => outcome === 'good');
  if (suite.files === undefined) return isGood ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

  const { passed, failed } = (await readCounts(countsFile)) ?? { passed: 0, failed: 0 };
  if (passed + failed === 0) console.log(`${suite.name} ran no test to its end.`);
  // A run that went wrong without a failed test, or without any test, must not pass for a good one.
  return { passed, failed: failed === 0 && (!isGood || passed === 0) ? 1 : failed };
}

/** Ends every process that the run has started and not ended itself. */
export function endSuites(run: string): void {
  for (const child of running) child.kill('SIGKILL');
  for (const id of processesWith(marker, run)) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // It has just ended.
    }
  }
}

type Outcome = 'good' | 'bad' | 'hung';

function runCommand(command: Command, milliseconds: number, run: string): Promise<Outcome> {
  return new Promise((resolve) => {
    // A group of its own: Ctrl+C reaches this process alone, which then ends them all.
    const child = spawn(process.execPath, command, {
      cwd: projectRoot,
      env: { ...process.env, [marker]: run },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    });
    running.add(child);
    let hung = false;
    const timer = setTimeout(
      () => {
        hung = true;
        endSuites(run);
      },
      Math.max(milliseconds, 0),
    );
    child.once('exit', (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve(hung ? 'hung' : code === 0 ? 'good' : 'bad');
    });
  });
}
