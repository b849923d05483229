/** A line of an ignore file. */
export interface IgnorePattern {
  /** Whether it takes back what others ignore. */
  readonly isException: boolean;
  readonly onlyFolders: boolean;
  /** Of the path from the ignore file's folder, with `/` between the parts. */
  readonly matches: RegExp;
}

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
  return { isException, onlyFolders, matches: globPattern(glob) };
}

/** What means something in a glob. */
const token =
  /(?<folders>(?<=^|\/)(?:\*\*\/)+)|(?<rest>(?<=^|\/)\*\*$)|(?<stars>\*+)|\\(?<escaped>.)|\[(?<not>[!^]?)(?<inside>\]?[^\]]+)\]|./gsu;

/** What a glob of a relative path matches, as ripgrep understands it; nothing where it is no glob. */
export function globPattern(glob: string): RegExp {
  let depth = 0;
  const source = glob.replace(token, (part, ...found) => {
    const { folders, rest, stars, escaped, not, inside } = found.at(-1) as Record<string, string | undefined>;
    if (folders !== undefined) return '(?:.*/)?';
    // What is in a folder, and not the folder itself.
    if (rest !== undefined) return '.+';
    if (stars !== undefined) return '[^/]*';
    if (escaped !== undefined) return literal(escaped);
    if (inside !== undefined) return `[${not ? '^' : ''}${inside.replace(/[\\[\]^&]/g, '\\$&')}]`;
    if (part === '?') return '[^/]';
    if (part === '{') return (depth++, '(?:');
    if (part === '}' && depth > 0) return (depth--, ')');
    return part === ',' && depth > 0 ? '|' : literal(part);
  });
  try {
    return new RegExp(`^${source}${')'.repeat(depth)}$`, 's');
  } catch {
    return /$^/;
  }
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
