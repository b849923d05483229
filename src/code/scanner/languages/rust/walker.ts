import type { Expr } from '../../outline/outline';
import { unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import type { Walker } from '../walker';

/** The walk over a tree, the type that `Self` stands for where it is, and the module of the file that the code is in. */
export interface RustWalker extends Walker {
  selfType: string | undefined;
  module: Module;
}

/** A module that is written out in a file: its path from there, and the modules that it holds itself. */
export interface Module {
  readonly path: readonly string[];
  readonly inner: ReadonlySet<string>;
}

/** A path as it is written outside of all modules of the file. */
export function fromFile({ module }: RustWalker, path: string): string {
  const [first = '', ...rest] = path.split('::');
  if (module.inner.has(first)) return ['self', ...module.path, first, ...rest].join('::');
  if (module.path.length === 0 || !/^(self|super)$/.test(first)) return path;
  const ups = first === 'self' ? 0 : [first, ...rest].findIndex((part) => part !== 'super');
  const count = ups < 0 ? rest.length + 1 : ups;
  const names = first === 'self' ? rest : rest.slice(count - 1);
  const above = module.path.slice(0, Math.max(0, module.path.length - count));
  const outside = Array<string>(Math.max(0, count - module.path.length)).fill('super');
  return [...(outside.length > 0 ? outside : ['self', ...above]), ...names].join('::');
}

/** The named children of a node without comments of either kind, and without attributes. */
export function parts(node: SyntaxNode | null | undefined): SyntaxNode[] {
  return children(node).filter(({ type }) => !type.endsWith('comment') && type !== 'attribute_item');
}

/** `a::b::c`: a member of a module or type, or something of this crate that needs no `use`. */
export function readPath(walk: RustWalker, node: SyntaxNode): Expr {
  const path = field(node, 'path');
  const name = field(node, 'name')?.text ?? '';
  if (!path) return walk.to.name(name);
  const from = path.text.replaceAll(/\s/g, '');
  if (!/^(crate|self|super)(::|$)/.test(from))
    return {
      kind: 'member',
      of: path.type === 'generic_type' ? readType(walk, path) : walk.visit(path),
      name,
    };
  return nameAt(walk, from, name);
}

/** A name by its path in this crate. */
export function nameAt(walk: RustWalker, written: string, name: string): Expr {
  const from = fromFile(walk, written);
  const key = `${from}::${name}`;
  walk.to.import(key, from, name);
  return walk.to.name(key);
}

/** Types that only hold or share what their argument is. */
const holders =
  /(^|::)(Arc|Rc|Box|Mutex|RwLock|Option|Result|Lazy|LazyLock|OnceCell|OnceLock|Cow|RefCell|Data|State|Extension|Pin)$/;

/** The type that a declaration names; unknown for what has no name. */
export function readType(walk: RustWalker, node: SyntaxNode | undefined): Expr {
  switch (node?.type) {
    case 'type_identifier':
      return typeName(walk, node.text);
    case 'scoped_type_identifier':
      return readPath(walk, node);
    case 'dynamic_type':
    case 'abstract_type':
      return readType(walk, field(node, 'trait'));
    case 'bounded_type':
      return readType(walk, parts(node)[0]);
    case 'reference_type':
    case 'pointer_type':
      return readType(walk, field(node, 'type'));
    case 'generic_type': {
      const name = field(node, 'type');
      if (!holders.test(name?.text ?? '')) return readType(walk, name);
      return readType(
        walk,
        parts(field(node, 'type_arguments')).find(({ type }) => type !== 'lifetime'),
      );
    }
    default:
      return unknown;
  }
}

/** The type of a name, `Self` being the one that is implemented. */
export function typeName(walk: RustWalker, name: string): Expr {
  return walk.to.name(name === 'Self' ? (walk.selfType ?? name) : name);
}

/** What a name stands for that members are taken of: `Self` is the type of the object that the code works on. */
export function ownerNamed(walk: RustWalker, name: string): Expr {
  const type = typeName(walk, name);
  return name === 'Self' && walk.selfType !== undefined ? { kind: 'typed', type, isSelf: true } : type;
}
