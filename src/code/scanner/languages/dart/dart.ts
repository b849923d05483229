import path from 'node:path';
import type { Disk } from '../../files/fileLanguage';
import { fromRepomix } from '../grammars';
import type { Language } from '../language';
import { dartBuiltins } from './builtins';
import { goesOn, translateDart } from './translate';

/** Dart. */
export const dart: Language = {
  name: 'dart',
  extensions: { '.dart': 'dart' },
  grammar: fromRepomix('dart', '2020-2023 UserNobody14 and others'),
  family: 'dart',
  quotes: ["'", '"'],
  ridKeys: ["'rid'", '"rid"'],
  translate: translateDart,
  goesOn,
  builtins: dartBuiltins,
  resolve,
};

/** `names.dart`, `package:own/names.dart` */
function resolve(from: string, file: string, disk: Disk): readonly string[] | undefined {
  const [, name, rest] = /^package:(\w+)\/(.+)$/.exec(from) ?? [];
  if (name === undefined || rest === undefined) {
    if (/^\w+:/.test(from)) return undefined;
    const target = path.resolve(path.dirname(file), from);
    return disk.isFile(target) ? [target] : [];
  }
  const folder = packageFolder(name, path.dirname(file), disk);
  const target = folder === undefined ? '' : path.join(folder, 'lib', rest);
  return disk.isFile(target) ? [target] : undefined;
}

/** The folder of a package of the workspace: that of the file, or one that it depends on by its path. */
function packageFolder(name: string, start: string, disk: Disk): string | undefined {
  for (let at = start; ; at = path.dirname(at)) {
    const text = disk.text(path.join(at, 'pubspec.yaml'));
    if (text !== undefined) {
      if (/^name:\s*['"]?(\w+)/m.exec(text)?.[1] === name) return at;
      const dependency = new RegExp(`^\\s+${name}:\\s*\\n\\s+path:\\s*['"]?([^\\s'"]+)`, 'm').exec(text)?.[1];
      return dependency === undefined ? undefined : path.resolve(at, dependency);
    }
    if (path.dirname(at) === at) return undefined;
  }
}
