/**
 * `npm test [-- SUITE …] [FILE …]`: runs lint, types, unit, bus, integration and e2e tests, or only the suites or test
 * files named, and ends with one line `N passed, N failed`.
 */
import path from 'node:path';
import { progress, projectRoot, temporaryFolder } from './cache';
import type { Counts } from './counts';
import { prepare } from './prepare';
import { endSuites, runSuite } from './runSuite';
import { isNamed, type Suite, suiteOf, suites, testFiles } from './suites';

async function main(args: readonly string[]): Promise<number> {
  const chosen = choose(args);
  if (typeof chosen === 'string') {
    console.error(chosen);
    return 2;
  }
  const folder = await temporaryFolder('test-all-');
  // Installing overlaps with what needs nothing installed. What goes wrong is told by the suite that needs it.
  const prepared = prepare(chosen.suites.map(({ needs }) => needs)).catch((error: unknown) => {
    progress(error instanceof Error ? error.message : String(error));
  });
  const results = new Map<Suite, string>();
  const faults: string[] = [];
  const total = { passed: 0, failed: 0 };
  const runOne = async (suite: Suite, say?: (text: string) => void): Promise<void> => {
    const started = Date.now();
    const countsFile = path.join(folder.path, `${chosen.suites.indexOf(suite)}.json`);
    const counts = await runSuite(suite, chosen.files, countsFile, say);
    total.passed += counts.passed;
    total.failed += counts.failed;
    for (const fault of counts.faults ?? []) faults.push(`${suite.name}: ${fault}`);
    results.set(suite, summary(suite, counts, Date.now() - started));
  };
  const runShown = async (suite: Suite): Promise<void> => {
    console.log(headline(suite));
    await runOne(suite);
  };
  /** Runs a suite while another writes to the terminal: what this one writes follows when it has ended. */
  const runAside = async (suite: Suite): Promise<void> => {
    const texts = [headline(suite), '\n'];
    await runOne(suite, (text) => texts.push(text));
    console.log(texts.join(''));
  };
  // What drives no editor runs two at a time; an editor, and what measures how it feels, has the machine for itself.
  const quick = chosen.suites.filter(({ needs }) => needs !== 'editor');
  const lane = async (runNext: (suite: Suite) => Promise<void>): Promise<void> => {
    for (let suite = quick.shift(); suite; suite = quick.shift()) {
      if (suite.needs !== 'nothing') await prepared;
      await runNext(suite);
    }
  };
  await Promise.all([lane(runShown), lane(runAside)]);
  await prepared;
  for (const suite of chosen.suites.filter(({ needs }) => needs === 'editor')) await runShown(suite);
  await folder.remove();
  console.log(`\n${'━'.repeat(84)}\n`);
  for (const suite of chosen.suites) console.log(results.get(suite));
  for (const fault of faults) console.log(`  ${fault}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

function headline({ name }: Suite): string {
  return `\n━━ ${name} ${'━'.repeat(80 - name.length)}\n`;
}

/** The suites and files that the arguments name, or what is wrong with them. */
function choose(args: readonly string[]): { suites: readonly Suite[]; files: readonly string[] } | string {
  const lost = testFiles('test').find((file) => suiteOf(file) === undefined);
  if (lost !== undefined) return `${lost} is in the folder of no suite, so nothing would ever run it.`;
  const named = suites.filter((suite) => args.some((arg) => isNamed(suite, arg)));
  const files = args
    .filter((arg) => !suites.some((suite) => isNamed(suite, arg)))
    .map((arg) => path.relative(projectRoot, path.resolve(projectRoot, arg)));
  const stranger = files.find((file) => !file.endsWith('.test.ts') || suiteOf(file) === undefined);
  if (stranger !== undefined) {
    return `${stranger} is neither a suite (${suites.map(({ name }) => name).join(', ')}) nor a test file of one.`;
  }
  if (files.length > 0)
    return { suites: suites.filter((suite) => files.some((file) => suiteOf(file) === suite)), files };
  return { suites: named.length > 0 ? named : suites, files };
}

function summary(suite: Suite, { passed, failed }: Counts, milliseconds: number): string {
  const mark = failed === 0 ? '✓' : '✗';
  const figures = failed === 0 ? `${passed}` : `${passed} good, ${failed} bad`;
  return `${mark} ${suite.name.padEnd(16)} ${figures.padEnd(24)} ${Math.round(milliseconds / 1000)} s`;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    endSuites();
    process.exit(130);
  });
}
main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    endSuites();
    process.exit(1);
  },
);
