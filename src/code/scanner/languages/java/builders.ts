import type { Evaluator } from '../../evaluate/evaluator';
import type { Call, Expr } from '../../outline/outline';
import { type Site, type Value, concat, piecesOf, unknownValue } from '../../evaluate/value';
import { positional } from '../texts';

/** `new StringBuilder(a).append(b).toString()`, at once or over several statements. */
export function builderResult(
  of: Value & { kind: 'made' },
  name: string,
  site: Site,
  evaluator: Evaluator,
): Value | undefined {
  if (name === 'append') return { kind: 'made', what: 'builder', site, parent: of };
  if (name !== 'toString') return undefined;
  const parts: Value[] = [];
  let { callee } = site.file.call(site.call);
  for (let part: Value | undefined = of; part?.kind === 'made'; part = part.parent) {
    if (callee.kind !== 'member') return unknownValue;
    if (callee.of.kind === 'name') {
      const kept = part.parent ? undefined : keptIn(callee.of, site, evaluator);
      if (!kept) return unknownValue;
      const [first] = positional(part.site, evaluator);
      parts.unshift(...(first ? [first] : []), ...kept);
      return concat(parts);
    }
    if (callee.of.kind !== 'call') return unknownValue;
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
function keptIn(variable: Expr & { kind: 'name' }, site: Site, evaluator: Evaluator): Value[] | undefined {
  const { file } = site;
  const end = file.call(site.call);
  const parts: Value[] = [];
  let isInQuery = false;
  for (const [call, each] of file.calls()) {
    if (each === end || each.fn !== end.fn || each.at.start > end.at.start) continue;
    if (each.args.some(({ value }) => value.kind === 'name' && value.name === variable.name))
      return undefined;
    const root = rootOf(each, file.outline.calls);
    if (root?.kind !== 'name' || root.name !== variable.name) continue;
    const [first = unknownValue] = positional({ file, call, frame: site.frame }, evaluator);
    isInQuery ||= piecesOf(first).some((piece) => typeof piece === 'string' && piece.includes('?'));
    const isAppend = each.callee.kind === 'member' && each.callee.name === 'append';
    if (!isInQuery && (!isAppend || root.scope !== variable.scope)) return undefined;
    if (isAppend) parts.push(first);
  }
  return parts;
}

/** What a chain of calls starts with. */
function rootOf({ callee }: Call, calls: readonly Call[]): Expr | undefined {
  if (callee.kind !== 'member') return undefined;
  const { of } = callee;
  if (of.kind !== 'call') return of;
  const inner = calls[of.call];
  return inner && rootOf(inner, calls);
}
