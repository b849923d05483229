/**
 * Runs test files with Mocha in this process: `mochaRun.ts COUNTS_FILE TIMEOUT_MS FILE …`. The time-out is that of one
 * test that sets none itself.
 */
import path from 'node:path';
import Mocha from 'mocha';
import { faultLine, writeCounts } from './counts';
import { projectRoot } from './cache';

async function main([countsFile = '', timeout = '', ...files]: readonly string[]): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: Number(timeout), forbidOnly: true, forbidPending: true });
  for (const file of files) mocha.addFile(path.resolve(projectRoot, file));
  if (files.some((file) => file.includes('e2e'))) {
    const { pictureOpenPages } = await import('./browser');
    mocha.rootHooks({
      async afterEach(this: Mocha.Context) {
        const test = this.currentTest;
        if (test?.state !== 'failed') return;
        await pictureOpenPages(`failed-${test.fullTitle().replace(/\W+/g, '-').slice(0, 100)}`);
      },
    });
  }
  await mocha.loadFilesAsync();
  const faults: string[] = [];
  const runner = mocha.run((failures) => {
    const passed = runner.stats?.passes ?? 0;
    void writeCounts(countsFile, { passed, failed: failures, faults }).finally(() =>
      process.exit(failures === 0 ? 0 : 1),
    );
  });
  runner.on('fail', (test, error) => faults.push(faultLine(test.fullTitle(), error)));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
