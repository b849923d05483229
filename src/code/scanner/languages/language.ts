import type { OutlineBuilder } from '../outline/outlineBuilder';
import type { SyntaxNode } from '../outline/syntax';
import type { FileLanguage } from '../files/fileLanguage';
import type { Library } from '../libraries/library';
import type { Builtins } from './builtins';

/** What the scanner must know of a programming language by itself. */
export interface Language extends FileLanguage {
  /** File names that end so are of this language; each starts with a dot and is in lower case. */
  readonly extensions: readonly string[];
  /** The grammar's name: `go` for `tree-sitter-go.wasm`. */
  readonly grammar: string;
  /** Reads one of the root's children into an outline of its own; it must not look at the other ones. */
  readonly translate: (node: SyntaxNode, builder: OutlineBuilder) => void;
  /** Whether a top-level part goes on after the node, as a function's signature does that stands beside its body. */
  readonly goesOn?: (node: SyntaxNode) => boolean;
  /** Code of other languages in a file that holds no code of its own, such as a page's scripts. */
  readonly embedded?: (root: SyntaxNode) => readonly Embedded[];
  /** What the language itself and its standard library do with texts. */
  readonly builtins: Builtins;
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

/** A piece of a file that is code of another language. */
export interface Embedded {
  readonly node: SyntaxNode;
  readonly language: Language;
}
