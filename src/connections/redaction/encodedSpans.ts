import type { Span } from './pieceIndex';

type Find = (text: string) => Iterable<Span>;

/** Runs of what base64 is written with, in either alphabet. A shorter one has not even one byte. */
const runs = /[A-Za-z0-9+/_-]{2,}/g;
/** What is readable in bytes of which each is a character: printable ASCII, what stands between words (NUL in SASL), and UTF-8. */
const readable =
  /(?:[\0\t\n\r -~]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+/g;

/**
 * Where something is found in what a text holds in base64, and what is readable there and starts and ends where a token of the text
 * does: other words, read as base64, are hardly ever readable. `find` gets bytes, each as a character.
 */
export function encodedSpans(text: string, find: Find): Span[] {
  const spans: Span[] = [];
  for (const { 0: run, index: at } of text.matchAll(runs)) {
    const token = new TokenEnds(run);
    // In a path, what is encoded can start after any "/", so at any of the four places of its group.
    for (let skipped = 0; skipped < (token.isOne ? 1 : 4); skipped++)
      for (const { from, to } of spansIn(run, skipped, token, find))
        spans.push({ from: at + from, to: at + to });
  }
  return spans;
}

/** Where tokens can start and end in a run: what separates them in a path can also be part of one. */
class TokenEnds {
  readonly #separators: ReadonlySet<number>;
  readonly #length: number;

  constructor(run: string) {
    this.#separators = new Set(Array.from(run.matchAll(/[+/_-]/g), ({ index }) => index));
    this.#length = run.length;
  }

  /** Whether the run can't be more than one token. */
  get isOne(): boolean {
    return this.#separators.size === 0;
  }

  canStartAt(at: number): boolean {
    return at === 0 || this.#separators.has(at - 1);
  }

  canEndAt(at: number): boolean {
    return at === this.#length || this.#separators.has(at);
  }
}

/** Where it holds one, if the groups of its base64 start with the first that is not skipped. */
function* spansIn(run: string, skipped: number, token: TokenEnds, find: Find): Iterable<Span> {
  const bytes = Buffer.from(run.slice(skipped), 'base64').toString('latin1');
  const startOf = (byte: number): number => skipped + Math.floor((byte * 4) / 3);
  const endOf = (byte: number): number => skipped + Math.ceil((byte * 4) / 3);
  for (const { 0: stretch, index: at } of bytes.matchAll(readable)) {
    let [start, end] = [at, at + stretch.length];
    while (start < end && !(start % 3 === 0 && token.canStartAt(startOf(start)))) start++;
    // Of the last character, some bits may be left over.
    while (start < end && !token.canEndAt(endOf(end)) && !(end % 3 === 0 && token.canEndAt(endOf(end) + 1)))
      end--;
    for (const { from, to } of find(bytes.slice(start, end)))
      yield { from: startOf(start + from), to: endOf(start + to) };
  }
}
