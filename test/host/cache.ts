import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The project's root folder. */
export const projectRoot = path.resolve(import.meta.dirname, '..', '..');

/** Where downloaded and built programs are kept between runs; git ignores it. */
export const cacheFolder = path.join(projectRoot, '.vscode-test');

/**
 * Installs something into the cache folder once and resolves with its folder. Two processes that want it at the same
 * time do not collide, and a half-finished installation never counts: it is made beside and renamed when complete.
 */
export async function installOnce(name: string, install: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  const unlock = await lock(folder);
  try {
    if (existsSync(folder)) return folder;
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    await install(partial);
    await rename(partial, folder);
    return folder;
  } finally {
    unlock();
  }
}

/**
 * Waits until no other process holds the lock, takes it and resolves with the function that gives it back. The lock is
 * an abstract socket, which the kernel frees with its process: a crash leaves none behind.
 */
export async function lock(name: string): Promise<() => void> {
  for (let attempt = 0; ; attempt++) {
    const unlock = await tryLock(name);
    if (unlock) return unlock;
    if (attempt === 0) progress(`Another process is at work on ${path.basename(name)}; waiting for it…`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Makes a folder for files that nobody needs once this process has ended, or earlier. */
export async function temporaryFolder(
  prefix: string,
): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), prefix));
  const options = { recursive: true, force: true, maxRetries: 5 };
  const removeNow = (): void => {
    rmSync(folder, options);
  };
  process.once('exit', removeNow);
  return {
    path: folder,
    remove: async () => {
      process.off('exit', removeNow);
      await rm(folder, options);
    },
  };
}

/** Writes a line that tells the person at the terminal what takes its time. */
export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Takes the lock and resolves with the function that gives it back, or with undefined while another process has it. */
export function tryLock(name: string): Promise<(() => void) | undefined> {
  if (process.platform !== 'linux') throw new Error('The test host runs its programs on Linux only.');
  const address = createHash('sha256').update(path.resolve(cacheFolder, name)).digest('hex');
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.unref();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(`\0vscode-res:${address}`, () => {
      resolve(() => server.close());
    });
  });
}
