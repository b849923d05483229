import type { Evaluator } from '../evaluate/evaluator';
import type { Site, Value } from '../evaluate/value';

/** What is known of functions whose code is not looked at: those of a language itself, or of a library. */
export interface Builtins {
  /** Its name in the facts. */
  readonly name: string;
  /** What a call of `callee` gives. */
  readonly result?: (callee: Value, site: Site, evaluator: Evaluator) => Value | undefined;
  /** What is passed as parameter number `param` to a function that is argument number `arg` of a call. */
  readonly callback?: (
    callee: Value,
    site: Site,
    arg: number,
    param: number,
    evaluator: Evaluator,
  ) => Value | undefined;
}
