import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import type { FileScope, IgnoreFiles } from './ignoreFiles';

/** A folder to look into, and the files to look for. */
export interface Search extends FileScope {
  /** What the files' names end in, without the dot. */
  readonly endings: readonly string[];
  readonly followLinks: boolean;
}

/** The editor's own ripgrep, by the folder in which the editor is installed; none where it can't be found. */
export function ripgrepIn(appRoot: string): string | undefined {
  const program = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const candidates = [
    path.join('node_modules/@vscode/ripgrep-universal/bin', `${process.platform}-${process.arch}`, program),
    path.join('node_modules/@vscode/ripgrep/bin', program),
    path.join('node_modules.asar.unpacked/@vscode/ripgrep/bin', program),
  ];
  return candidates.map((candidate) => path.join(appRoot, candidate)).find(isProgram);
}

/** All files that a search is about. Rejects if they can't be listed. */
export function listFiles(ripgrep: string, search: Search): Promise<string[]> {
  return run(ripgrep, [...common(search), '--files'], search.folder);
}

/** Those of the files that contain one of the literals. Rejects if that can't be told. */
export function filesContaining(
  ripgrep: string,
  search: Search,
  literals: readonly string[],
): Promise<string[]> {
  const patterns = literals.flatMap((literal) => ['-e', literal]);
  // Apart from UTF-16, which ripgrep knows by its mark, all encodings have the literals as the same bytes.
  const how = ['--files-with-matches', '--fixed-strings', '--case-sensitive', '--text'];
  return run(ripgrep, [...common(search), ...how, ...patterns], search.folder);
}

function common({ endings, excludes, followLinks, ignoreFiles }: Search): string[] {
  return [
    ...['--no-config', '--hidden', '--no-messages', '--no-ignore-messages', '--null', '--color', 'never'],
    ...ignoreOptions(ignoreFiles),
    ...(followLinks ? ['--follow'] : []),
    // A glob that files must match would win over what is ignored.
    ...['--type-add', `res:*.{${endings.join(',')}}`, '--type', 'res'],
    ...excludes.flatMap((glob) => ['-g', `!${anchored(glob)}`]),
  ];
}

/** The editor's search looks at ignore files outside of repositories too. */
function ignoreOptions({ inFolder, inParents, ofUser }: IgnoreFiles): string[] {
  if (!inFolder) return ['--no-ignore'];
  return [
    '--no-require-git',
    ...(inParents ? [] : ['--no-ignore-parent']),
    ...(ofUser ? [] : ['--no-ignore-global']),
  ];
}

/** The editor's globs start at the folder, ripgrep's anywhere. */
function anchored(glob: string): string {
  return glob.startsWith('**') || glob.startsWith('/') ? glob : `/${glob}`;
}

function run(ripgrep: string, args: readonly string[], folder: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const process = spawn(ripgrep, [...args, '.'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    let said = '';
    process.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    process.stderr.on('data', (chunk: Buffer) => (said = chunk.toString()));
    process.on('error', reject);
    process.on('close', (code) => {
      // 1: nothing found; 2 without a word: a file or folder could not be read, or a line of an ignore file.
      if (code !== 0 && code !== 1 && !(code === 2 && said === '')) {
        reject(new Error(`ripgrep ended with ${code ?? 'a signal'} ${said}`.trim()));
        return;
      }
      const names = Buffer.concat(chunks).toString('utf8').split('\0');
      names.pop();
      const start = folder.endsWith(path.sep) ? folder : folder + path.sep;
      resolve(names.map((name) => start + name.slice(2)));
    });
  });
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
