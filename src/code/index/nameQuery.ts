import { checkPattern, hasWildcard } from '../../res/pattern';
import { charactersOf, codesOf, joined, type NameChunk } from './sortedNames';

/** How well a name fits what was typed; the smallest fits best. */
export const ranks = {
  /** It is what was typed. */
  exact: 0,
  /** It begins with it. */
  start: 1,
  /** One of its parts, and what follows, begins with it. */
  part: 2,
  /** Its parts begin with pieces of it: `ord k42` and `okind42` for `orders.kind42`. */
  initials: 3,
  /** It holds it somewhere. */
  middle: 4,
  /** What was typed is a pattern that covers it. */
  covered: 5,
  /** It holds its characters in this order, close together or far apart. */
  near: 6,
  far: 7,
} as const;

/** One pass of a search; better matches are found by an earlier pass. */
export interface Stage {
  /** A name fits where its line, which begins with a line break, holds this in lower case. */
  readonly needle?: string;
  /** Where no line of a text in lower case matches it, no name in it fits. */
  readonly hint?: RegExp;
  /** Whether a longer text of the same beginning can only be found among the names that this stage and earlier ones found. */
  readonly isKept?: boolean;
  /** A name with a better rank comes before all names that later stages find. */
  readonly worstRank: number;
  /** How well a name fits; none where it does not in this stage. */
  readonly rank: (name: string, lower: string) => number | undefined;
  /** The same by how far apart the typed characters are in the name, where only that counts. */
  readonly rankSpan?: (span: number) => number;
}

/** What a person typed to find names. Spaces part words that are to be found in this order. */
export class NameQuery {
  readonly typed: string;
  /** One after the other they find all that `rank` does, the better ones first. */
  readonly stages: readonly Stage[];
  readonly #lower: string;
  readonly #atPart: string;
  /** Without spaces: what a name must hold, in this order. */
  readonly #letters: string;
  readonly #codes: Uint8Array;
  readonly #words: RegExp;
  readonly #covered: RegExp | undefined;
  /** The characters that a name must hold; see `charactersOf`. */
  readonly characters: number;
  /** Those of them between which nothing decides there. */
  readonly otherCharacters: readonly string[];

  constructor(typed: string) {
    this.typed = typed;
    this.#lower = typed.toLowerCase();
    this.#atPart = `.${this.#lower}`;
    this.#letters = this.#lower.replaceAll(' ', '');
    this.#codes = codesOf(this.#letters);
    this.#words = hintOfWords(this.#lower.trimStart());
    const isWild = checkPattern(typed) === undefined && hasWildcard(typed);
    this.#covered = isWild ? coveredBy(typed) : undefined;
    this.characters = charactersOf(this.#letters);
    this.otherCharacters = isWild ? [] : [...new Set(this.#letters.replace(/[a-z\d.]/g, ''))];
    this.stages = this.#makeStages();
  }

  /** Whether all that this finds was found by an earlier text already. */
  goesOnFrom(earlier: NameQuery): boolean {
    return this.canGoOn && earlier.canGoOn && this.#letters.startsWith(earlier.#letters);
  }

  /** A wildcard finds what the text before it does not. */
  get canGoOn(): boolean {
    return !this.#covered;
  }

  /** Which of some names fit, however well: their places. */
  findIn(chunk: NameChunk): number[] {
    const found: number[] = [];
    for (let index = 0; index < chunk.names.length; index++) {
      if (this.spanIn(chunk, index) < 0) continue;
      if (!this.#covered || this.#covered.test(chunk.names[index] ?? '')) found.push(index);
    }
    return found;
  }

  /** How far what was typed lies apart in a name; below 0 where it is not there, and the name does not fit. */
  spanIn(chunk: NameChunk, index: number): number {
    if (((chunk.characters[index] ?? 0) & this.characters) !== this.characters) return -1;
    if (this.#covered) return 0;
    const { codes, starts } = joined(chunk);
    return spanOf(codes, (starts[index] ?? 0) + 1, starts[index + 1] ?? 0, this.#codes);
  }

  /** How well a name fits, as one of `ranks`; none where it does not. `lower` is the name in lower case. */
  rank(name: string, lower: string): number | undefined {
    if (name === this.typed) return ranks.exact;
    const line = `\n${lower}`;
    for (const { needle, rank } of this.stages) {
      const fits = needle === undefined || line.includes(needle) ? rank(name, lower) : undefined;
      if (fits !== undefined) return fits;
    }
    return undefined;
  }

  #makeStages(): Stage[] {
    const stage = (rank: number, rest: Partial<Stage>): Stage => ({
      worstRank: Infinity,
      rank: () => rank,
      ...rest,
    });
    const isWhole = this.#letters === this.#lower;
    const initials = stage(ranks.initials, {
      hint: this.#words,
      isKept: true,
      rank: (_, lower) => (this.#beginsWords(lower) ? ranks.initials : undefined),
    });
    return [
      ...(isWhole
        ? [stage(ranks.start, { needle: `\n${this.#lower}` }), stage(ranks.part, { needle: this.#atPart })]
        : []),
      ...(this.#covered ? [] : [initials]),
      ...(isWhole ? [stage(ranks.middle, { needle: this.#lower })] : []),
      this.#covered ? this.#coveredStage(this.#covered) : this.#farStage(),
    ];
  }

  #coveredStage(covered: RegExp): Stage {
    return {
      worstRank: Infinity,
      hint: new RegExp(covered.source.toLowerCase(), 'm'),
      rank: (name) => (covered.test(name) ? ranks.covered : undefined),
    };
  }

  #farStage(): Stage {
    const rankSpan = (span: number): number => (span <= 2 * this.#letters.length ? ranks.near : ranks.far);
    return {
      worstRank: ranks.far,
      rank: (_, lower) => {
        const span = spanOf(codesOf(lower), 0, lower.length, this.#codes);
        return span < 0 ? undefined : rankSpan(span);
      },
      rankSpan,
    };
  }

  #beginsWords(lower: string): boolean {
    return this.#words.test(lower) && beginsWords(lower, this.#lower);
  }
}

const dot = 46;
const space = 32;

/** How far letters lie apart from first to last, within some codes; -1 where they are not there in this order. */
function spanOf(codes: Uint8Array, from: number, to: number, letters: Uint8Array): number {
  let first = from;
  let sought = 0;
  for (let at = from; at < to && sought < letters.length; at++) {
    if (codes[at] !== letters[sought]) continue;
    if (sought === 0) first = at;
    if (++sought === letters.length) return at - first + 1;
  }
  return letters.length === 0 ? 0 : -1;
}

/**
 * Whether pieces of what was typed begin words of the name, in order; a word begins behind a dot, a dash or a low line,
 * and where digits follow letters or letters digits. A dot typed is the next dot; a space begins another word.
 */
function beginsWords(name: string, typed: string): boolean {
  // The places in the name at which all up to here was found, each once; mostly there are one or two.
  let reached = [0];
  let mustBegin = true;
  for (let index = 0; index < typed.length; index++) {
    const code = typed.charCodeAt(index);
    if (code === space) {
      mustBegin = true;
      continue;
    }
    const next: number[] = [];
    let first = name.length;
    for (const from of reached) {
      if (!mustBegin && name.charCodeAt(from) === code) next.push(from + 1);
      first = Math.min(first, from);
    }
    const character = typed.charAt(index);
    for (let at = name.indexOf(character, first); at >= 0; at = name.indexOf(character, at + 1))
      if ((code === dot || beginsWord(name, at)) && !next.includes(at + 1)) next.push(at + 1);
    if (next.length === 0) return false;
    reached = next;
    mustBegin = false;
  }
  return true;
}

function beginsWord(name: string, at: number): boolean {
  if (at === 0) return true;
  const [before, kind] = [kindOf(name.charCodeAt(at - 1)), kindOf(name.charCodeAt(at))];
  return kind !== other && before !== kind;
}

const [letter, digit, other] = [0, 1, 2];

function kindOf(code: number): number {
  if (code >= 97 && code <= 122) return letter;
  return code >= 48 && code <= 57 ? digit : other;
}

/** So many gaps a hint has at most: each more makes it slower, and these rule out most. */
const maxGaps = 4;

/** A line that may hold words which pieces of what was typed begin; see `beginsWords`, which says for sure. */
function hintOfWords(typed: string): RegExp {
  const rest = (from: number, gaps: number): string => {
    const at = from + typed.slice(from).search(/[^ ]|$/);
    const kind = kindOf(typed.charCodeAt(at));
    if (at === typed.length || kind === other || gaps >= maxGaps) return '';
    const next = `${typed.charAt(at)}${rest(at + 1, gaps + 1)}`;
    const begun = `(?<!${kind === letter ? '[a-z]' : '\\d'})${next}`;
    if (at === 0) return begun;
    const isSure = at > from || kindOf(typed.charCodeAt(at - 1)) !== kind;
    return isSure ? `[^\\n]*${begun}` : `(?:${next}|[^\\n]*${begun})`;
  };
  return new RegExp(rest(0, 0));
}

/** The names and patterns that a valid pattern covers. */
function coveredBy(pattern: string): RegExp {
  const parts = pattern.split('.').map((part) => {
    if (part === '>') return '.+';
    return part === '*' ? '(?!>$)[^.\\n]+' : part.replace(/[$()*+?[\\\]^{|}]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('\\.')}$`);
}
