import { languages } from './languages/index';

/** What the names of files that the scanner reads end in, without the dot. */
export const sourceExtensions: readonly string[] = [
  ...new Set(languages.flatMap(({ extensions }) => extensions.map((extension) => extension.slice(1)))),
];
