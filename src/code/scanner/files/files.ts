import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { LanguageSet } from '../languageSet';

/** Folders that hold other people's code, or what was made from code. */
const skippedFolders = new Set([
  'node_modules',
  'bower_components',
  'vendor',
  'dist',
  'out',
  'build',
  'target',
  'obj',
]);

/** Every source file below a folder, in order; hidden and dependency folders are left out. */
export function sourceFiles(folder: string, languages: LanguageSet): string[] {
  const found: string[] = [];
  const open = [folder];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const entry of entriesOf(at)) {
      const file = path.join(at, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && !skippedFolders.has(entry.name)) open.push(file);
      } else if (entry.isFile() && languages.of(entry.name)) found.push(file);
    }
  }
  return found.sort();
}

function entriesOf(folder: string): ReturnType<typeof readEntries> {
  try {
    return readEntries(folder);
  } catch {
    // A folder that may not be read has nothing for us.
    return [];
  }
}

const readEntries = (folder: string) => readdirSync(folder, { withFileTypes: true });
