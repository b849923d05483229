import { checkName } from '../../res/pattern';
import { parseRequestSubject } from '../../res/requestSubject';
import { Emitter } from '../../util/emitter';
import { NameTrie, type NextPart } from './nameTrie';

/** Longer names than this are nobody's. */
const longest = 300;

/** The resource names that were seen in the subjects on the bus: bounded in number, the longest unseen forgotten first. */
export class LiveNames {
  readonly #limit: number;
  /** When each was last seen, in milliseconds since 1970; the longest unseen first. */
  readonly #seen = new Map<string, number>();
  readonly #trie = new NameTrie();
  readonly #added = new Emitter<undefined>();

  /** Fires when a name was seen for the first time, or all were forgotten. */
  readonly onDidChange = this.#added.event;

  constructor(limit = 10_000) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#seen.size;
  }

  /** Takes the name from the subject of a request or an event; other subjects are passed over. */
  seeSubject(subject: string, now: number): void {
    const name = nameIn(subject);
    if (name === undefined || name.length > longest) return;
    const isNew = !this.#seen.delete(name);
    if (isNew && checkName(name)) return;
    this.#seen.set(name, now);
    if (!isNew) return;
    this.#trie.add(name);
    if (this.#seen.size > this.#limit) this.#forgetOldest();
    this.#added.fire(undefined);
  }

  /** When the name was last seen. */
  seenAt(name: string): number | undefined {
    return this.#seen.get(name);
  }

  names(): IterableIterator<string> {
    return this.#seen.keys();
  }

  /** The names that the pattern matches. */
  matching(pattern: string): string[] {
    return this.#trie.coveredBy(pattern);
  }

  /** The parts that can follow; see `NameTrie.nextParts`. */
  nextParts(leading: readonly string[], start?: string, limit?: number): NextPart[] {
    return this.#trie.nextParts(leading, start, limit);
  }

  clear(): void {
    for (const name of this.#seen.keys()) this.#trie.delete(name);
    this.#seen.clear();
    this.#added.fire(undefined);
  }

  #forgetOldest(): void {
    for (const name of this.#seen.keys()) {
      this.#seen.delete(name);
      this.#trie.delete(name);
      return;
    }
  }
}

function nameIn(subject: string): string | undefined {
  if (subject.startsWith('event.')) {
    const end = subject.lastIndexOf('.');
    return end > 6 ? subject.slice(6, end) : undefined;
  }
  return parseRequestSubject(subject)?.name;
}
