import type { CallPlace, SourceFile } from '../files/sourceFile';
import type { KnownAnswers } from '../linking/knownAnswers';
import type { Binding, Expr } from '../outline/outline';
import type { FoundCallers } from '../callers/foundCallers';
import type { Context, Frame, Site, Value } from './value';
import type { World } from './world';

/**
 * Finds out what an expression stands for, following names over functions and files. Where several answers are
 * possible it takes the one that the world prescribes, and tells the world of the others.
 */
export interface Evaluator {
  readonly project: Code;
  readonly world: World;
  /** How many more times the callers of callers may be asked for: each question about callers is asked with one less. */
  readonly reach: number;
  readonly byType: boolean;
  /** What is looked for among exports just now. */
  readonly exporting: Set<string>;

  /** What the expression stands for. */
  evaluate(expr: Expr, context: Context): Value;

  /** Argument number `index` of a call; undefined if there is none. */
  argument(site: Site, index: number): Value | undefined;

  /** What a call calls. */
  callee(site: Site): Value;

  /** What a function gives that the code of others calls with these. */
  apply(fn: Value & { kind: 'function' }, args: readonly Value[]): Value;

  /** A member of a value: a field, a method, an export. */
  member(of: Value, name: string): Value;

  /** What a declared name stands for; `key` says in which scope it is. */
  binding(binding: Binding, key: string, context: Context): Value;

  /** Some object of a type. */
  instanceOf(type: Value, made?: Frame): Value;

  /** An instance of the declared type, where types count more than values. */
  declared(type: Expr | undefined, context: Context): Value | undefined;

  /** Whether a condition is true; undefined where that can't be told. */
  decide(test: Expr, context: Context): boolean | undefined;

  /**
   * Notes that a value is unknown only because its evaluation led back to itself: reached in another way, it may be
   * known, so it is not kept.
   */
  cut(): void;
}

/** All the code that is known, as far as following names needs it: here evaluators, callers and the project meet. */
export interface Code {
  /** How many steps were taken: expressions evaluated, and files looked at for it. */
  steps: number;
  /** What was found out once for all who ask. */
  readonly answers: KnownAnswers;
  /** What calls mean whose code is not looked at. */
  readonly languages: Rules;
  /** What code writes to fields. */
  readonly writes: {
    /** What is written to a field of instances of a class; undefined where it can be anything. */
    to(of: Value & { kind: 'instance' }, field: string, evaluator: Evaluator): readonly Written[] | undefined;
  };
  /** Questions to all files; `key` names the question. */
  readonly whole: {
    isAny(family: string, key: RegExp, isTrue: (file: SourceFile) => boolean): boolean;
    isGiven(family: string, key: RegExp, isTrue: (file: SourceFile) => boolean): boolean;
  };

  get(path: string): SourceFile | undefined;

  /** The files that an import means; undefined if they are not of the workspace. */
  resolve(from: string, file: SourceFile, world: World): readonly SourceFile[] | undefined;

  /** Reads all files whose top-level names the file sees without an import. */
  readAround(file: SourceFile): void;

  /** Whether a function or field of the name can be used only in the file, and in those that `readAround` reads. */
  isHidden(name: string, file: SourceFile): boolean;

  /** The other files that declare a name for the file without an import, the nearest first. */
  declaring(name: string, file: SourceFile): Iterable<SourceFile>;

  /** Those of a module's files that may export the name. */
  exporting(name: string, files: readonly SourceFile[]): readonly SourceFile[];

  /** The files that may import a member of the file under another name. */
  renaming(member: string, file: SourceFile): readonly SourceFile[];

  /** The files in which a name is called or passed, as far as `near` can have to do with them. */
  under(name: string, near: SourceFile): readonly SourceFile[];

  /** The files that write to fields of the name. */
  writing(field: string, near: SourceFile): readonly SourceFile[];

  /** The files in which classes are derived from one of the name. */
  deriving(name: string, near: SourceFile): readonly SourceFile[];

  /** The classes of which an object of a class can be, where others are derived from it. */
  derivedFrom(file: SourceFile, cls: number, world: World): Derived;

  /** Whether code of the program makes objects of a class, and not only of those that are derived from it. */
  isMade(file: SourceFile, cls: number, world: World): boolean;

  /** Every call under the name in files of the language's family. */
  callsOf(name: string, near: SourceFile, world: World): CallPlace[];

  /** The places from which a function is called, as far as they can be told. */
  callersOf(file: SourceFile, fn: number, evaluator: Evaluator): FoundCallers;

  /** A method that is written outside of its class. */
  methodOf(
    file: SourceFile,
    cls: string,
    name: string,
    world: World,
  ): { file: SourceFile; fn: number } | undefined;

  /** Notes that a question that a file gives rise to was not followed to its end, because of a limit. */
  giveUp(file: SourceFile, limit: string): void;
}

/** What is derived from a class. */
export interface Derived {
  /** The classes that there are objects of, itself included; none if no other is derived from it. */
  readonly kinds: readonly (Value & { kind: 'class' })[];
  /** The names of the members that the derived ones have of their own. */
  readonly names: ReadonlySet<string>;
}

/** What languages and libraries themselves do with values. */
export interface Rules {
  /** What a call gives, where it is one of theirs. */
  result(callee: Value, site: Site, evaluator: Evaluator): Value | undefined;

  /** What they pass as parameter number `param` to a function that is argument number `arg` of a call. */
  callback(callee: Value, site: Site, arg: number, param: number, evaluator: Evaluator): Value | undefined;
}

/** A value that is written to a field, and where. */
export interface Written {
  readonly value: Expr;
  readonly in: Context;
  /** Whether it is written in a literal, of which each makes an object of its own. */
  readonly isInitial?: boolean;
  /** The function that writes it, where it can't be told what that was called for. */
  readonly fn?: number;
}
