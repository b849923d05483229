import path from 'node:path';
import { extensionsOf } from '../../files/sourceExtensions';
import type { Disk, Sees } from '../../files/fileLanguage';
import type { Language } from '../language';
import { javaBuiltins } from './builtins';
import { translateJava } from './translate';

const endsWithJava: Sees = (name) => name.endsWith('.java');

/** Java. */
export const java: Language = {
  name: 'java',
  extensions: extensionsOf.java,
  grammar: 'java',
  family: 'java',
  translate: translateJava,
  builtins: javaBuiltins,
  isOneUnit: true,
  sees: () => endsWithJava,
  resolve,
};

/** The file of a class: below one of the folders above the file that imports it. */
function resolve(from: string, file: string, disk: Disk): readonly string[] | undefined {
  const relative = `${from.split('.').join(path.sep)}.java`;
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, relative);
    if (disk.isFile(candidate)) return [candidate];
    if (path.dirname(folder) === folder) return undefined;
  }
}
