import { chromiumProgram } from './browser';
import { needPrograms } from './machine';
import { natsServerProgram } from './natsServer';
import type { Suite } from './suites';
import { installVsCode } from './vscodeInstall';

/** Installs what suites with these needs use, where it is missing. */
export async function prepare(needs: readonly Suite['needs'][]): Promise<void> {
  if (needs.some((need) => need !== 'nothing')) {
    await natsServerProgram();
    await natsServerProgram('debian');
    // The certificates of the tests are made by it.
    await needPrograms({ openssl: ['openssl'] });
  }
  if (needs.includes('editor')) {
    await chromiumProgram();
    await installVsCode();
  }
}
