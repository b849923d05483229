import type { FileResult } from '../client/messages';
import type { Fact } from './fact';

/** What the host holds of a file. */
interface Held {
  readonly facts: readonly Fact[];
  /** Where they come from: this scanner, or an earlier one that read the same text; `outdated` if the text is another one now. */
  readonly from: 'scanner' | 'cache' | 'outdated';
}

const nothing: Held = { facts: [], from: 'scanner' };

/** What was reported of each file, which is what the host holds; from it, and from what is found, follows what is to be reported next. */
export class Reported {
  readonly #held = new Map<string, Held>();
  /** Files of which something was found that files which are not known yet may change. */
  readonly #pending = new Set<string>();
  /** Whether files are to come that may change what is found: a scan was begun, and none has come to its end. */
  awaitsMore = false;

  /** What the host holds of each file of which it holds anything. */
  get all(): Iterable<[string, Held]> {
    return this.#held;
  }

  /** What the host holds of a file. */
  factsOf(file: string): readonly Fact[] {
    return this.#held.get(file)?.facts ?? [];
  }

  /** The files of which is to be reported what all that is known says, once no more files are to come. */
  get pending(): Iterable<string> {
    return [...this.#pending];
  }

  /** Reports what an earlier scan found in the text that the file still has, unless the host holds something. */
  reportCached(file: string, facts: readonly Fact[]): FileResult[] {
    if (facts.length === 0 || this.#held.has(file)) return [];
    this.#held.set(file, { facts, from: 'cache' });
    return [{ file, facts }];
  }

  /** The file has another text than the one in which was found what the host holds, or is not there any more. */
  outdate(file: string): void {
    const held = this.#held.get(file);
    if (held) this.#held.set(file, { ...held, from: 'outdated' });
  }

  /** A scan came to its end: from now on what is from the cache counts for nothing. Goes through the files that had such facts. */
  *expire(): Generator<string> {
    for (const [file, { from }] of [...this.#held]) {
      if (from !== 'cache') continue;
      this.outdate(file);
      yield file;
    }
  }

  /** Reports what was found in a file, if that is news; `undefined` stands for what may still change. */
  report(file: string, found: readonly Fact[] | undefined, notes?: readonly string[]): FileResult[] {
    const held = this.#held.get(file) ?? nothing;
    const facts = due(held, found);
    if (found) this.#pending.delete(file);
    else this.#pending.add(file);
    if (facts.length === 0) this.#held.delete(file);
    else if (facts !== held.facts) this.#held.set(file, { facts, from: 'scanner' });
    const isNews = facts !== held.facts && JSON.stringify(facts) !== JSON.stringify(held.facts);
    return isNews || notes ? [{ file, facts, ...(notes && { notes }) }] : [];
  }
}

/**
 * What the host is to hold of a file: what was found, as soon as nothing can change it. Until then it keeps what it holds,
 * if that is of the same text. What is from the cache is of all files, and so counts for more than what a scan on its way found.
 */
function due({ facts, from }: Held, found: readonly Fact[] | undefined): readonly Fact[] {
  if (found && from !== 'cache') return found;
  return from === 'outdated' ? [] : facts;
}
