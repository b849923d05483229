import type { Evaluator } from '../evaluate/evaluator';
import type { SourceFile } from '../files/sourceFile';
import { libraryNames, usesOneOf } from '../files/usedModules';
import { piecesOf, type Value } from '../evaluate/value';
import type { MentionShape } from './library';

/**
 * The value of a `rid` key. Others use the name too, for requests, rooms and rows: it counts only where code of the
 * workspace works with NATS or RES, and, in a file that doesn't itself, only if it has a dot after its first part.
 */
export function ridOf(modules: RegExp): MentionShape {
  return (naming, evaluator, report) => {
    const isOwn = usesOneOf(naming.in.file, modules);
    const value = evaluator.evaluate(naming.value, naming.in);
    if (isOwn || (isDotted(value) && isAround(naming.in.file, modules, evaluator)))
      report.reference(value, naming);
  };
}

function isDotted(value: Value): boolean {
  const [first] = piecesOf(value);
  return typeof first === 'string' && first.indexOf('.') > 0;
}

function isAround(near: SourceFile, modules: RegExp, evaluator: Evaluator): boolean {
  for (const name of libraryNames) {
    evaluator.world.lookUp(name);
    evaluator.world.lookForUses(name);
  }
  evaluator.world.leaveOpen();
  return evaluator.project.whole.isGiven(near.language.family, modules, (file) => usesOneOf(file, modules));
}
