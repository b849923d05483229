import * as l10n from '../util/l10n';
import { shownText } from '../util/shownText';
import { PatternTree } from './patternTree';

/** Why a text is not a pattern or a resource name. Offsets count UTF-16 code units from 0. */
type PatternProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'tooLong'; readonly length: number }
  | { readonly kind: 'emptyPart'; readonly offset: number }
  | { readonly kind: 'query'; readonly offset: number }
  | { readonly kind: 'invalidCharacter'; readonly offset: number; readonly character: string }
  | { readonly kind: 'wildcardNotAlone'; readonly offset: number; readonly part: string }
  | { readonly kind: 'fullWildcardNotLast'; readonly offset: number }
  | { readonly kind: 'wildcardInName'; readonly offset: number };

/**
 * How many characters a resource name can have: Resgate asks for it by `get.` and the name, with a reply subject of 29, and
 * refuses what is longer than a line of NATS, 4,096. A pattern matches nothing that is shorter than itself.
 */
export const maxNameLength = 4096 - 'get.'.length - 29;

/**
 * Finds the first reason why Resgate would drop a text as the pattern of a `system.reset`, or could have nothing that it
 * matches; none if it is valid.
 * Valid: parts joined by single dots; each of ASCII 33–126 without `?`; `*` only as a whole part; `>` only as the last.
 */
export function checkPattern(text: string): PatternProblem | undefined {
  if (text === '') return { kind: 'empty' };
  if (text.length > maxNameLength) return { kind: 'tooLong', length: text.length };
  const parts = text.split('.');
  let offset = 0;
  for (const [index, part] of parts.entries()) {
    const problem = checkPart(part, offset);
    if (problem) return problem;
    if (part === '>' && index < parts.length - 1) return { kind: 'fullWildcardNotLast', offset };
    offset += part.length + 1;
  }
  return undefined;
}

/** Finds the first reason why a text is not a resource name (a pattern without wildcards). */
export function checkName(text: string): PatternProblem | undefined {
  const problem = checkPattern(text);
  if (problem) return problem;
  const wildcard = text.search(/(?<![^.])[*>](?![^.])/);
  return wildcard < 0 ? undefined : { kind: 'wildcardInName', offset: wildcard };
}

function checkPart(part: string, offset: number): PatternProblem | undefined {
  if (part === '') return { kind: 'emptyPart', offset };
  for (let index = 0; index < part.length; index++) {
    const code = part.charCodeAt(index);
    const at = offset + index;
    if (code === 0x3f) return { kind: 'query', offset: at };
    if (code < 33 || code > 126) {
      return {
        kind: 'invalidCharacter',
        offset: at,
        character: String.fromCodePoint(part.codePointAt(index) ?? code),
      };
    }
  }
  const wildcard = part.search(/[*>]/);
  return wildcard >= 0 && part.length > 1
    ? { kind: 'wildcardNotAlone', offset: offset + wildcard, part }
    : undefined;
}

/** The problem in one sentence that says what to change. */
export function patternProblemText(problem: PatternProblem): l10n.Code {
  switch (problem.kind) {
    case 'empty':
      return l10n.msg('Enter at least one part.');
    case 'tooLong':
      return l10n.msg(
        'Too long: {0} characters, and Resgate can request names of at most {1} over NATS.',
        problem.length,
        maxNameLength,
      );
    case 'emptyPart':
      return l10n.msg(
        'The part at position {0} is empty: separate parts with single dots, without a dot at either end.',
        problem.offset + 1,
      );
    case 'query':
      return l10n.msg('Remove the query (“?…”): a reset refetches every query of the resource.');
    case 'invalidCharacter':
      return l10n.msg(
        '{0} at position {1} is not allowed: use printable ASCII.',
        characterName(problem.character),
        problem.offset + 1,
      );
    case 'wildcardNotAlone':
      return l10n.msg('A wildcard must be a whole part: “*” or “>”, not “{0}”.', shownText(problem.part));
    case 'fullWildcardNotLast':
      return l10n.msg('“>” matches everything that follows, so it must be the last part.');
    case 'wildcardInName':
      return l10n.msg('A resource name can’t contain wildcards.');
  }
}

function characterName(character: string): l10n.Argument {
  if (character === ' ') return l10n.msg('A space');
  const code = character.codePointAt(0) ?? 0;
  const visible = code > 126 && !/\p{C}|\p{Z}/u.test(character);
  return visible
    ? `“${character}”`
    : l10n.msg('The character U+{0}', code.toString(16).toUpperCase().padStart(4, '0'));
}

/** Whether a valid pattern matches a valid resource name. */
export function matches(pattern: string, name: string): boolean {
  // A name is a pattern without wildcards, and then to cover it is to match it.
  return covers(pattern, name);
}

/** Whether every name that `narrow` matches is matched by `wide` too; both are valid patterns. */
export function covers(wide: string, narrow: string): boolean {
  const wideParts = wide.split('.');
  const narrowParts = narrow.split('.');
  for (const [index, part] of wideParts.entries()) {
    const other = narrowParts[index];
    if (other === undefined) return false;
    if (part === '>') return true;
    if (other === '>') return false;
    if (part !== '*' && part !== other) return false;
  }
  return wideParts.length === narrowParts.length;
}

/** Whether some name is matched by both valid patterns. */
export function overlaps(a: string, b: string): boolean {
  const aParts = a.split('.');
  const bParts = b.split('.');
  for (let index = 0; ; index++) {
    const left = aParts[index];
    const right = bParts[index];
    if (left === undefined || right === undefined) return left === right;
    if (left === '>' || right === '>') return true;
    if (left !== '*' && right !== '*' && left !== right) return false;
  }
}

/**
 * The valid patterns without doubles and without those that another one covers; they match the same names. Order is
 * kept. (Resgate asks for access a second time where more than one pattern matches.)
 */
export function minimalCover(patterns: readonly string[]): string[] {
  const distinct = [...new Set(patterns)];
  const tree = new PatternTree(distinct);
  // Each covers itself.
  return distinct.filter((pattern) => tree.countCovering(pattern, 2) === 1);
}

/** Whether a valid pattern holds a wildcard. */
export function hasWildcard(pattern: string): boolean {
  return pattern.split('.').some(isWildcard);
}

/** Whether a valid pattern reaches over the services: its first part is a wildcard. */
export function crossesServices(pattern: string): boolean {
  return isWildcard(pattern.split('.', 1)[0] ?? '');
}

/** The service that owns what a pattern matches: its first part; none for a wildcard. */
export function serviceOf(pattern: string): string | undefined {
  const first = pattern.split('.', 1)[0] ?? '';
  return first === '' || isWildcard(first) ? undefined : first;
}

function isWildcard(part: string): boolean {
  return part === '*' || part === '>';
}
