import type { OutlineBuilder } from '../outline/outlineBuilder';
import type { SyntaxNode } from '../outline/syntax';
import type { FileLanguage, SpokenLanguage } from '../files/fileLanguage';
import type { Library } from '../libraries/library';
import type { Builtins } from './builtins';

/** What the scanner must know of a programming language by itself. */
export interface Language extends FileLanguage {
  /** How the names of its files end, in lower case and with the dot, each with the editor's name for the language. */
  readonly extensions: Readonly<Record<string, string>>;
  readonly grammar: Grammar;
  /** What texts start with. */
  readonly quotes: readonly string[];
  /** How code writes the key `rid` of a record. */
  readonly ridKeys: readonly string[];
  /** Reads one of the root's children into an outline of its own; it must not look at the other ones. */
  readonly translate: (node: SyntaxNode, builder: OutlineBuilder) => void;
  /** Whether a top-level part goes on after the node, as a function's signature does that stands beside its body. */
  readonly goesOn?: (node: SyntaxNode) => boolean;
  /** Code of other languages in a file that holds no code of its own, such as a page's scripts. */
  readonly embedded?: (root: SyntaxNode) => readonly Embedded[];
  /** What the language itself and its standard library do with texts. */
  readonly builtins: Builtins;
}

/** A grammar, under the MIT licence. */
export interface Grammar {
  /** `go` for `tree-sitter-go.wasm` */
  readonly name: string;
  /** The package that brings it, with the folder in it. */
  readonly folder: string;
  /** Who holds its copyright. */
  readonly holder: string;
}

/** All that the scanner must know of a language, with what its libraries say. */
export interface LanguageDefinition extends Language, SpokenLanguage {
  /** The libraries through which its programs speak RES. */
  readonly libraries: readonly Library[];
  /** A file that contains none of these (bytes) cannot speak RES; it is not even parsed. */
  readonly sieve: readonly string[];
}

/** A piece of a file that is code of another language. */
export interface Embedded {
  readonly node: SyntaxNode;
  readonly language: Language;
}
