/**
 * Whether a path matches a glob as VS Code's settings have them: `*` and `?` within a part, `**` for any number of parts,
 * `{a,b}` for one of several. Both are relative, with `/` between the parts.
 */
export function matchesGlob(glob: string, path: string): boolean {
  return new RegExp(`^${sourceOf(glob)}$`).test(path);
}

const token = /\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[^*?{]+|./g;

function sourceOf(glob: string): string {
  return glob.replace(token, (part) => {
    switch (part) {
      case '**/':
        return '(?:[^/]+/)*';
      case '**':
        return '.*';
      case '*':
        return '[^/]*';
      case '?':
        return '[^/]';
      default:
        return part.startsWith('{') && part.endsWith('}')
          ? `(?:${part.slice(1, -1).split(',').map(sourceOf).join('|')})`
          : part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    }
  });
}

/** The glob that matches this path alone, as far as a glob can say that. */
export function globOf(path: string): string {
  return path.replace(/[*?{]/g, '?');
}
