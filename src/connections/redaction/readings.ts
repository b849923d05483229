import type { Span } from './pieceIndex';

/** A text without one level of one kind of escapes. */
interface Reading {
  readonly text: string;
  /** Where a part of it stands in the text that it was made of, with whole escapes. */
  readonly sourceOf: (span: Span) => Span;
}

/** Texts are escaped within escaped texts: a JSON text in another, a URL in a URL. */
const maxDepth = 3;

/** Percent-encoding; and the escapes of JSON and of programs, all of which that stand for no letter end a word. */
const kinds = [
  {
    escapes: /(?:%[0-9a-f]{2})+/gi,
    meaningOf: (escape: string) => Buffer.from(escape.replaceAll('%', ''), 'hex').toString('utf8'),
  },
  {
    escapes: /\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[^])/gi,
    meaningOf: (escape: string) => {
      if (escape.length > 2) return String.fromCharCode(parseInt(escape.slice(2), 16));
      return 'bfnrtv0'.includes(escape.charAt(1)) ? '\n' : escape.charAt(1);
    },
  },
];

/**
 * Where something is found in a text, or in what it reads once its escapes are taken away, and once more where that leaves some. In
 * "%20key" and "\nkey" a word starts after the escape. Each kind is taken away for itself too: the other can be no escape but meant so.
 */
export function findInReadings(
  text: string,
  find: (text: string) => Iterable<Span>,
  depth = maxDepth,
  seen = new Set<string>(),
): Span[] {
  if (seen.has(text)) return [];
  seen.add(text);
  const spans = [...find(text)];
  if (depth === 0) return spans;
  for (const kind of kinds) {
    const reading = unescaped(text, kind);
    if (!reading) continue;
    for (const span of findInReadings(reading.text, find, depth - 1, seen))
      spans.push(reading.sourceOf(span));
  }
  return spans;
}

/** One level of escapes less; none where there is none. */
function unescaped(text: string, { escapes, meaningOf }: (typeof kinds)[number]): Reading | undefined {
  /** Where each unit of the reading starts and ends in the text. */
  const [starts, ends]: [number[], number[]] = [[], []];
  let reading = '';
  const add = (piece: string, from: number, to: number, isEscape: boolean): void => {
    reading += piece;
    for (let at = 0; at < piece.length; at++) {
      starts.push(isEscape ? from : from + at);
      ends.push(isEscape ? to : from + at + 1);
    }
  };
  let done = 0;
  for (const { 0: escape, index } of text.matchAll(escapes)) {
    const end = index + escape.length;
    add(text.slice(done, index), done, index, false);
    add(meaningOf(escape), index, end, true);
    done = end;
  }
  if (done === 0) return undefined;
  add(text.slice(done), done, text.length, false);
  return {
    text: reading,
    sourceOf: ({ from, to }) => ({ from: starts[from] ?? 0, to: ends[to - 1] ?? text.length }),
  };
}
