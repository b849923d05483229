import type { RequestKind } from '../facts/fact';
import type { Evaluator } from '../evaluate/evaluator';
import type { FieldOf, Located } from '../outline/outline';
import type { OutlineBuilder } from '../outline/outlineBuilder';
import type { SyntaxNode } from '../outline/syntax';
import type { Context, Site, Value } from '../evaluate/value';

/** What the scanner must know of a programming language. */
export interface LanguageDefinition {
  /** Its name in the facts. */
  readonly name: string;
  /** File names that end so are of this language; each starts with a dot and is in lower case. */
  readonly extensions: readonly string[];
  /** The grammar's name: `go` for `tree-sitter-go.wasm`. */
  readonly grammar: string;
  /** Languages of one family import each other's files. */
  readonly family: string;
  /** A file that contains none of these (bytes) cannot speak RES; it is not even parsed. */
  readonly sieve: readonly string[];
  /**
   * Near a file that imports one of the modules (in its package, or only in its folder), files that contain one of these
   * are looked at too.
   */
  readonly nearby?: { readonly modules: RegExp; readonly isFlat: boolean; readonly sieve: readonly string[] };
  /** Reads one of the root's children into an outline of its own; it must not look at the other ones. */
  readonly translate: (node: SyntaxNode, builder: OutlineBuilder) => void;
  /** Whether a top-level part goes on after the node, as a function's signature does that stands beside its body. */
  readonly goesOn?: (node: SyntaxNode) => boolean;
  /** Code of other languages in a file that holds no code of its own, such as a page's scripts. */
  readonly embedded?: (root: SyntaxNode) => readonly Embedded[];
  /** What the language itself and its standard library do with texts. */
  readonly builtins: Library;
  /** The libraries through which its programs speak RES. */
  readonly libraries: readonly Library[];
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

/** Whether a file with the name (without its folder) is seen. The same function for all files that see the same. */
export type Sees = (name: string) => boolean;

/** A piece of a file that is code of another language. */
export interface Embedded {
  readonly node: SyntaxNode;
  readonly language: LanguageDefinition;
}

/** The part of the file system that finding imports needs; answers are remembered until something changes. */
export interface Disk {
  isFile(path: string): boolean;
  /** The names of the files in a folder; none when it can't be read. */
  filesIn(folder: string): readonly string[];
  /** A small file's text. */
  text(path: string): string | undefined;
}

/** The shapes of a library's API. All of it is consulted with values, never with the looks of a text. */
export interface Library {
  /** Its name in the facts. */
  readonly name: string;
  /** The modules that are the library itself, whose code is not followed even where it is in the workspace. */
  readonly modules?: RegExp;
  /** Whether a handler in a file says that the file starts a service: the library has no notion of one. */
  readonly impliesService?: boolean;
  /** Whether it carries messages of all kinds: a subject that looks like one of the protocol may be another one. */
  readonly isPlain?: boolean;
  /** What a call of `callee` gives. */
  readonly result?: (callee: Value, site: Site, evaluator: Evaluator) => Value | undefined;
  /** What the library passes as parameter number `param` to a function that is argument number `arg` of a call. */
  readonly callback?: (
    callee: Value,
    site: Site,
    arg: number,
    param: number,
    evaluator: Evaluator,
  ) => Value | undefined;
  /** By the last name of the callee: what a call means. It is run once for each way in which the call can come about. */
  readonly calls?: Readonly<Record<string, CallShape>>;
  /** By the kind of mention: what a value at such a place means. */
  readonly mentions?: Readonly<Record<string, MentionShape>>;
}

/** Reports the facts of one call, if the callee is what the shape is about. */
export interface CallShape {
  (callee: Value, site: Site, evaluator: Evaluator, report: Report): void;
  /** The number of the argument that is a subject, where the call means nothing unless that is one of the protocol. */
  readonly subject?: number;
}

/** Reports the facts of a value at a place that means something by itself; what the value is, is for it to find out. */
export type MentionShape = (at: Naming, evaluator: Evaluator, report: Report) => void;

/** The expression that names a resource: its place, and its value. */
export interface Naming extends Located {
  readonly in: Context;
  /** For a mention of a record's field: which one it is. */
  readonly of?: FieldOf;
}

/** Takes facts from an API shape. `names` are values: a hole in them becomes `*`, an unknown start `?`. */
export interface Report {
  /**
   * Whether the start of a text comes from the callers of the function, which are then told apart: the shape is run
   * again for each of them, and need not go on this time.
   */
  mustFollow(text: Value): boolean;
  /** A service is started under the name. */
  service(name: Value, naming: Naming, owned?: { resources?: Value; access?: Value }): void;
  /** Resources of the name or pattern are served. */
  handler(name: Value, naming: Naming, serves?: readonly RequestKind[]): void;
  /** Resources of the ID, name or pattern are used. */
  reference(name: Value, naming: Naming): void;
  /** A message of no protocol that is known is sent or received. */
  plainMessage(): void;
}
