import path from 'node:path';

/** `files.encoding` of the files in a folder, by what their names end in, where it is not UTF-8. */
export interface FolderEncodings {
  readonly folder: string;
  readonly byEnding: Readonly<Record<string, string>>;
}

/** What is set for a file; of folders in each other the innermost counts. */
export function encodingOf(file: string, folders: readonly FolderEncodings[]): string | undefined {
  const around = folders.filter(({ folder }) => file.startsWith(folder + path.sep));
  const [innermost] = around.sort((a, b) => b.folder.length - a.folder.length);
  return innermost?.byEnding[path.extname(file).slice(1).toLowerCase()];
}
