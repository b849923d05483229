import path from 'node:path';
import type { Disk, FileLanguage } from './fileLanguage';
import { usesOneOf } from './usedModules';
import type { SourceFile } from './sourceFile';
import type { Dependencies } from '../evaluate/world';

/** Files in which something may be said after all: those below `folder` that contain `stem` and one of `words`. */
export interface Wanted {
  readonly folder: string;
  readonly family: string;
  /** Files of the folder itself only. */
  readonly isFlat: boolean;
  readonly stem: Buffer;
  /** What a file must contain one of: such bytes, or calls by such names. */
  readonly words: readonly Buffer[];
  readonly names: readonly string[];
}

/** A file's bytes as UTF-8, in which several things are looked for. */
export class SearchedBytes {
  readonly bytes: Buffer;
  #called: ReadonlySet<string> | undefined;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** The names before every `(`, `<` and `[`, a character for each byte. */
  get called(): ReadonlySet<string> {
    return (this.#called ??= calledNames(this.bytes));
  }
}

/** Files that stand at the root of a package. */
const manifests = new Set([
  'package.json',
  'go.mod',
  'pyproject.toml',
  'pom.xml',
  'build.gradle',
  'composer.json',
  'Cargo.toml',
  'pubspec.yaml',
]);

/** File names that say nothing: such a file is imported by its folder's name. */
const plainNames = new Set(['index', 'mod', 'lib', 'main', '__init__']);

/** More names than this are no names of wrappers. */
const maxNames = 100;

/**
 * What to look for, because of a file, in files that contain none of a sieve's literals: calls of the functions whose
 * callers give names (`called`), and what a language says of files near those that use a library. The keys are the same
 * for the same question.
 */
export function wantedFiles(
  file: SourceFile,
  called: Dependencies['called'],
  disk: Disk,
): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  for (const [of, all] of called) {
    const names = [...all].filter((name) => name.length > 1).sort();
    if (names.length === 0) continue;
    const folder = packageOf(of, disk);
    const calls = { names: names.slice(0, maxNames) };
    wanted.set([folder, of.path, ...names].join(' '), wantedOf(of, folder, stemOf(of), calls));
  }
  const { nearby, family, isFlat } = file.language;
  if (nearby && usesOneOf(file, nearby.modules)) {
    const folder = isFlat ? path.dirname(file.path) : packageOf(file, disk);
    wanted.set(`${family} ${folder}`, wantedOf(file, folder, '', { words: nearby.words }, isFlat));
  }
  return wanted;
}

/** Whether a file says where a package starts: with it, all questions may be other ones. */
export function isManifest(file: string): boolean {
  return manifests.has(path.basename(file));
}

/** Whether the question is about the file, as far as its name tells. */
export function isAbout({ folder, family, isFlat }: Wanted, file: string, language: FileLanguage): boolean {
  if (language.family !== family) return false;
  return isFlat ? path.dirname(file) === folder : file.startsWith(folder + path.sep);
}

/** Whether a file's bytes contain what is looked for. */
export function contains({ stem, words, names }: Wanted, searched: SearchedBytes): boolean {
  const { bytes } = searched;
  if (!bytes.includes(stem)) return false;
  return words.some((word) => bytes.includes(word)) || names.some((name) => searched.called.has(name));
}

function wantedOf(
  { language }: SourceFile,
  folder: string,
  stem: string,
  { words = [], names = [] }: { readonly words?: readonly string[]; readonly names?: readonly string[] },
  isFlat = false,
): Wanted {
  return {
    folder,
    family: language.family,
    isFlat,
    stem: Buffer.from(stem),
    words: words.map((word) => Buffer.from(word)),
    names: names.flatMap((name) => lastWord.exec(Buffer.from(name).toString('latin1')) ?? []),
  };
}

/** What an import of the file contains. */
function stemOf(file: SourceFile): string {
  const { name, dir } = path.parse(file.path);
  // Where files share a package, it is the folder that is imported.
  const isFolder = plainNames.has(name) || (file.outline.unit !== undefined && file.outline.unit !== '');
  return isFolder ? '' : name.length > 2 ? name : path.basename(dir);
}

function packageOf(file: SourceFile, disk: Disk): string {
  for (let folder = path.dirname(file.path); ; folder = path.dirname(folder)) {
    if ([...manifests].some((name) => disk.isFile(path.join(folder, name)))) return folder;
    if (path.dirname(folder) === folder) return path.dirname(file.path);
  }
}

/** The part of a name that stands before the bracket of its call: `close` of `#close`. */
const lastWord = /[\w$\x80-\xff]+$/;

const isBracket = bytesLike(/[(<[]/);
const isInWord = bytesLike(/[\w$\x80-\xff]/);

function calledNames(bytes: Buffer): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at = 1; at < bytes.length; at++) {
    if (!isBracket[bytes[at] ?? 0]) continue;
    let start = at;
    while (start > 0 && isInWord[bytes[start - 1] ?? 0]) start--;
    if (start < at) names.add(bytes.toString('latin1', start, at));
  }
  return names;
}

/** For each byte, whether its character is such a one. */
function bytesLike(character: RegExp): readonly boolean[] {
  return Array.from({ length: 256 }, (_, byte) => character.test(String.fromCharCode(byte)));
}
