import type { Expr } from '../../outline/outline';
import { unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children } from '../../outline/walk';
import type { Walker } from '../walker';

/** Whether a name is that of a class, and not of a package. */
export function isClass(name: string): boolean {
  return /^[A-Z]/.test(name);
}

/** `import a.b.C;`, `import a.b.*;`, `import a.b.C.*;`, `import static a.b.C.D;`, `import static a.b.C.*;` */
export function readImport(walk: Walker, node: SyntaxNode): Expr {
  const [path, star] = children(node);
  const from = path?.text ?? '';
  const last = from.slice(from.lastIndexOf('.') + 1);
  const isStatic = node.children.some((child) => child?.type === 'static');
  if (!isStatic && !(star && isClass(last))) {
    if (star) walk.to.outline.opened.push(from);
    else walk.to.import(last, from, last);
    return unknown;
  }
  const owner = star ? from : from.slice(0, Math.max(0, from.lastIndexOf('.')));
  const name = owner.slice(owner.lastIndexOf('.') + 1);
  walk.to.import(name, owner, name);
  if (star) walk.to.outline.opened.push(`static ${owner}`);
  else
    walk.to.declare(last, { kind: 'member', of: { kind: 'name', name, scope: 0 }, name: last }, undefined, 0);
  return unknown;
}
