import picomatch from 'picomatch';

/** A line of an ignore file. */
export interface IgnorePattern {
  /** Whether it takes back what others ignore. */
  readonly isException: boolean;
  readonly onlyFolders: boolean;
  /** Of the path from the ignore file's folder, with `/` between the parts. */
  readonly matches: RegExp;
}

const options = { dot: true, nonegate: true, noextglob: true, strictSlashes: true, windows: false } as const;

/** The patterns of a `.gitignore` or `.ignore`, understood as ripgrep does, which unlike git knows `{a,b}`. */
export function ignorePatterns(text: string): IgnorePattern[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((line) => patternOf(line) ?? []);
}

function patternOf(line: string): IgnorePattern | undefined {
  if (line.startsWith('#')) return undefined;
  // A space at the end counts only where a backslash says so.
  const whole = line.endsWith('\\ ') ? line : line.trimEnd();
  const isException = whole.startsWith('!');
  const anchored = isException ? whole.slice(1) : whole.replace(/^\\(?=[!#])/, '');
  const onlyFolders = anchored.endsWith('/');
  const path = onlyFolders ? anchored.replace(/\\?\/$/, '') : anchored;
  const name = path.replace(/^\//, '');
  if (name === '') return undefined;
  const isAnywhere = !path.includes('/');
  const glob = `${isAnywhere ? '**/' : ''}${name}`;
  try {
    return { isException, onlyFolders, matches: globPattern(glob) };
  } catch {
    return undefined;
  }
}

/** What a glob of a relative path matches, as ripgrep understands it. */
export function globPattern(glob: string): RegExp {
  return picomatch.makeRe(plainGlob(glob), options);
}

/** The same for picomatch, to which some characters mean more, and to which a class is negated by `^` alone. */
function plainGlob(glob: string): string {
  return (
    glob
      // What is in a folder, and not the folder itself.
      .replace(/\/\*\*$/, '/**/*')
      .replace(/\\([\p{L}\p{N}_])/gu, '$1')
      .replace(/\\.|\[[^\]]*\]|[()|+@$^!]/gs, (part) =>
        part.length === 1 ? `\\${part}` : part.replace(/^\[!/, '[^'),
      )
  );
}
