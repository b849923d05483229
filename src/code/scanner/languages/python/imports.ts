import type { Expr } from '../../outline/outline';
import { unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field, fields } from '../../outline/walk';
import type { Walker } from '../walker';

/** `import a.b`, `import a.b as c` */
export function readImport(walk: Walker, node: SyntaxNode): Expr {
  for (const name of fields(node, 'name')) {
    const alias = field(name, 'alias')?.text;
    const from = (alias === undefined ? name : field(name, 'name'))?.text ?? '';
    // `import a.b` makes `a` known, and `b` in it.
    if (alias === undefined) walk.to.import(from.split('.', 1)[0] ?? from, from.split('.', 1)[0] ?? from);
    else walk.to.import(alias, from);
  }
  return unknown;
}

/** `from a.b import c as d`, `from . import names`, `from .names import *` */
export function readImportFrom(walk: Walker, node: SyntaxNode): Expr {
  const from = field(node, 'module_name')?.text.replaceAll(/\s/g, '') ?? '';
  for (const name of fields(node, 'name')) {
    const alias = field(name, 'alias')?.text;
    const member = (alias === undefined ? name : field(name, 'name'))?.text ?? '';
    walk.to.import(alias ?? member, from, member);
  }
  if (children(node).some(({ type }) => type === 'wildcard_import')) {
    walk.to.outline.opened.push(from);
    walk.to.import(`* ${from}`, from);
  }
  return unknown;
}
