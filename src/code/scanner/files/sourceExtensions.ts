/**
 * How the names of each language's files end. They stand apart from the languages themselves: the extension's host has to
 * know the files, and needs none of what understands them.
 */
export const extensionsOf = {
  go: ['.go'],
  csharp: ['.cs'],
  java: ['.java'],
  javascript: ['.js', '.jsx', '.mjs', '.cjs'],
  typescript: ['.ts', '.mts', '.cts'],
  tsx: ['.tsx'],
  vue: ['.vue'],
  html: ['.html', '.htm'],
  python: ['.py'],
  php: ['.php'],
  rust: ['.rs'],
  dart: ['.dart'],
} as const;

/** What the names of files that the scanner reads end in, without the dot. */
export const sourceExtensions: readonly string[] = Object.values(extensionsOf)
  .flat()
  .map((extension) => extension.slice(1));

/** Languages that the editor calls otherwise. */
const otherNames: Readonly<Record<string, string>> = { '.tsx': 'typescriptreact', '.jsx': 'javascriptreact' };

/** The editor's name for the language of a file, by what the file's name ends in. */
export const editorLanguages: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(extensionsOf).flatMap(([language, extensions]) =>
    extensions.map((extension) => [extension.slice(1), otherNames[extension] ?? language]),
  ),
);
