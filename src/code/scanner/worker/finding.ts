import { setImmediate as breathe } from 'node:timers/promises';
import { type Stamp, hasStamp } from '../cache/scanCache';
import type { ScanRequest } from '../client/messages';
import type { LanguageSet } from '../languageSet';

/** How long work goes on before messages are looked at, in milliseconds. */
export const patience = 5;

/** The files that a request is about. */
export async function listed(request: ScanRequest): Promise<readonly string[]> {
  if ('files' in request) return request.files;
  const { listFiles } = await import('../files/ripgrep');
  const lists = await Promise.all(request.searches.map((search) => listFiles(request.ripgrep, search)));
  return [...new Set(lists.flat())];
}

/** The files that contain what a sieve of any language looks for; none where they have to be read one by one. */
export async function speaking(
  request: ScanRequest,
  loadLanguages: () => Promise<LanguageSet>,
): Promise<readonly string[] | undefined> {
  if ('files' in request) return undefined;
  const [{ filesContaining }, { sieve }] = await Promise.all([import('../files/ripgrep'), loadLanguages()]);
  const lists = await Promise.all(
    request.searches.map((search) => filesContaining(request.ripgrep, search, sieve)),
  );
  return lists.flat();
}

/** The files that are as they were when they were looked at, with their stamps. */
export async function unchanged(stamps: ReadonlyMap<string, Stamp>): Promise<ReadonlyMap<string, Stamp>> {
  const same = new Map<string, Stamp>();
  let rest = performance.now();
  for (const [file, stamp] of stamps) {
    if (hasStamp(file, stamp)) same.set(file, stamp);
    if (performance.now() - rest < patience) continue;
    // Meanwhile the files are being listed.
    await breathe();
    rest = performance.now();
  }
  return same;
}
