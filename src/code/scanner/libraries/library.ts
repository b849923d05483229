import type { RequestKind } from '../facts/fact';
import type { Nearby } from '../files/fileLanguage';
import type { Evaluator } from '../evaluate/evaluator';
import type { Builtins } from '../languages/builtins';
import type { FieldOf, Located } from '../outline/outline';
import type { Context, Site, Value } from '../evaluate/value';

/** Which files can use a library. */
export interface Usage {
  /** The family of languages whose programs use it. */
  readonly family: string;
  /** What stands in files that use it, beside subjects and `rid` keys: others are not even parsed. */
  readonly sieve?: readonly string[];
  readonly nearby?: Nearby;
}

/** The shapes of a library's API. All of it is consulted with values, never with the looks of a text. */
export interface Library extends Builtins, Usage {
  /** The modules that are the library itself, whose code is not followed even where it is in the workspace. */
  readonly modules?: RegExp;
  /** Whether a handler in a file says that the file starts a service: the library has no notion of one. */
  readonly impliesService?: boolean;
  /** Whether it carries messages of all kinds: a subject that looks like one of the protocol may be another one. */
  readonly isPlain?: boolean;
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
  /** Whether there are other words of the protocol where the name stands, or where it is used. */
  isBesideWords(name: Value, naming: Naming): boolean;
  /** A message of no protocol that is known is sent or received. */
  plainMessage(): void;
}
