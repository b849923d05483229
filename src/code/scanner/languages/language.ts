import type { OutlineBuilder } from '../outline/outlineBuilder';
import type { SyntaxNode } from '../outline/syntax';
import type { Library } from '../libraries/library';
import type { Builtins } from './builtins';

/** What the scanner must know of a programming language by itself. */
export interface Language {
  /** Its name in the facts. */
  readonly name: string;
  /** File names that end so are of this language; each starts with a dot and is in lower case. */
  readonly extensions: readonly string[];
  /** The grammar's name: `go` for `tree-sitter-go.wasm`. */
  readonly grammar: string;
  /** Languages of one family import each other's files. */
  readonly family: string;
  /** Reads one of the root's children into an outline of its own; it must not look at the other ones. */
  readonly translate: (node: SyntaxNode, builder: OutlineBuilder) => void;
  /** Whether a top-level part goes on after the node, as a function's signature does that stands beside its body. */
  readonly goesOn?: (node: SyntaxNode) => boolean;
  /** Code of other languages in a file that holds no code of its own, such as a page's scripts. */
  readonly embedded?: (root: SyntaxNode) => readonly Embedded[];
  /** What the language itself and its standard library do with texts. */
  readonly builtins: Builtins;
  /** Finds the files of an import; undefined when it is none of the workspace's. */
  readonly resolve: (from: string, file: string, disk: Disk) => readonly string[] | undefined;
  /** The name of a module inside of another one, where an import of a member can mean that. */
  readonly submodule?: (from: string, member: string) => string;
  /** The files of its folder whose top-level names a file sees without an import; none where this is left out. */
  readonly sees?: (file: string) => Sees;
  /** In a larger folder files don't see each other's names after all. */
  readonly maxSiblings?: number;
  /** Whether all files that are known see each other's names: there are namespaces, but they say nothing of files. */
  readonly isOneUnit?: boolean;
}

/** What RES is in a language: the libraries through which its programs speak it, and which files can do so. */
export interface Speech {
  /** The libraries through which its programs speak RES. */
  readonly libraries: readonly Library[];
  /** A file that contains none of these (bytes) cannot speak RES; it is not even parsed. */
  readonly sieve: readonly string[];
  /**
   * Near a file that imports one of the modules (in its package, or only in its folder), files that contain one of these
   * are looked at too.
   */
  readonly nearby?: { readonly modules: RegExp; readonly isFlat: boolean; readonly sieve: readonly string[] };
}

/** All that the scanner must know of a language. */
export interface LanguageDefinition extends Language, Speech {}

/** Whether a file with the name (without its folder) is seen. The same function for all files that see the same. */
export type Sees = (name: string) => boolean;

/** A piece of a file that is code of another language. */
export interface Embedded {
  readonly node: SyntaxNode;
  readonly language: Language;
}

/** The part of the file system that finding imports needs; answers are remembered until something changes. */
export interface Disk {
  isFile(path: string): boolean;
  /** The names of the files in a folder; none when it can't be read. */
  filesIn(folder: string): readonly string[];
  /** A small file's text. */
  text(path: string): string | undefined;
}
