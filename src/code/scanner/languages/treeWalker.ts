import type { Expr } from '../outline/outline';
import { unknown } from '../evaluate/expressions';
import type { OutlineBuilder } from '../outline/outlineBuilder';
import type { SyntaxNode } from '../outline/syntax';
import { children } from '../outline/walk';
import type { Walker } from './walker';

/** Translates nodes of some types. */
export type Reader<W extends Walker = Walker> = (walk: W, node: SyntaxNode) => Expr;

/** By the type of a node: what translates it. */
export type Readers<W extends Walker = Walker> = ReadonlyMap<string, Reader<W>>;

/** Makes the readers of a language out of a table, in which the types of nodes that are read alike are one key. */
export function readersOf<W extends Walker = Walker>(table: Readonly<Record<string, Reader<W>>>): Readers<W> {
  const rows = Object.entries(table);
  return new Map(rows.flatMap(([types, read]) => types.split(' ').map((type) => [type, read] as const)));
}

/** Reads a node, and with it all below it, by the readers of a language that keeps nothing but the outline meanwhile. */
export function readBy(readers: Readers, node: SyntaxNode, builder: OutlineBuilder): void {
  new PlainWalker(builder, readers).visit(node);
}

/** The walk over a syntax tree. A node of a type without a reader is no expression, but its children may be. */
export abstract class TreeWalker implements Walker {
  readonly to: OutlineBuilder;
  protected abstract readonly readers: Readers<this>;

  constructor(builder: OutlineBuilder) {
    this.to = builder;
  }

  visit(node: SyntaxNode | undefined): Expr {
    if (!node) return unknown;
    const read = this.readers.get(node.type);
    return this.to.deeper(() => (read ? read(this, node) : this.visitAll(node)));
  }

  visitAll(node: SyntaxNode | undefined): Expr {
    for (const child of children(node)) this.visit(child);
    return unknown;
  }
}

class PlainWalker extends TreeWalker {
  protected readonly readers: Readers;

  constructor(builder: OutlineBuilder, readers: Readers) {
    super(builder);
    this.readers = readers;
  }
}
