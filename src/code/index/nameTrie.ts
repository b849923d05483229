import { hasWildcard } from '../../res/pattern';

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
    visitCovered(this.#root, pattern, (entry) => found.push(entry) < limit);
    return found;
  }

  countCoveredBy(pattern: string): number {
    return countCovered(this.#root, pattern.split('.'));
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

/** How many names below a node a pattern covers. */
function countCovered(root: Node, parts: readonly string[]): number {
  // Level by level and no recursion: a name has as many parts as somebody gives it.
  let level = endsEarly(parts) ? [] : [root];
  for (const part of parts) {
    if (part === '>') return sum(level.map((node) => node.names - ownName(node)));
    level = level.flatMap((node) => {
      if (part !== '*') return node.children?.get(part) ?? [];
      return [...(node.children ?? [])].flatMap(([key, child]) => (isWild(key) ? [] : child));
    });
  }
  return sum(level.map(ownName));
}

function ownName({ entry }: Node): number {
  return entry === undefined || hasWildcard(entry) ? 0 : 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Calls `found` for every name that the pattern covers, until it returns false. */
function visitCovered(root: Node, pattern: string, found: (entry: string) => boolean): void {
  const parts = pattern.split('.');
  if (endsEarly(parts)) return;
  // Everything behind a final wildcard is at its depth.
  const below = parts.at(-1) === '>' ? parts.length : Infinity;
  // Lists and no recursion: a name has as many parts as somebody gives it.
  const nodes = [root];
  const depths = [0];
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    const depth = depths.pop() ?? 0;
    const part = parts[depth];
    if (part === undefined && node.entry !== undefined && !found(node.entry)) return;
    if (part === '*' || part === '>' || depth === below) {
      const next = Math.min(depth + 1, parts.length);
      for (const [key, child] of node.children ?? []) {
        if (isWild(key)) continue;
        nodes.push(child);
        depths.push(next);
      }
    } else if (part !== undefined) {
      const child = node.children?.get(part);
      if (!child) continue;
      nodes.push(child);
      depths.push(depth + 1);
    }
  }
}

/** Whether a part follows the one that stands for all the rest: no name fits then. */
function endsEarly(parts: readonly string[]): boolean {
  const rest = parts.indexOf('>');
  return rest >= 0 && rest < parts.length - 1;
}

/** Whether what stands below it are patterns and not names. */
function isWild(part: string): boolean {
  return part === '*' || part === '>';
}
