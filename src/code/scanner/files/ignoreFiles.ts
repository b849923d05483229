import path from 'node:path';

/** Which ignore files count: those in the folder that is searched, those in the folders around it, and the user's own. */
export interface IgnoreFiles {
  readonly inFolder: boolean;
  readonly inParents: boolean;
  readonly ofUser: boolean;
}

/** A folder, and which of the files in it count. */
export interface FileScope {
  readonly folder: string;
  /** Globs of files and folders to leave out, as the editor's settings have them. */
  readonly excludes: readonly string[];
  readonly ignoreFiles: IgnoreFiles;
}

/** The ignore files of a folder; what an earlier one says, in whichever folder, counts before what a later one says. */
export const ignoreFileNames = ['.rgignore', '.ignore', '.gitignore', '.git/info/exclude'] as const;

/** Whether a path is that of a file that says which files are ignored. */
export function isIgnoreFile(file: string): boolean {
  return ignoreFileNames.some((name) => file.endsWith(path.sep + path.normalize(name)));
}
