import type { Outline } from '../outline/outline';

/** What is said of a language's files: how they find and see each other. */
export interface FileLanguage {
  /** Its name in the facts. */
  readonly name: string;
  /** Languages of one family import each other's files. */
  readonly family: string;
  /** Finds the files of an import; undefined when it is none of the workspace's. */
  readonly resolve: (from: string, file: string, disk: Disk) => readonly string[] | undefined;
  /** The name of a module inside of another one, where an import of a member can mean that. */
  readonly submodule?: (from: string, member: string) => string;
  /** What an import's path is a member of, where it need not lead to a file: a type or module that stands in another one. */
  readonly outer?: (from: string) => { readonly from: string; readonly member: string } | undefined;
  /** The files of its folder whose top-level names a file sees without an import; none where this is left out. */
  readonly sees?: (file: string) => Sees;
  /** Whether a function or field of the name can be used in the file, and where its other names are seen, but nowhere else. */
  readonly hides?: (name: string, outline: Outline) => boolean;
  /** Whether a package is the files of one folder. */
  readonly isFlat?: boolean;
  /** In a larger folder files don't see each other's names after all. */
  readonly maxSiblings?: number;
  /** Whether all files that are known see each other's names: there are namespaces, but they say nothing of files. */
  readonly isOneUnit?: boolean;
}

/** The same, and where libraries come in. */
export interface SpokenLanguage extends FileLanguage {
  /** The modules of each library through which its programs speak RES: their code is not followed. */
  readonly libraries: readonly { readonly modules?: RegExp }[];
  readonly nearby?: Nearby;
}

/** In the package of a file that imports one of the modules, files that contain one of the words are looked at too. */
export interface Nearby {
  readonly modules: RegExp;
  readonly words: readonly string[];
}

/** Whether a file with the name (without its folder) is seen. The same function for all files that see the same. */
export type Sees = (name: string) => boolean;

/** The part of the file system that finding imports needs; answers are remembered until something changes. */
export interface Disk {
  isFile(path: string): boolean;
  /** The names of the files in a folder; none when it can't be read. */
  filesIn(folder: string): readonly string[];
  /** A small file's text. */
  text(path: string): string | undefined;
}
