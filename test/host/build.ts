import path from 'node:path';
import { lock, projectRoot } from './cache';
import { run } from './processes';

/** Builds the extension's bundles into dist/, one process at a time. */
export async function buildExtension(): Promise<void> {
  const unlock = await lock(path.join(projectRoot, 'dist'));
  try {
    await run(process.execPath, [path.join(projectRoot, 'esbuild.mjs')], { cwd: projectRoot });
  } finally {
    unlock();
  }
}
