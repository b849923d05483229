/** What can be told of conditions: of two ways that code can go, often only one is right for what it is given. */
import type { Evaluator } from './evaluator';
import type { Expr } from '../outline/outline';
import { type Context, type Value, isSame, objectAt, piecesOf, wholeText } from './value';

/** Whether something is given that is given on conditions, one within the other; undefined where that can't be told, or there are none. */
export function isGiven(value: Expr, decide: (test: Expr) => boolean | undefined): boolean | undefined {
  let is: boolean | undefined;
  for (let each = value; each.kind === 'either' && each.when && each.items.length === 1;) {
    is = decide(each.when);
    const [inner] = each.items;
    if (!is || !inner) return is;
    each = inner;
  }
  return is;
}

/** Whether a condition is true; undefined where that can't be told. */
export function decided(test: Expr, context: Context, evaluator: Evaluator): boolean | undefined {
  switch (test.kind) {
    case 'test': {
      const [first, second] = test.items;
      if (!first) return undefined;
      if (test.what === 'not') return opposite(decided(first, context, evaluator));
      return second && areSame(first, second, context, evaluator);
    }
    case 'either': {
      const [first] = test.items;
      // `a && b`
      if (test.when && first) {
        const isFirst = decided(test.when, context, evaluator);
        return isFirst ? decided(first, context, evaluator) : isFirst;
      }
      const all = test.items.map((each) => decided(each, context, evaluator));
      if (all.includes(true)) return true;
      return all.includes(undefined) ? undefined : false;
    }
    // What a call gives is mostly made while the program runs.
    case 'unknown':
    case 'call':
      return undefined;
    default:
      return isOfAny(test, context) ? undefined : isTrue(evaluator.evaluate(test, context));
  }
}

/** Whether it is a member of an object of which it is not known which it is: then what the member is counts for none. */
function isOfAny(expr: Expr, context: Context): boolean {
  if (expr.kind === 'member' || expr.kind === 'index') return isOfAny(expr.of, context);
  if (expr.kind !== 'self') return false;
  const object = objectAt(context, expr.cls);
  return object?.kind !== 'record' && !(object?.kind === 'instance' && object.made);
}

function opposite(is: boolean | undefined): boolean | undefined {
  return is === undefined ? undefined : !is;
}

/** Whether a value counts as true. */
function isTrue(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'text':
      if (wholeText(value) === '') return false;
      return piecesOf(value).some((piece) => typeof piece === 'string' && piece !== '') ? true : undefined;
    case 'unknown':
      return value.isAbsent === true ? false : undefined;
    case 'function':
    case 'class':
    case 'record':
      return true;
    case 'list':
      return value.items.length > 0 ? true : undefined;
    default:
      return undefined;
  }
}

function areSame(a: Expr, b: Expr, context: Context, evaluator: Evaluator): boolean | undefined {
  if (a.kind === 'call' || b.kind === 'call' || a.kind === 'unknown' || b.kind === 'unknown')
    return undefined;
  if (isOfAny(a, context) || isOfAny(b, context)) return undefined;
  const [first, second] = [a, b].map((each) => evaluator.evaluate(each, context));
  if (!first || !second) return undefined;
  if (a.kind === 'nothing' || b.kind === 'nothing') {
    const other = a.kind === 'nothing' ? second : first;
    if (other.kind === 'unknown') return other.isAbsent === true ? true : undefined;
    return other.kind === 'text' || other.kind === 'function' || other.kind === 'record' ? false : undefined;
  }
  const [one, two] = [wholeText(first), wholeText(second)];
  // What the only caller gives that is known need not be all that is ever given.
  const isEmptiness = (one === '' || two === '') && one !== two && !context.frame;
  if (isEmptiness && (a.kind === 'name' || b.kind === 'name')) return undefined;
  if (one !== undefined && two !== undefined) return one === two;
  const isLeftOut = [first, second].some((each) => each.kind === 'unknown' && each.isAbsent);
  if (isLeftOut && (one ?? two) !== undefined) return (one ?? two) === '';
  // Of two members of one enumeration only the name can be told.
  if (first.kind === 'method' && second.kind === 'method' && isSame(first.of, second.of))
    return first.of.kind === 'class' ? first.name === second.name : undefined;
  return undefined;
}
