import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { progress } from './cache';
import { run } from './processes';

/** The path of a program, looked for on PATH or in the folders given. */
export function findProgram(
  name: string,
  folders = (process.env['PATH'] ?? '').split(path.delimiter),
): string | undefined {
  return folders
    .map((folder) => path.join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Whether apt knows a candidate of the package; its lists are fetched first where they are missing and may be. */
export async function aptInstallable(name: string): Promise<boolean> {
  if (findProgram('apt-get') === undefined || findProgram('apt-cache') === undefined) return false;
  const known = async (): Promise<boolean> => /Candidate: \d/.test(await run('apt-cache', ['policy', name]));
  if (await known()) return true;
  if (!isRoot()) return false;
  await run('apt-get', ['update']);
  return known();
}

/**
 * Makes sure that programs are there, each given with the Debian packages that bring it. Root on Debian gets them
 * installed; anybody else is told what to install.
 */
export async function needPrograms(packages: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const missing = Object.entries(packages).filter(([program]) => findProgram(program) === undefined);
  if (missing.length === 0) return;
  const wanted = [...new Set(missing.flatMap(([, names]) => names))];
  if (isRoot() && findProgram('apt-get') !== undefined) {
    progress(`Installing ${wanted.join(', ')}…`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { env });
    await run('apt-get', ['install', '--yes', '--no-install-recommends', ...wanted], { env });
    return;
  }
  throw new Error(
    `Missing on this machine: ${missing.map(([program]) => program).join(', ')}. ` +
      `Install the packages ${wanted.join(', ')} (\`sudo apt-get install ${wanted.join(' ')}\`), then try again.`,
  );
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
