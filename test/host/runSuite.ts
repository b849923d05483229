import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { projectRoot } from './cache';
import { type Counts, readCounts } from './counts';
import { processesWith } from './processes';
import { type Command, type Suite, testFiles } from './suites';

const marker = 'RES_TEST_RUN';
const running = new Set<ChildProcess>();
/** Marks every process of a suite, so that none of them outlives it. */
const marks = new Set<string>();

/**
 * Runs a suite, its output going to the terminal or to `say`, and resolves with its counts. A suite that runs no test,
 * crashes or hangs has failed, whatever it counted.
 */
export async function runSuite(
  suite: Suite,
  wanted: readonly string[],
  countsFile: string,
  say?: (text: string) => void,
): Promise<Counts> {
  const tell = say ?? ((text: string) => process.stdout.write(text));
  const files = suite.files === undefined ? [] : testFiles(suite.files);
  const chosen = wanted.length === 0 ? files : wanted.filter((file) => files.includes(file));
  if (suite.files !== undefined && chosen.length === 0) {
    return failed(`There is no such test in ${suite.files}.`);
  }
  const mark = randomUUID();
  marks.add(mark);
  const deadline = Date.now() + suite.minutes * 60_000;
  const outcomes: Outcome[] = [];
  for (const command of suite.commands(countsFile, chosen)) {
    outcomes.push(await runCommand(command, deadline - Date.now(), mark, say));
  }
  end(mark);
  const isGood = outcomes.every((outcome) => outcome === 'good');
  const trouble = outcomes.includes('hung') ? 'took too long and was ended' : isGood ? '' : 'went wrong';
  if (suite.files === undefined) return isGood ? { passed: 1, failed: 0 } : failed(trouble);

  const counts = (await readCounts(countsFile)) ?? { passed: 0, failed: 0 };
  if (counts.failed > 0) return counts;
  // A run that went wrong without a failed test, or without any test, must not pass for a good one.
  if (counts.passed === 0) return failed(trouble === '' ? 'ran no test to its end' : trouble);
  return isGood ? counts : { ...counts, failed: 1, faults: [trouble] };

  function failed(why: string): Counts {
    tell(`${suite.name}: ${why}\n`);
    return { passed: 0, failed: 1, faults: [why] };
  }
}

/** Ends every process that a suite has started and not ended itself. */
export function endSuites(): void {
  for (const child of running) child.kill('SIGKILL');
  for (const mark of marks) end(mark);
}

function end(mark: string): void {
  marks.delete(mark);
  for (const id of processesWith(marker, mark)) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // It has just ended.
    }
  }
}

type Outcome = 'good' | 'bad' | 'hung';

function runCommand(
  command: Command,
  milliseconds: number,
  mark: string,
  say?: (text: string) => void,
): Promise<Outcome> {
  return new Promise((resolve) => {
    // A group of its own: Ctrl+C reaches this process alone, which then ends them all.
    const child = spawn(process.execPath, command, {
      cwd: projectRoot,
      env: { ...process.env, [marker]: mark },
      stdio: say ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      detached: true,
    });
    running.add(child);
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => say?.(text));
    let hung = false;
    const timer = setTimeout(
      () => {
        hung = true;
        end(mark);
      },
      Math.max(milliseconds, 0),
    );
    child.once('close', (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve(hung ? 'hung' : code === 0 ? 'good' : 'bad');
    });
  });
}
