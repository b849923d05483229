import path from 'node:path';
import type { Disk, Sees } from '../../files/fileLanguage';
import { fromVsCode } from '../grammars';
import type { Language } from '../language';
import { phpBuiltins } from './builtins';
import { translatePhp } from './translate';

const endsWithPhp: Sees = (name) => name.endsWith('.php');

/** PHP. */
export const php: Language = {
  name: 'php',
  extensions: { '.php': 'php' },
  grammar: fromVsCode(
    'php',
    '2017 Josh Vera, GitHub; 2019 Max Brunsfeld, Amaan Qureshi, Christian Frøystad, Caleb White',
  ),
  family: 'php',
  quotes: ["'", '"'],
  ridKeys: ["'rid'", '"rid"'],
  translate: translatePhp,
  builtins: phpBuiltins,
  sees: () => endsWithPhp,
  // In a larger folder names are not looked for without a hint.
  maxSiblings: 50,
  resolve,
};

/** `./names.php`, or a class that Composer loads by its name. */
function resolve(from: string, file: string, disk: Disk): readonly string[] | undefined {
  const folder = path.dirname(file);
  if (from.endsWith('.php')) {
    const target = path.resolve(folder, from);
    return disk.isFile(target) ? [target] : [];
  }
  for (let at = folder; ; at = path.dirname(at)) {
    const text = disk.text(path.join(at, 'composer.json'));
    const found = text === undefined ? undefined : loaded(from, at, text, disk);
    if (found !== undefined) return [found];
    if (text !== undefined || path.dirname(at) === at) return undefined;
  }
}

/** The file that the autoload rules of PSR-4 give for a class. */
function loaded(name: string, folder: string, composer: string, disk: Disk): string | undefined {
  for (const [prefix, places] of rulesOf(composer)) {
    if (!`${name}\\`.startsWith(prefix)) continue;
    for (const place of [places].flat()) {
      const target = path.join(folder, String(place), ...name.slice(prefix.length).split('\\'));
      if (disk.isFile(`${target}.php`)) return `${target}.php`;
    }
  }
  return undefined;
}

function rulesOf(composer: string): [string, unknown][] {
  try {
    const parsed = JSON.parse(composer) as Partial<Record<string, { 'psr-4'?: object }>> | null;
    return [parsed?.autoload, parsed?.['autoload-dev']].flatMap((section) =>
      Object.entries(section?.['psr-4'] ?? {}),
    );
  } catch {
    return [];
  }
}
