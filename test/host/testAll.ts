/**
 * `npm test [-- SUITE …] [FILE …]`: runs lint, types, unit, bus, integration and e2e tests, or only the suites or test
 * files named, and ends with one line `N passed, N failed`.
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { progress, projectRoot, temporaryFolder } from './cache';
import type { Counts } from './counts';
import { prepare } from './prepare';
import { endSuites, runSuite } from './runSuite';
import { isNamed, type Suite, suiteOf, suites, testFiles } from './suites';

/** Marks every process of this run, so that none of them outlives it. */
const run = randomUUID();

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
  const total = { passed: 0, failed: 0 };
  const lines: string[] = [];
  for (const suite of chosen.suites) {
    if (suite.needs !== 'nothing') await prepared;
    const started = Date.now();
    console.log(`\n━━ ${suite.name} ${'━'.repeat(80 - suite.name.length)}\n`);
    const counts = await runSuite(suite, chosen.files, path.join(folder.path, `${lines.length}.json`), run);
    total.passed += counts.passed;
    total.failed += counts.failed;
    lines.push(summary(suite, counts, Date.now() - started));
  }
  await prepared;
  await folder.remove();
  console.log(`\n${'━'.repeat(84)}\n`);
  for (const line of lines) console.log(line);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
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
    endSuites(run);
    process.exit(130);
  });
}
main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    endSuites(run);
    process.exit(1);
  },
);
