/** What is said of the languages to those who read no code: the editor's host, and the build. */
import { languages } from './index';

const extensions = languages.all.flatMap((language) => Object.entries(language.extensions));

/** The editor's name for the language of a file, by what the file's name ends in. */
export const editorLanguages: Readonly<Record<string, string>> = Object.fromEntries(
  extensions.map(([extension, name]) => [extension.slice(1), name]),
);

/** What the names of files that the scanner reads end in, without the dot. */
export const sourceExtensions: readonly string[] = Object.keys(editorLanguages);

/** The grammars that the scanner uses, all under the MIT licence. */
export const grammars = languages.all.map(({ grammar }) => grammar);
