/** A part of some patterns, with what can follow it. */
interface Node {
  readonly children: Map<string, Node>;
  isEnd: boolean;
}

/** Many patterns, asked at once which of them cover something: the time it takes hardly grows with their number. */
export class PatternTree {
  readonly #root = newNode();

  /** `patterns` are valid. */
  constructor(patterns: Iterable<string>) {
    for (const pattern of patterns) {
      let node = this.#root;
      for (const part of pattern.split('.')) {
        let child = node.children.get(part);
        if (!child) node.children.set(part, (child = newNode()));
        node = child;
      }
      node.isEnd = true;
    }
  }

  /** How many different patterns cover the valid pattern or match the name, itself included; it counts up to `most`. */
  countCovering(narrow: string, most = Infinity): number {
    return count(this.#root, narrow.split('.'), 0, most);
  }
}

function count(node: Node, parts: readonly string[], at: number, most: number): number {
  const part = parts[at];
  if (part === undefined) return Number(node.isEnd);
  let found = Number(node.children.get('>')?.isEnd ?? false);
  if (part === '>') return found;
  for (const wide of part === '*' ? ['*'] : ['*', part]) {
    const child = node.children.get(wide);
    if (child && found < most) found += count(child, parts, at + 1, most - found);
  }
  return found;
}

function newNode(): Node {
  return { children: new Map(), isEnd: false };
}
