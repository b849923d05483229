import path from 'node:path';
import type { Disk, Sees } from '../../files/fileLanguage';
import { fromVsCode } from '../grammars';
import type { Language } from '../language';
import { javaBuiltins } from './builtins';
import { translateJava } from './translate';

const endsWithJava: Sees = (name) => name.endsWith('.java');

/** Java. */
export const java: Language = {
  name: 'java',
  extensions: { '.java': 'java' },
  grammar: fromVsCode('java', '2017 Ayman Nadeem'),
  family: 'java',
  quotes: ['"'],
  ridKeys: ['"rid"'],
  translate: translateJava,
  builtins: javaBuiltins,
  isOneUnit: true,
  sees: () => endsWithJava,
  resolve,
};

/** The file of a class, or of the one that it is nested in: below one of the folders above the file that imports it. */
function resolve(from: string, file: string, disk: Disk): readonly string[] | undefined {
  const parts = from.split('.');
  // A package has a lower-case name, so what comes before the first class is one.
  const first = parts.findIndex((part) => /^[A-Z]/.test(part));
  const ends = first < 0 ? [parts.length] : [parts.length, first + 1];
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    for (const end of ends) {
      const candidate = path.join(folder, `${parts.slice(0, end).join(path.sep)}.java`);
      if (disk.isFile(candidate)) return [candidate];
    }
    if (path.dirname(folder) === folder) return undefined;
  }
}
