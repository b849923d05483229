import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { projectRoot, temporaryFolder } from './cache';
import { run } from './processes';

/** What goes into a package beside the bundles, as `.vscodeignore` says; the packager walks all of a folder to find it. */
const shipped = /^(\.vscodeignore|README\.md|CHANGELOG\.md|LICENSE|package\.nls.*\.json|l10n|media)$/;

/**
 * Builds the production bundles and makes `vscode-res.vsix` in the project's root; resolves with its path. It is put together
 * in a folder of its own: the project's holds an editor, and whatever was measured or pictured.
 */
export async function packageExtension(file = path.join(projectRoot, 'vscode-res.vsix')): Promise<string> {
  const { path: folder, remove } = await temporaryFolder('package-');
  try {
    const manifest = JSON.parse(await readFile(path.join(projectRoot, 'package.json'), 'utf8')) as object;
    // The bundles are there already.
    const text = JSON.stringify({ ...manifest, scripts: undefined }, undefined, 2);
    await writeFile(path.join(folder, 'package.json'), text);
    for (const name of await readdir(projectRoot))
      if (shipped.test(name))
        await cp(path.join(projectRoot, name), path.join(folder, name), { recursive: true });
    await run(process.execPath, ['esbuild.mjs', '--production', '--outdir', path.join(folder, 'dist')], {
      cwd: projectRoot,
    });
    return await vsce(folder, file);
  } finally {
    await remove();
  }
}

/** Bundles the demo's own little extension, which arranges its window, and packages it; resolves with its path. */
export function packageDemoOpener(file: string): Promise<string> {
  return packageHelper(path.join(import.meta.dirname, 'demoOpener'), 'opener.ts', file);
}

/** Bundles a little extension of one source file, and packages it; resolves with its path. */
export async function packageHelper(source: string, entry: string, file: string): Promise<string> {
  const { path: folder, remove } = await temporaryFolder('helper-');
  try {
    await cp(path.join(source, 'package.json'), path.join(folder, 'package.json'));
    await build({
      entryPoints: [path.join(source, entry)],
      outdir: folder,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['vscode'],
    });
    return await vsce(folder, file, '--allow-missing-repository', '--skip-license');
  } finally {
    await remove();
  }
}

let packaged: Promise<string> | undefined;

/** The package that the tests of this process share: the one that `RES_VSIX` names, or one made now. */
export function packageUnderTest(): Promise<string> {
  const given = process.env['RES_VSIX'];
  packaged ??= given === undefined ? makePackageUnderTest() : Promise.resolve(given);
  return packaged;
}

async function makePackageUnderTest(): Promise<string> {
  const folder = await temporaryFolder('vsix-');
  return packageExtension(path.join(folder.path, 'vscode-res.vsix'));
}

async function vsce(folder: string, file: string, ...options: string[]): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await rm(file, { force: true });
  const program = path.join(projectRoot, 'node_modules/@vscode/vsce/vsce');
  // The README's picture is in the package itself: its link needs no address to be completed with.
  const links = ['--allow-missing-repository', '--no-rewrite-relative-links'];
  const args = [program, 'package', '--no-dependencies', ...links, ...options, '--out', file];
  await run(process.execPath, args, { cwd: folder });
  return file;
}
