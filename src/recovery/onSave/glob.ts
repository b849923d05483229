import picomatch from 'picomatch';

/** As VS Code's settings have globs, which know neither negation nor groups; a hidden file is a file. */
const options = { dot: true, nonegate: true, noextglob: true } as const;

/** Whether a path matches a glob; both are relative, with `/` between the parts. */
export function matchesGlob(glob: string, path: string): boolean {
  return picomatch.isMatch(path, glob, options);
}

/** The glob that matches this path alone, as far as a glob can say that. */
export function globOf(path: string): string {
  return path.replace(/[^\p{L}\p{N}/._ -]/gu, '?');
}
