import { faultLine, type Counts } from '../host/counts';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { type IntegrationRun, reportMark } from '../host/integrationReport';

/** What VS Code calls inside the extension host: runs the tests that were bundled beside this file. */
export async function run(): Promise<void> {
  const { files, result, environment } = JSON.parse(
    readFileSync(path.join(__dirname, 'run.json'), 'utf8'),
  ) as IntegrationRun;
  Object.assign(process.env, environment);
  // The console holds all that VS Code says too: the mark tells the report from it.
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
    console.log(reportMark + format(...args));
  };
  const mocha = new Mocha({
    ui: 'bdd',
    color: false,
    timeout: 20_000,
    forbidOnly: true,
    forbidPending: true,
  });
  for (const file of files) mocha.addFile(path.join(__dirname, file));
  await mocha.loadFilesAsync();
  const faults: string[] = [];
  const { passes, failures } = await new Promise<Mocha.Stats>((resolve) => {
    const runner = mocha.run(() => {
      resolve(runner.stats ?? { suites: 0, tests: 0, passes: 0, pending: 0, failures: 1 });
    });
    runner.on('fail', (test, error) => faults.push(faultLine(test.fullTitle(), error)));
  });
  writeFileSync(result, JSON.stringify({ passed: passes, failed: failures, faults } satisfies Counts));
  if (failures > 0) throw new Error(`${failures} failing`);
}
