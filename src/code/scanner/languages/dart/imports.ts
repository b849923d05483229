import type { Expr } from '../../outline/outline';
import { unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { plainString } from './strings';
import { parts, type DartWalker } from './walker';

/** `import 'x.dart' as y show A;`, `export 'x.dart';`, `part 'x.dart';`: without a name, all names are seen here. */
export function readImport(walk: DartWalker, node: SyntaxNode): Expr {
  const from = plainString(node.descendantsOfType('string_literal')[0] ?? undefined);
  if (from === '') return unknown;
  const isPart = node.type.startsWith('part');
  const isExport = /^\s*export\b/.test(node.text);
  if (isExport || isPart) {
    walk.to.import(`* ${from}`, from);
    walk.to.outline.exports[`* ${from}`] = { kind: 'name', name: `* ${from}`, scope: 0 };
  }
  if (isExport) return unknown;
  const [specification] = node.descendantsOfType('import_specification');
  const prefix = parts(specification).find(({ type }) => type === 'identifier');
  if (prefix) walk.to.import(prefix.text, from);
  else walk.to.outline.opened.push(from);
  return unknown;
}
