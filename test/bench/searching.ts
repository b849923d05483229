import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ripgrepIn } from '../../src/code/scanner/files/ripgrep';
import { sourceExtensions } from '../../src/code/scanner/languages/data';
import { languages } from '../../src/code/scanner/languages/index';
import { findProgram } from '../host/machine';
import { installVsCode } from '../host/vscodeInstall';

/** The same files searched for the same literals, by ripgrep alone. */
export async function searchWith(ripgrep: string, folder: string): Promise<number> {
  const literals = languages.sieve;
  const started = performance.now();
  const child = spawn(
    ripgrep,
    [
      ...['--no-config', '--no-ignore', '--hidden', '--files-with-matches', '--fixed-strings'],
      ...[
        '-g',
        `*.{${sourceExtensions.join(',')}}`,
        ...literals.flatMap((literal) => ['-e', literal]),
        folder,
      ],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  child.stdout.resume();
  await once(child, 'close');
  return performance.now() - started;
}

/** The editor's ripgrep, or that of the machine. */
export async function ripgrepProgram(): Promise<string> {
  const found = findProgram('rg');
  if (found !== undefined) return found;
  const { server } = await installVsCode();
  const own = ripgrepIn(path.resolve(path.dirname(server), '..'));
  if (own === undefined) throw new Error('There is no ripgrep: install it, then try again.');
  return own;
}
