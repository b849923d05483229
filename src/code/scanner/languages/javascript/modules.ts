import type { Entry, Expr } from '../../outline/outline';
import { unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field, spanOf } from '../../outline/walk';
import { jsString } from './literals';
import type { Walker } from '../walker';

export function readImport(walk: Walker, node: SyntaxNode): Expr {
  const required = children(node).find(({ type }) => type === 'import_require_clause');
  if (required) return readRequired(walk, required);
  const from = jsString(field(node, 'source')?.text ?? '""');
  for (const clause of children(children(node).find(({ type }) => type === 'import_clause'))) {
    if (clause.type === 'identifier') walk.to.import(clause.text, from, 'default');
    else if (clause.type === 'namespace_import') walk.to.import(children(clause)[0]?.text ?? '', from);
    else {
      for (const specifier of children(clause)) {
        const name = field(specifier, 'name')?.text ?? '';
        walk.to.import(field(specifier, 'alias')?.text ?? name, from, name);
      }
    }
  }
  return unknown;
}

/** `import nats = require('nats');` is a call of `require`. */
function readRequired(walk: Walker, node: SyntaxNode): Expr {
  const source = field(node, 'source') ?? node;
  const args = [{ value: walk.visit(source), at: spanOf(source) }];
  const value = walk.to.call({ kind: 'name', name: 'require', scope: 0 }, args, node);
  walk.to.declare(children(node)[0]?.text ?? '', value);
  return unknown;
}

/** `import Books = Names.Books;` */
export function readImportAlias(walk: Walker, node: SyntaxNode): Expr {
  const [name, of] = children(node);
  walk.to.declare(name?.text ?? '', walk.visit(of));
  return unknown;
}

export function readExport(walk: Walker, node: SyntaxNode): Expr {
  const { exports, scopes } = walk.to.outline;
  const source = field(node, 'source');
  const value = field(node, 'value');
  const declaration = field(node, 'declaration');
  const isDefault = node.children.some((child) => child?.type === 'default');
  if (node.child(1)?.type === '=') exports['='] = walk.visit(children(node)[0]);
  else if (value) exports.default = walk.visit(value);
  else if (declaration) {
    const before = new Set(Object.keys(scopes[0]?.names ?? {}));
    const declared = walk.visit(declaration);
    if (isDefault) exports.default = declared;
    else {
      for (const name of Object.keys(scopes[0]?.names ?? {})) {
        if (!before.has(name)) exports[name] = { kind: 'name', name, scope: 0 };
      }
    }
  } else readExportClause(walk, node, source && jsString(source.text));
  return unknown;
}

/** `export { a, b as c }`, `export { a } from './x'`, `export * from './x'` */
function readExportClause(walk: Walker, node: SyntaxNode, from: string | undefined): void {
  const { exports } = walk.to.outline;
  const clause = children(node).find(({ type }) => type === 'export_clause');
  for (const specifier of children(clause)) {
    const name = field(specifier, 'name')?.text ?? '';
    const alias = field(specifier, 'alias')?.text ?? name;
    if (from !== undefined) walk.to.import(`(export ${alias})`, from, name);
    exports[alias] = { kind: 'name', name: from === undefined ? name : `(export ${alias})`, scope: 0 };
  }
  if (!clause && from !== undefined) {
    const key = `* ${from}`;
    walk.to.import(key, from);
    exports[key] = { kind: 'name', name: key, scope: 0 };
  }
}

/** `namespace Names { export const book = … }`: a map of what it declares; of types there is nothing to know. */
export function readNamespace(walk: Walker, node: SyntaxNode): Expr {
  const name = field(node, 'name')?.text ?? '';
  const body = field(node, 'body');
  const entries: Entry[] = [];
  walk.to.block(() => {
    for (const child of children(body)) walk.visit(field(child, 'declaration') ?? child);
    const { names } = walk.to.outline.scopes[walk.to.scope] ?? { names: {} };
    for (const each of Object.keys(names)) entries.push(walk.to.entry(each, node, walk.to.name(each), node));
  });
  if (entries.length > 0) walk.to.declare(name, { kind: 'record', entries });
  return unknown;
}
