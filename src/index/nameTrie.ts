import { hasWildcard } from '../res/pattern';

/** There are very many of them: all fields are there from the start, which takes the least memory. */
class Node {
  children: Map<string, Node> | undefined = undefined;
  /** How many names, and not patterns, end here or below. */
  names = 0;
  /** The whole entry that ends here. */
  entry: string | undefined = undefined;
}

/** A part that can follow, and whether entries go on behind it. */
export interface NextPart {
  readonly part: string;
  readonly goesOn: boolean;
}

/** A set of dotted names and patterns, answering which of the names a pattern covers. */
export class NameTrie {
  readonly #root = new Node();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(name: string): void {
    const path = [this.#root];
    let node = this.#root;
    for (const part of name.split('.')) {
      node.children ??= new Map();
      let child = node.children.get(part);
      if (!child) node.children.set(part, (child = new Node()));
      path.push((node = child));
    }
    if (node.entry !== undefined) return;
    node.entry = name;
    this.#size++;
    if (!hasWildcard(name)) for (const each of path) each.names++;
  }

  delete(name: string): void {
    const parts = name.split('.');
    const path: Node[] = [this.#root];
    for (const part of parts) {
      const child = path.at(-1)?.children?.get(part);
      if (!child) return;
      path.push(child);
    }
    const leaf = path.at(-1);
    if (leaf?.entry === undefined) return;
    leaf.entry = undefined;
    this.#size--;
    if (!hasWildcard(name)) for (const each of path) each.names--;
    for (let depth = parts.length; depth > 0; depth--) {
      const node = path[depth];
      if (!node || node.entry !== undefined || node.children?.size) break;
      const parent = path[depth - 1];
      parent?.children?.delete(parts[depth - 1] ?? '');
      if (parent?.children?.size === 0) parent.children = undefined;
    }
  }

  /** The names that the pattern covers, at most `limit`, in no fixed order. */
  coveredBy(pattern: string, limit = Infinity): string[] {
    const found: string[] = [];
    visit(this.#root, pattern.split('.'), 0, (entry) => found.push(entry) < limit);
    return found;
  }

  countCoveredBy(pattern: string): number {
    return count(this.#root, pattern.split('.'), 0);
  }

  /**
   * The different parts that follow some leading parts, and begin with `start` in whatever case; a `*` among the leading
   * stands for any part. With more than `limit` of them, any so many.
   */
  nextParts(leading: readonly string[], start = '', limit = Infinity): NextPart[] {
    let nodes: readonly Node[] = [this.#root];
    for (const part of leading) {
      nodes = nodes.flatMap((node) => {
        if (part === '*') return [...(node.children?.values() ?? [])];
        return node.children?.get(part) ?? [];
      });
    }
    const next = new Map<string, boolean>();
    for (const { children } of nodes) {
      for (const [part, child] of children ?? []) {
        if (next.size >= limit) break;
        if (start === '' || part.slice(0, start.length).toLowerCase() === start)
          next.set(part, (next.get(part) ?? false) || !!child.children);
      }
    }
    return [...next].map(([part, goesOn]) => ({ part, goesOn }));
  }
}

/** How many of the names at or below a node the rest of a pattern covers. */
function count(node: Node, parts: readonly string[], depth: number): number {
  const part = parts[depth];
  if (part === undefined) return node.entry === undefined ? 0 : 1;
  if (part === '>') return node.names - (node.entry !== undefined && !hasWildcard(node.entry) ? 1 : 0);
  if (part !== '*') {
    const child = node.children?.get(part);
    return child ? count(child, parts, depth + 1) : 0;
  }
  let sum = 0;
  for (const [key, child] of node.children ?? []) if (!isWild(key)) sum += count(child, parts, depth + 1);
  return sum;
}

/** Calls `found` for every covered name until it returns false; returns false if it did. */
function visit(
  node: Node,
  parts: readonly string[],
  depth: number,
  found: (entry: string) => boolean,
): boolean {
  const part = parts[depth];
  if (part === undefined) return node.entry === undefined || found(node.entry);
  if (part === '>') return visitBelow(node, found);
  if (part === '*') {
    for (const [key, child] of node.children ?? []) {
      if (!isWild(key) && !visit(child, parts, depth + 1, found)) return false;
    }
    return true;
  }
  const child = node.children?.get(part);
  return !child || visit(child, parts, depth + 1, found);
}

function visitBelow(node: Node, found: (entry: string) => boolean): boolean {
  for (const [key, child] of node.children ?? []) {
    if (isWild(key)) continue;
    if (child.entry !== undefined && !found(child.entry)) return false;
    if (!visitBelow(child, found)) return false;
  }
  return true;
}

/** Whether what stands below it are patterns and not names. */
function isWild(part: string): boolean {
  return part === '*' || part === '>';
}
