/** A chunk is split above this size: an insertion moves at most so many names. */
export const maxChunk = 512;

/** Names next to each other, with what a search asks of each. */
export interface NameChunk {
  readonly names: string[];
  /** The same in lower case; the same text where that is what it is. */
  readonly lower: string[];
  /** Which characters each holds; see `charactersOf`. */
  readonly characters: number[];
  /** All of them together; made when it is needed. */
  joined?: JoinedNames | undefined;
}

/** All names of a chunk as one text, in which is searched much faster than in each. */
interface JoinedNames {
  /** In lower case, a line break before each. */
  readonly text: string;
  /** The same as numbers, which are read several times faster one by one; 0 for what no name may hold. */
  readonly codes: Uint8Array;
  /** Where the line of each begins, and where the last one ends. */
  readonly starts: Uint32Array;
  /** All characters that any of them holds. */
  readonly characters: number;
}

export function joined(chunk: NameChunk): JoinedNames {
  return (chunk.joined ??= join(chunk));
}

function join({ lower, characters }: NameChunk): JoinedNames {
  const text = ['', ...lower].join('\n');
  const starts = new Uint32Array(lower.length + 1);
  for (const [at, name] of lower.entries()) starts[at + 1] = (starts[at] ?? 0) + 1 + name.length;
  return {
    text,
    codes: codesOf(text),
    starts,
    characters: characters.reduce((all, one) => all | one, 0),
  };
}

/** A text's characters as numbers; names hold only such as fit in. */
export function codesOf(text: string): Uint8Array {
  const codes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    codes[at] = code < 256 ? code : 0;
  }
  return codes;
}

/** Chunks of names that are in order. */
export function chunksOf(names: readonly string[]): NameChunk[] {
  const chunks: NameChunk[] = [];
  for (let from = 0; from < names.length; from += maxChunk) {
    const some = names.slice(from, from + maxChunk);
    const lower = some.map((name) => name.toLowerCase());
    chunks.push({ names: some, lower, characters: lower.map(charactersOf) });
  }
  return chunks;
}

/** How many names there are in some chunks. */
export function size(chunks: readonly NameChunk[]): number {
  return chunks.reduce((sum, { names }) => sum + names.length, 0);
}

/** A set of names in alphabetical order that stays in order as names come and go, each at little cost. */
export class SortedNames {
  readonly #chunks: NameChunk[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** In order; not to be changed. */
  get chunks(): readonly NameChunk[] {
    return this.#chunks;
  }

  *[Symbol.iterator](): IterableIterator<string> {
    for (const { names } of this.#chunks) yield* names;
  }

  has(name: string): boolean {
    const chunk = this.#chunks[this.#chunkOf(name)];
    return chunk?.names[lowerBound(chunk.names, name)] === name;
  }

  add(name: string): void {
    const chunk = this.#chunks[this.#chunkOf(name)] ?? this.#firstChunk();
    const at = lowerBound(chunk.names, name);
    if (chunk.names[at] === name) return;
    const lower = name.toLowerCase();
    chunk.names.splice(at, 0, name);
    chunk.lower.splice(at, 0, lower === name ? name : lower);
    chunk.characters.splice(at, 0, charactersOf(lower));
    chunk.joined = undefined;
    this.#size++;
    if (chunk.names.length > maxChunk) this.#split(chunk);
  }

  delete(name: string): void {
    const index = this.#chunkOf(name);
    const chunk = this.#chunks[index];
    const at = chunk ? lowerBound(chunk.names, name) : -1;
    if (chunk?.names[at] !== name) return;
    for (const column of [chunk.names, chunk.lower, chunk.characters]) column.splice(at, 1);
    chunk.joined = undefined;
    this.#size--;
    if (chunk.names.length === 0) this.#chunks.splice(index, 1);
  }

  clear(): void {
    this.#chunks.length = 0;
    this.#size = 0;
  }

  /** The last chunk that does not begin behind the name; the first where all do. */
  #chunkOf(name: string): number {
    let [from, to] = [0, this.#chunks.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#chunks[middle]?.names[0] ?? '') <= name) from = middle + 1;
      else to = middle;
    }
    return Math.max(0, from - 1);
  }

  #firstChunk(): NameChunk {
    const chunk = { names: [], lower: [], characters: [] };
    this.#chunks.push(chunk);
    return chunk;
  }

  #split(chunk: NameChunk): void {
    const half = chunk.names.length >> 1;
    const behind = {
      names: chunk.names.splice(half),
      lower: chunk.lower.splice(half),
      characters: chunk.characters.splice(half),
    };
    this.#chunks.splice(this.#chunks.indexOf(chunk) + 1, 0, behind);
  }
}

/**
 * Which characters a text in lower case holds, as bits: a bit for each letter, one for two digits, none for others. A text
 * that lacks a bit of what is sought can't hold it.
 */
export function charactersOf(lower: string): number {
  let bits = 0;
  for (let index = 0; index < lower.length; index++) {
    const code = lower.charCodeAt(index);
    if (code >= 97 && code <= 122) bits |= 1 << (code - 97);
    else if (code >= 48 && code <= 57) bits |= 1 << (26 + ((code - 48) >> 1));
  }
  return bits;
}

function lowerBound(names: readonly string[], name: string): number {
  let [from, to] = [0, names.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((names[middle] ?? '') < name) from = middle + 1;
    else to = middle;
  }
  return from;
}
