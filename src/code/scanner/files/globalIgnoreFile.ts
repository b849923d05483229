import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The ignore file for all folders of the user, as git's settings have it. */
export function globalIgnoreFile(): string {
  const home = os.homedir();
  const settings = process.env['XDG_CONFIG_HOME'] || path.join(home, '.config');
  for (const file of [path.join(home, '.gitconfig'), path.join(settings, 'git/config')]) {
    const named = /^\s*excludesfile\s*=\s*"?\s*(\S+?)\s*"?\s*$/im.exec(textOf(file))?.[1];
    if (named !== undefined) return named.replace(/^~/, home);
  }
  return path.join(settings, 'git/ignore');
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
