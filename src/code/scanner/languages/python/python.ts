import path from 'node:path';
import type { Disk } from '../../files/fileLanguage';
import { fromVsCode } from '../grammars';
import type { Language } from '../language';
import { pythonBuiltins } from './builtins';
import { translatePython } from './translate';

/** Python. */
export const python: Language = {
  name: 'python',
  extensions: { '.py': 'python' },
  grammar: fromVsCode('python', '2016 Max Brunsfeld'),
  family: 'python',
  quotes: ["'", '"'],
  ridKeys: ['"rid"', "'rid'", 'rid='],
  translate: translatePython,
  builtins: pythonBuiltins,
  submodule: (from, member) => (from.endsWith('.') ? from + member : `${from}.${member}`),
  resolve,
};

/** How far above a file the folder may be that absolute imports start from. */
const maxLevels = 8;

function resolve(from: string, file: string, disk: Disk): readonly string[] | undefined {
  const [, dots = '', rest = ''] = /^(\.*)(.*)$/.exec(from) ?? [];
  const parts = rest === '' ? [] : rest.split('.');
  let folder = path.dirname(file);
  if (dots !== '') {
    for (let up = 1; up < dots.length; up++) folder = path.dirname(folder);
    const found = moduleIn(folder, parts, disk);
    return found === undefined ? [] : [found];
  }
  if (parts.length === 0) return undefined;
  for (let level = 0; level < maxLevels; level++) {
    const found = moduleIn(folder, parts, disk) ?? moduleIn(path.join(folder, 'src'), parts, disk);
    if (found !== undefined && found !== file) return [found];
    const above = path.dirname(folder);
    if (above === folder) break;
    folder = above;
  }
  return undefined;
}

/** The file of a module, or that of a package. */
function moduleIn(folder: string, parts: readonly string[], disk: Disk): string | undefined {
  const target = path.join(folder, ...parts);
  const candidates = [...(parts.length > 0 ? [`${target}.py`] : []), path.join(target, '__init__.py')];
  return candidates.find((candidate) => disk.isFile(candidate));
}
