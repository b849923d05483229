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

  /** How many different patterns cover the valid pattern or match the name, itself included; it counts up to `max`. */
  countCovering(narrow: string, max = Infinity): number {
    const parts = narrow.split('.');
    let found = 0;
    // A list instead of recursion: a pattern from the bus can have too many parts for the stack.
    const open: [node: Node, at: number][] = [[this.#root, 0]];
    for (let next = open.pop(); next && found < max; next = open.pop()) {
      const [node, at] = next;
      const part = parts[at];
      if (part === undefined) {
        found += Number(node.isEnd);
        continue;
      }
      found += Number(node.children.get('>')?.isEnd ?? false);
      if (part === '>') continue;
      for (const wide of part === '*' ? ['*'] : ['*', part]) {
        const child = node.children.get(wide);
        if (child) open.push([child, at + 1]);
      }
    }
    return Math.min(found, max);
  }
}

function newNode(): Node {
  return { children: new Map(), isEnd: false };
}
