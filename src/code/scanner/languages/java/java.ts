import path from 'node:path';
import type { Disk, Sees } from '../../files/fileLanguage';
import { fromVsCode } from '../grammars';
import type { Language } from '../language';
import { javaBuiltins } from './builtins';
import { isClass } from './imports';
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
  outer,
};

/** The file of a class: below one of the folders above the file that imports it. */
function resolve(from: string, file: string, disk: Disk): readonly string[] | undefined {
  const below = `${from.replaceAll('.', path.sep)}.java`;
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, below);
    if (disk.isFile(candidate)) return [candidate];
    if (path.dirname(folder) === folder) return undefined;
  }
}

/** The class that another one is nested in: a package has a lower-case name. */
function outer(from: string): { from: string; member: string } | undefined {
  const owner = from.slice(0, Math.max(0, from.lastIndexOf('.')));
  const member = owner.slice(owner.lastIndexOf('.') + 1);
  return isClass(member) ? { from: owner, member } : undefined;
}
