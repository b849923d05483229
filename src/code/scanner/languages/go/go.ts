import path from 'node:path';
import type { Disk, Sees } from '../../files/fileLanguage';
import { fromVsCode } from '../grammars';
import type { Language } from '../language';
import { goBuiltins } from './builtins';
import { translateGo } from './translate';

const isGo: Sees = (name) => name.endsWith('.go');
const isProgram: Sees = (name) => isGo(name) && !name.endsWith('_test.go');

/** Go. */
export const go: Language = {
  name: 'go',
  extensions: { '.go': 'go' },
  grammar: fromVsCode('go', '2014 Max Brunsfeld'),
  family: 'go',
  quotes: ['"'],
  ridKeys: ['"rid"', 'json:"rid'],
  translate: translateGo,
  builtins: goBuiltins,
  isFlat: true,
  hides: (name) => !/^\p{Lu}/u.test(name),
  sees: (file) => (file.endsWith('_test.go') ? isGo : isProgram),
  resolve: (from, file, disk) => {
    const module = moduleOf(path.dirname(file), disk);
    if (!module || (from !== module.name && !from.startsWith(`${module.name}/`))) return undefined;
    const folder = path.join(module.folder, from.slice(module.name.length));
    return disk
      .filesIn(folder)
      .filter(isProgram)
      .map((name) => path.join(folder, name));
  },
};

/** The Go module that a folder belongs to: the nearest go.mod above it. */
function moduleOf(folder: string, disk: Disk): { name: string; folder: string } | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    const name = /^\s*module\s+"?([^\s"]+)/m.exec(disk.text(path.join(at, 'go.mod')) ?? '')?.[1];
    if (name !== undefined) return { name, folder: at };
    if (path.dirname(at) === at) return undefined;
  }
}
