import path from 'node:path';
import { globOf } from './glob';

/** A rule as it would be written into the settings. */
export interface WrittenRule {
  readonly files: string;
  readonly resources?: readonly string[];
  readonly serviceInFile?: boolean;
}

/**
 * Rules that may fit a file, the most likely first: the services that it defines; patterns whose last part is the file's name,
 * for all such files of its folder; and each other pattern, for this file.
 */
export function proposeRules(
  file: string,
  known: { readonly definesService: boolean; readonly patterns: readonly string[] },
): WrittenRule[] {
  const own = globOf(file);
  const { dir, ext } = path.posix.parse(file);
  const siblings = path.posix.join(globOf(dir), `*${globOf(ext)}`);
  const byName = known.patterns.filter(
    (pattern) => pattern.split('*').length === 2 && pattern.endsWith('.*'),
  );
  return [
    ...(known.definesService ? [{ files: own, serviceInFile: true }] : []),
    ...byName.map((pattern) => ({
      files: siblings,
      resources: [`${pattern.slice(0, -1)}\${fileBasenameNoExtension}`],
    })),
    ...known.patterns.map((pattern) => ({ files: own, resources: [pattern] })),
  ];
}
