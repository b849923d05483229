import { checkPattern, hasWildcard } from '../../res/pattern';
import { charactersOf } from './sortedNames';

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

/** How many different ranks there are. */
export const rankCount = 8;

/** What is looked for in one go; what fits better is looked for in an earlier one. */
export interface Stage {
  /** A name fits where its line, which begins with a line break, holds this in lower case. */
  readonly needle?: string;
  /** Where no line of a text matches it, no name in it fits. */
  readonly hint?: RegExp;
  /** What fits better than this stands before all that is yet to be found. */
  readonly worstRank: number;
  /** How well a name fits; none where it does not in this stage. */
  readonly rank: (name: string, lower: string) => number | undefined;
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
  /** A name in which a word begins as this does; see `beginsWords`. */
  readonly #firstWord: RegExp;
  readonly #covered: RegExp | undefined;
  /** The characters that a name must hold; see `charactersOf`. */
  readonly characters: number;

  constructor(typed: string) {
    this.typed = typed;
    this.#lower = typed.toLowerCase();
    this.#atPart = `.${this.#lower}`;
    this.#letters = this.#lower.replaceAll(' ', '');
    this.#firstWord = wordBeginningWith(this.#letters.charAt(0));
    const isWild = checkPattern(typed) === undefined && hasWildcard(typed);
    this.#covered = isWild ? coveredBy(typed) : undefined;
    this.characters = charactersOf(this.#letters);
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

  /** Whether a name fits, however well. */
  finds(name: string, lower: string): boolean {
    if (this.#letters === this.#lower && lower.includes(this.#lower)) return true;
    if (this.#covered) return this.#covered.test(name);
    return spanOf(lower, this.#letters) !== undefined;
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
      hint: this.#firstWord,
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
      rank: (name) => (covered.test(name) ? ranks.covered : undefined),
    };
  }

  #farStage(): Stage {
    return {
      worstRank: ranks.far,
      rank: (_, lower) => {
        const length = spanOf(lower, this.#letters);
        if (length === undefined) return undefined;
        return length <= 2 * this.#letters.length ? ranks.near : ranks.far;
      },
    };
  }

  #beginsWords(lower: string): boolean {
    return this.#firstWord.test(lower) && beginsWords(lower, this.#lower);
  }
}

const dot = 46;
const space = 32;

/** How far the characters lie apart, from first to last; none where they are not there in this order. */
function spanOf(name: string, letters: string): number | undefined {
  let from = -1;
  let at = -1;
  for (let index = 0; index < letters.length; index++) {
    at = name.indexOf(letters.charAt(index), at + 1);
    if (at < 0) return undefined;
    if (index === 0) from = at;
  }
  return at - from + 1;
}

/**
 * Whether pieces of what was typed begin words of the name, in order; a word begins behind a dot, a dash or a low line,
 * and where digits follow letters or letters digits. A dot typed is the next dot; a space begins another word.
 */
function beginsWords(name: string, typed: string): boolean {
  // A place in the name at which all up to here was found can be reached in many ways; each is looked at once.
  let reached = new Set<number>([0]);
  let mustBegin = true;
  for (let index = 0; index < typed.length; index++) {
    const code = typed.charCodeAt(index);
    if (code === space) {
      mustBegin = true;
      continue;
    }
    const next = new Set<number>();
    for (const from of reached) {
      if (!mustBegin && name.charCodeAt(from) === code) next.add(from + 1);
      for (let at = from; at < name.length; at++) {
        if (name.charCodeAt(at) !== code) continue;
        if (code === dot || beginsWord(name, at)) next.add(at + 1);
      }
    }
    if (next.size === 0) return false;
    reached = next;
    mustBegin = false;
  }
  return true;
}

function beginsWord(name: string, at: number): boolean {
  if (at === 0) return true;
  const [before, kind] = [kindOf(name.charCodeAt(at - 1)), kindOf(name.charCodeAt(at))];
  return kind !== 'other' && before !== kind;
}

function kindOf(code: number): 'letter' | 'digit' | 'other' {
  if (code >= 97 && code <= 122) return 'letter';
  return code >= 48 && code <= 57 ? 'digit' : 'other';
}

/** A name in which a word begins with the character; any name where a word can't. */
function wordBeginningWith(character: string): RegExp {
  if (/[a-z]/.test(character)) return new RegExp(`(?:^|[^a-z])${character}`);
  return /\d/.test(character) ? new RegExp(`(?:^|\\D)${character}`) : /^/;
}

/** The names and patterns that a valid pattern covers. */
function coveredBy(pattern: string): RegExp {
  const parts = pattern.split('.').map((part) => {
    if (part === '>') return '.+';
    return part === '*' ? '(?!>$)[^.]+' : part.replace(/[$()*+?[\\\]^{|}]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('\\.')}$`);
}
