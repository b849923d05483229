/** Paths of the libraries for services, by which they put patterns together. */
import { type Piece, type Value, concat, textValue, wholeText } from '../../evaluate/value';

/** Joins paths by a dot, unless one of them is empty. */
export function joinPaths(a: Value, b: Value): Value {
  if (wholeText(a) === '') return b;
  return wholeText(b) === '' ? a : concat([a, textValue('.'), b]);
}

/** A path in which each `$tag` part matches any one part. */
export function withoutTags(path: Value): Value {
  return path.kind === 'text' ? { kind: 'text', pieces: path.pieces.map(untagged) } : path;
}

function untagged(piece: Piece, index: number): Piece {
  if (typeof piece !== 'string') return piece;
  return piece.replace(index === 0 ? /(^|\.)\$[^.]*/g : /(\.)\$[^.]*/g, '$1*');
}
