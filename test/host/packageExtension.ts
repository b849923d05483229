import { access } from 'node:fs/promises';
import path from 'node:path';
import { lock, projectRoot } from './cache';
import { run } from './processes';

/** Builds the production bundles and makes `vscode-res.vsix` in the project's root; resolves with its path. */
export async function packageExtension(file = path.join(projectRoot, 'vscode-res.vsix')): Promise<string> {
  const unlock = await lock(path.join(projectRoot, 'dist'));
  try {
    const vsce = path.join(projectRoot, 'node_modules/@vscode/vsce/vsce');
    await run(process.execPath, [vsce, 'package', '--no-dependencies', '--out', file], { cwd: projectRoot });
    await access(file);
    return file;
  } finally {
    unlock();
  }
}

let packaged: Promise<string> | undefined;

/** The package that the tests of this run share: the one that `RES_VSIX` names, or one made now. */
export function packageUnderTest(): Promise<string> {
  const given = process.env['RES_VSIX'];
  packaged ??= given === undefined ? packageExtension() : Promise.resolve(given);
  return packaged;
}
