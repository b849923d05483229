import path from 'node:path';
import type { Disk } from '../../files/fileLanguage';

const extensions = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.vue'];

/**
 * The file that an import means: relative, through `paths` of the nearest tsconfig.json, or a package of the same
 * workspace. Undefined for other people's packages.
 */
export function resolveImport(from: string, file: string, disk: Disk): readonly string[] | undefined {
  const folder = path.dirname(file);
  if (/^\.{1,2}(\/|$)/.test(from)) return fileAt(path.resolve(folder, from), disk) ?? [];
  return throughPaths(from, folder, disk) ?? throughWorkspace(from, folder, disk);
}

/** With or without its extension, a folder's index, `./x.js` for `./x.ts`. */
function fileAt(target: string, disk: Disk): readonly string[] | undefined {
  const bare = target.replace(/\.[mc]?jsx?$/, '');
  const candidates = [
    target,
    ...extensions.map((extension) => target + extension),
    ...(bare === target ? [] : extensions.map((extension) => bare + extension)),
    ...extensions.map((extension) => path.join(target, `index${extension}`)),
  ];
  const found = candidates.find((candidate) => path.extname(candidate) !== '' && disk.isFile(candidate));
  return found === undefined ? undefined : [found];
}

/** `compilerOptions.paths` and `baseUrl`. */
function throughPaths(from: string, folder: string, disk: Disk): readonly string[] | undefined {
  const config = nearest(folder, ['tsconfig.json', 'jsconfig.json'], disk);
  const options = config && object(object(parse(disk.text(config)))?.compilerOptions);
  if (!options) return undefined;
  const base = path.resolve(path.dirname(config), text(options.baseUrl) ?? '.');
  for (const [pattern, targets] of Object.entries(object(options.paths) ?? {})) {
    const [start = '', end] = pattern.split('*', 2);
    const matches = end === undefined ? from === start : from.startsWith(start) && from.endsWith(end);
    if (!matches || !Array.isArray(targets)) continue;
    const rest = end === undefined ? '' : from.slice(start.length, from.length - end.length);
    for (const target of targets as unknown[]) {
      const found = fileAt(path.resolve(base, (text(target) ?? '').replace('*', rest)), disk);
      if (found) return found;
    }
  }
  return options.baseUrl === undefined ? undefined : fileAt(path.join(base, from), disk);
}

/** A package that the root's package.json lists in `workspaces`, where its folder is called like it. */
function throughWorkspace(from: string, folder: string, disk: Disk): readonly string[] | undefined {
  const [, name, rest = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(from) ?? [];
  if (name === undefined) return undefined;
  for (
    let at = nearest(folder, ['package.json'], disk);
    at;
    at = nearest(above(at), ['package.json'], disk)
  ) {
    const { workspaces } = object(parse(disk.text(at))) ?? {};
    const listed: unknown = Array.isArray(workspaces) ? workspaces : object(workspaces)?.packages;
    for (const glob of Array.isArray(listed) ? (listed as unknown[]) : []) {
      const home = path.join(path.dirname(at), (text(glob) ?? '').replace('*', path.basename(name)));
      const manifest = object(parse(disk.text(path.join(home, 'package.json'))));
      if (manifest?.name === name) return entryOf(home, rest, manifest, disk);
    }
  }
  return undefined;
}

/** The source that a package starts with, or one of its files. */
function entryOf(
  home: string,
  rest: string,
  manifest: Record<string, unknown>,
  disk: Disk,
): readonly string[] {
  const inside = rest === '' ? ['src/index', text(manifest.main) ?? 'index', 'index'] : [rest, `src/${rest}`];
  for (const name of inside) {
    const found = fileAt(path.join(home, name), disk);
    if (found) return found;
  }
  return [];
}

const above = (file: string): string => path.dirname(path.dirname(file));

function nearest(folder: string, names: readonly string[], disk: Disk): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    const found = names.map((name) => path.join(at, name)).find((name) => disk.isFile(name));
    if (found !== undefined) return found;
    if (path.dirname(at) === at) return undefined;
  }
}

/** JSON, with the comments and trailing commas that configuration files may have; undefined if it isn't. */
function parse(json: string | undefined): unknown {
  if (json === undefined) return undefined;
  const plain = json
    .replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*.*?\*\//gs, (_, kept?: string) => kept ?? '')
    .replace(/,(\s*[\]}])/g, '$1');
  try {
    return JSON.parse(plain);
  } catch {
    return undefined;
  }
}

function object(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
