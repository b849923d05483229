import path from 'node:path';
import type { Disk } from '../../files/fileLanguage';
import { fromVsCode } from '../grammars';
import type { Language } from '../language';
import { rustBuiltins } from './builtins';
import { translateRust } from './translate';

/** Rust. */
export const rust: Language = {
  name: 'rust',
  extensions: { '.rs': 'rust' },
  grammar: fromVsCode('rust', '2017 Maxim Sokolov'),
  family: 'rust',
  quotes: ['"'],
  ridKeys: ['"rid"', ' rid:'],
  translate: translateRust,
  builtins: rustBuiltins,
  submodule: (from, member) => `${from}::${member}`,
  resolve,
  outer,
};

/** The module that another one is written out in. */
function outer(from: string): { from: string; member: string } | undefined {
  const end = from.lastIndexOf('::');
  if (end >= 0) return { from: from.slice(0, end), member: from.slice(end + 2) };
  return /^(crate|self|super)$/.test(from) ? undefined : { from: 'self', member: from };
}

function resolve(from: string, file: string, disk: Disk): readonly string[] | undefined {
  const [first = '', ...rest] = from.split('::');
  if (first === 'self') return modulesIn(moduleFolder(file), rest, disk);
  if (first === 'super') {
    const ups = [first, ...rest].findIndex((segment) => segment !== 'super');
    const count = ups < 0 ? rest.length + 1 : ups;
    let folder = moduleFolder(file);
    for (let up = 0; up < count; up++) folder = path.dirname(folder);
    return modulesIn(folder, rest.slice(count - 1), disk);
  }
  // `use names::SERVICE` beside `mod names;`
  const own = modulesIn(moduleFolder(file), [first, ...rest], disk);
  if (own.length > 0) return own;
  const crate = crateOf(path.dirname(file), disk);
  if (!crate) return undefined;
  if (first === 'crate') return modulesIn(path.join(crate.folder, 'src'), rest, disk);
  const other = dependency(first, crate, disk);
  return other === undefined ? undefined : modulesIn(path.join(other, 'src'), rest, disk);
}

/** The folder for the modules that a file declares. */
function moduleFolder(file: string): string {
  const name = path.basename(file, '.rs');
  const folder = path.dirname(file);
  return ['mod', 'lib', 'main'].includes(name) ? folder : path.join(folder, name);
}

function modulesIn(folder: string, segments: readonly string[], disk: Disk): string[] {
  const target = path.join(folder, ...segments);
  const roots = segments.length > 0 ? [] : [path.join(target, 'lib.rs'), path.join(target, 'main.rs')];
  return [`${target}.rs`, path.join(target, 'mod.rs'), ...roots].filter((candidate) =>
    disk.isFile(candidate),
  );
}

interface Crate {
  readonly folder: string;
  readonly manifest: string;
}

/** The nearest folder with a manifest. */
function crateOf(start: string, disk: Disk): Crate | undefined {
  for (let at = start; ; at = path.dirname(at)) {
    const manifest = disk.text(path.join(at, 'Cargo.toml'));
    if (manifest !== undefined) return { folder: at, manifest };
    if (path.dirname(at) === at) return undefined;
  }
}

/** The folder of another crate of the workspace, or of the file's own when it is called by its name. */
function dependency(name: string, { folder, manifest }: Crate, disk: Disk): string | undefined {
  if (/^\s*name\s*=\s*"([\w-]+)"/m.exec(manifest)?.[1]?.replaceAll('-', '_') === name) return folder;
  if (!/^\w+$/.test(name)) return undefined;
  const spelled = name.replaceAll('_', '[-_]');
  const entry = new RegExp(`^\\s*${spelled}\\s*=\\s*\\{[^}]*\\bpath\\s*=\\s*"([^"]+)"`, 'm').exec(
    manifest,
  )?.[1];
  if (entry !== undefined) return path.resolve(folder, entry);
  if (!new RegExp(`^\\s*${spelled}(\\.workspace)?\\s*=`, 'm').test(manifest)) return undefined;
  // The path may be given once for the whole workspace.
  const workspace = crateOf(path.dirname(folder), disk);
  return workspace && dependency(name, workspace, disk);
}
