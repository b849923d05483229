import { HashSet, RollingHash } from './hashSet';

/** Longer texts are searched for by their pieces, because quotes are often cut off. */
const pieceLength = 16;
/**
 * A shorter text is found only where it stands alone: masking it in other words would make them unreadable, and show what the secret
 * is.
 */
export const shortLength = 8;

/** From where to where something stands in a text, in UTF-16 code units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Finds many texts in another one. A search costs a few steps for each character, however many texts there are; adding a
 * text costs as much as it is long. Texts are kept as hashes of their pieces: two pieces with the same 64 bits would make
 * it find too much, but it never finds too little.
 */
export class PieceIndex {
  readonly #hashes = new HashSet();
  readonly #hash = new RollingHash();
  /** For each length whether a piece has it. */
  readonly #lengths: boolean[] = new Array<boolean>(pieceLength + 1).fill(false);

  #maxLength = 0;

  get isEmpty(): boolean {
    return this.#maxLength === 0;
  }

  add(text: string): void {
    const last = Math.max(0, text.length - pieceLength);
    for (let at = 0; at < last; at += pieceLength) this.#addPiece(text, at);
    this.#addPiece(text, last);
  }

  /** Where the texts stand, from the start to the end; those that touch or overlap are one span. */
  find(text: string): Span[] {
    const spans: { from: number; to: number }[] = [];
    for (let from = 0; from < text.length; from++) {
      const to = this.#endOfLongest(text, from);
      if (to === from) continue;
      const before = spans.at(-1);
      if (before && before.to >= from) before.to = Math.max(before.to, to);
      else spans.push({ from, to });
    }
    return spans;
  }

  #addPiece(text: string, from: number): void {
    const to = Math.min(text.length, from + pieceLength);
    if (from === to) return;
    this.#hash.reset();
    for (let at = from; at < to; at++) this.#hash.add(text.charCodeAt(at));
    this.#hashes.add(this.#hash);
    this.#lengths[to - from] = true;
    this.#maxLength = Math.max(this.#maxLength, to - from);
  }

  /** Where the longest piece that starts there ends; where it starts if there is none. */
  #endOfLongest(text: string, from: number): number {
    let end = from;
    this.#hash.reset();
    const last = Math.min(text.length, from + this.#maxLength);
    for (let to = from + 1; to <= last; to++) {
      this.#hash.add(text.charCodeAt(to - 1));
      const length = to - from;
      if (!this.#lengths[length] || !this.#hashes.has(this.#hash)) continue;
      if (length >= shortLength || standsAlone(text, from, to)) end = to;
    }
    return end;
  }
}

/** Whether no word goes on at either end. */
function standsAlone(text: string, from: number, to: number): boolean {
  return !isInWord(text, from) && !isInWord(text, to);
}

/** Whether the characters before and after a place are both of a word. */
function isInWord(text: string, at: number): boolean {
  // Two units, since a letter can be a surrogate pair.
  const [before, after] = [text.slice(Math.max(0, at - 2), at), text.slice(at, at + 2)];
  return /[\p{L}\p{M}\p{N}]$/u.test(before) && /^[\p{L}\p{M}\p{N}]/u.test(after);
}
