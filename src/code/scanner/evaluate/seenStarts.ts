import { type Parameter, type Value, piecesOf } from './value';

/** What texts can start with that come to a place, whichever way they come there. */
export interface Starts {
  /** As a subject of the protocol does. */
  readonly isSubject: boolean;
  /** As any other subject does. */
  readonly isPlain: boolean;
  /** There may be others, which show only when callers are told apart. */
  readonly isOpen: boolean;
}

/** What was known of a parameter. */
export interface KnownStarts {
  readonly of: Parameter;
  readonly starts: Starts;
}

/** One of them. */
export type Mark = keyof Starts;
export const marks: readonly Mark[] = ['isSubject', 'isPlain', 'isOpen'];

/** The marks of a place itself, and the parameters that give the start of the texts there. */
export class Seen {
  readonly marks = new Set<Mark>();
  readonly from = new Map<string, Parameter>();

  /** Notes a value; `asked` are the functions whose callers were asked for, and are not told apart. */
  add(value: Value, asked: readonly string[]): void {
    const first = piecesOf(value).find((piece) => piece !== '');
    const follow = typeof first === 'object' ? first.follow : undefined;
    if (typeof first === 'string') this.marks.add(mayBeSubject(first) ? 'isSubject' : 'isPlain');
    else if (first?.of) this.from.set(keyOf(first.of), first.of);
    // Of what is made of a parameter, or goes on behind an empty text, nothing can be told.
    else if (!first || follow !== undefined) this.marks.add('isSubject');
    if (asked.some((key) => key !== follow)) this.marks.add('isOpen');
  }

  /** Notes all that another place says. */
  addAll({ marks, from }: Seen): void {
    for (const mark of marks) this.marks.add(mark);
    for (const [key, of] of from) this.from.set(key, of);
  }

  isSame({ marks, from }: Seen): boolean {
    return isSameSet(this.marks, marks) && isSameSet(new Set(this.from.keys()), new Set(from.keys()));
  }
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((each) => b.has(each));
}

/** Whether a text that starts so can become a subject of the protocol: code may go on with it, or write it otherwise. */
function mayBeSubject(start: string): boolean {
  const [, word = '', rest = ''] = /^\s*([a-z]*)(.*)/is.exec(start) ?? [];
  const kinds = ['get', 'access', 'call', 'auth', 'event', 'system'];
  const isPart = (kind: string): boolean =>
    rest === '' ? kind.startsWith(word.toLowerCase()) : kind === word.toLowerCase();
  return kinds.some(isPart);
}

/** What tells a parameter from others. */
export function keyOf({ file, fn, index }: Parameter): string {
  return `${file.path} ${fn} ${index}`;
}
