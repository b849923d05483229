import type { Entry, Expr } from '../../outline/outline';
import { unknown } from '../../evaluate/expressions';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import { fromFile, parts, type RustWalker } from './walker';

/** `use a::b;`, `use a::{self, b as c, d::*};` */
export function readUse(walk: RustWalker, node: SyntaxNode): Expr {
  const isPublic = children(node).some(({ type }) => type === 'visibility_modifier');
  readTree(walk, field(node, 'argument'), '', isPublic);
  return unknown;
}

function readTree(walk: RustWalker, node: SyntaxNode | undefined, prefix: string, isPublic: boolean): void {
  const within = (path: string | undefined): string =>
    path === 'self' && prefix !== '' ? prefix : [prefix, path].filter(Boolean).join('::');
  switch (node?.type) {
    case 'scoped_use_list':
      for (const child of parts(field(node, 'list')))
        readTree(walk, child, within(pathOf(field(node, 'path'))), isPublic);
      break;
    case 'use_list':
      for (const child of parts(node)) readTree(walk, child, prefix, isPublic);
      break;
    case 'use_as_clause':
      add(walk, within(pathOf(field(node, 'path'))), field(node, 'alias')?.text, isPublic);
      break;
    case 'use_wildcard': {
      const from = fromFile(walk, within(pathOf(parts(node)[0])));
      walk.to.outline.opened.push(from);
      if (isPublic) {
        walk.to.import(`* ${from}`, from);
        walk.to.outline.exports[`* ${from}`] = { kind: 'name', name: `* ${from}`, scope: 0 };
      }
      break;
    }
    case 'self':
      add(walk, prefix, undefined, isPublic);
      break;
    case undefined:
      break;
    default:
      add(walk, within(pathOf(node)), undefined, isPublic);
  }
}

function pathOf(node: SyntaxNode | undefined): string | undefined {
  return node?.text.replaceAll(/\s/g, '');
}

function add(walk: RustWalker, written: string, alias: string | undefined, isPublic: boolean): void {
  const path = fromFile(walk, written);
  const { scope } = walk.to;
  const end = path.lastIndexOf('::');
  const last = end < 0 ? path : path.slice(end + 2);
  const name = alias ?? last;
  if (end < 0) walk.to.import(name, path, undefined, scope);
  else walk.to.import(name, path.slice(0, end), last, scope);
  if (isPublic && scope === 0) walk.to.outline.exports[name] = { kind: 'name', name, scope: 0 };
}

/** `mod names;` is a file of that name; one with a body is a map of what it declares. */
export function readModule(walk: RustWalker, node: SyntaxNode): Expr {
  const name = field(node, 'name')?.text ?? '';
  const body = field(node, 'body');
  if (body) {
    walk.to.declare(name, { kind: 'record', entries: readInside(walk, name, body) });
    return unknown;
  }
  walk.to.import(name, fromFile(walk, `self::${name}`));
  walk.to.outline.exports[name] = { kind: 'name', name, scope: 0 };
  return unknown;
}

function readInside(walk: RustWalker, name: string, body: SyntaxNode): Entry[] {
  const outer = walk.module;
  const modules = parts(body).filter((part) => part.type === 'mod_item');
  const inner = modules.map((module) => field(module, 'name')?.text ?? '');
  walk.module = { path: [...outer.path, name], inner: new Set(inner) };
  const entries: Entry[] = [];
  walk.to.block(() => {
    walk.visitAll(body);
    const { names } = walk.to.outline.scopes[walk.to.scope] ?? { names: {} };
    for (const each of Object.keys(names)) entries.push(walk.to.entry(each, body, walk.to.name(each), body));
  });
  walk.module = outer;
  return entries;
}
