import type { Evaluator } from '../../evaluate/evaluator';
import type { Call, Expr } from '../../outline/outline';
import { type Site, type Value, concat, piecesOf, unknownValue } from '../../evaluate/value';
import { positional } from '../texts';

/** `new StringBuilder(a).append(b).toString()`, at once or over several statements. */
export function builderResult(
  of: Value & { k: 'made' },
  name: string,
  site: Site,
  evaluator: Evaluator,
): Value | undefined {
  if (name === 'append') return { k: 'made', what: 'builder', site, parent: of };
  if (name !== 'toString') return undefined;
  const parts: Value[] = [];
  let { callee } = site.file.call(site.call);
  for (let part: Value | undefined = of; part?.k === 'made'; part = part.parent) {
    if (callee.k !== 'member') return unknownValue;
    if (callee.of.k === 'name') {
      const kept = part.parent ? undefined : keptIn(callee.of, site, evaluator);
      if (!kept) return unknownValue;
      const [first] = positional(part.site, evaluator);
      parts.unshift(...(first ? [first] : []), ...kept);
      return concat(parts);
    }
    if (callee.of.k !== 'call') return unknownValue;
    const [first] = positional(part.site, evaluator);
    if (first) parts.unshift(first);
    callee = part.site.file.call(part.site.call).callee;
  }
  return concat(parts);
}

/**
 * What a builder in a variable got before a call, one statement after the other; undefined if that can't be told. What is
 * appended under a condition counts for nothing only in a query.
 */
function keptIn(variable: Expr & { k: 'name' }, site: Site, evaluator: Evaluator): Value[] | undefined {
  const { file } = site;
  const end = file.call(site.call);
  const parts: Value[] = [];
  let isInQuery = false;
  for (const [call, each] of file.calls()) {
    if (each === end || each.fn !== end.fn || each.at.start > end.at.start) continue;
    if (each.args.some(({ value }) => value.k === 'name' && value.name === variable.name)) return undefined;
    const root = rootOf(each, file.outline.calls);
    if (root?.k !== 'name' || root.name !== variable.name) continue;
    const [first = unknownValue] = positional({ file, call, frame: site.frame }, evaluator);
    isInQuery ||= piecesOf(first).some((piece) => typeof piece === 'string' && piece.includes('?'));
    const isAppend = each.callee.k === 'member' && each.callee.name === 'append';
    if (!isInQuery && (!isAppend || root.scope !== variable.scope)) return undefined;
    if (isAppend) parts.push(first);
  }
  return parts;
}

/** What a chain of calls starts with. */
function rootOf({ callee }: Call, calls: readonly Call[]): Expr | undefined {
  if (callee.k !== 'member') return undefined;
  const { of } = callee;
  if (of.k !== 'call') return of;
  const inner = calls[of.call];
  return inner && rootOf(inner, calls);
}
