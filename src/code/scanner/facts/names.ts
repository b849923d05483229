import { checkPattern } from '../../../res/pattern';
import type { SetBy } from '../outline/outline';
import { type Piece, type Value, piecesOf } from '../evaluate/value';

/** What a value says of a resource: a pattern, in which an unknown start is `?`. */
export interface ReadName {
  readonly pattern: string;
  /** Whether the first part is not known. */
  readonly isOpen: boolean;
  /** The function whose callers give the unknown start. */
  readonly follow?: string;
  /** What sets it outside of the code. */
  readonly by?: SetBy;
}

const hole = '\0';

/** What a client may write for the ID of its own connection. */
const connectionTag = '{cid}';

/**
 * Reads a resource name, ID or pattern: the query is left out, a hole makes its part `*`, at the start `?`. Undefined for
 * what cannot be one.
 */
export function readName(value: Value): ReadName | undefined {
  const pieces = piecesOf(value);
  const [name = ''] = pieces
    .map((piece) => (typeof piece === 'string' ? piece.replaceAll(hole, ' ') : hole))
    .join('')
    .split('?', 1);
  const parts = name.split('.').map((part) => (part.includes(hole) || part === connectionTag ? '*' : part));
  const isOpen = name.split('.', 1)[0]?.includes(hole) === true;
  if (checkPattern(parts.join('.'))) return undefined;
  const follow = isOpen ? startFollow(value) : undefined;
  return {
    pattern: isOpen ? ['?', ...parts.slice(1)].join('.') : parts.join('.'),
    isOpen,
    ...(follow !== undefined && { follow }),
    ...(isOpen && setterOf(pieces)),
  };
}

/** What sets the unknown start of a text; nothing that sets only a piece of its first part. */
function setterOf(pieces: readonly Piece[]): { by: SetBy } | undefined {
  const [first, next = '.'] = pieces.filter((piece) => piece !== '');
  const isWhole = typeof next === 'string' && next.startsWith('.');
  return isWhole && typeof first === 'object' && first.by ? { by: first.by } : undefined;
}

/** Splits `get.library.book.1` into what it asks and the name that it asks about; undefined for other subjects. */
export function splitSubject(value: Value): { method: string; name: Value } | undefined {
  const [first, ...rest] = piecesOf(value);
  if (typeof first !== 'string') return undefined;
  const [, method, start] = /^(get|access|call|auth|event)\.(.*)$/s.exec(first) ?? [];
  if (method === undefined || start === undefined) return undefined;
  const name: Piece[] = start === '' ? rest : [start, ...rest];
  const from = value.kind === 'text' && value.from ? { from: value.from } : {};
  // The last part of a call, auth or event subject is the method or event.
  if (method !== 'call' && method !== 'auth' && method !== 'event')
    return { method, name: { kind: 'text', pieces: name, ...from } };
  const shorter = withoutLastPart(name);
  return shorter && { method, name: { kind: 'text', pieces: shorter, ...from } };
}

/** The pieces without their last part; a final `>` stays, for it covers the rest of the name too. */
function withoutLastPart(pieces: readonly Piece[]): readonly Piece[] | undefined {
  const last = pieces.at(-1);
  if (last === undefined) return undefined;
  if (typeof last !== 'string') {
    // A hole after a dot is the last part; one that is all there is holds the whole name.
    const before = pieces.at(-2);
    if (typeof before !== 'string') return pieces;
    return before.endsWith('.')
      ? trimmed(pieces.slice(0, -2), before.slice(0, -1))
      : withoutLastPart(pieces.slice(0, -1));
  }
  if (last === '>' || last.endsWith('.>')) return pieces;
  const dot = last.lastIndexOf('.');
  if (dot >= 0) return trimmed(pieces.slice(0, -1), last.slice(0, dot));
  return pieces.length === 1 ? undefined : withoutLastPart(pieces.slice(0, -1));
}

function trimmed(pieces: readonly Piece[], last: string): readonly Piece[] | undefined {
  if (last !== '') return [...pieces, last];
  return pieces.length === 0 ? undefined : pieces;
}

/** The function whose callers give the start of a text, if it isn't known. */
export function startFollow(value: Value): string | undefined {
  const pieces = piecesOf(value);
  const first = pieces.find((piece) => piece !== '');
  if (typeof first !== 'object' || first.follow === undefined || first.of)
    return typeof first === 'object' ? first.follow : undefined;
  // Whoever gives another part may tell the object too.
  const other = pieces.find((piece) => typeof piece === 'object' && piece.of !== undefined);
  return typeof other === 'object' ? other.follow : first.follow;
}

/** A function whose callers give a part of a text. */
export function partFollow(value: Value): string | undefined {
  for (const piece of piecesOf(value)) {
    if (typeof piece === 'object' && piece.follow !== undefined) return piece.follow;
  }
  return undefined;
}
