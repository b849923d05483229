import { splitSubject } from '../../facts/names';
import { registered, written } from '../../evaluate/collections/seeds';
import { type Value, piecesOf } from '../../evaluate/value';
import type { MentionShape } from '../library';

/**
 * The method of a request that a client sends to the gateway itself, over a WebSocket: `{ id: 1, method:
 * 'call.library.books.add' }` (RES client protocol, requests). JSON-RPC looks the same, so it counts only in a file that
 * has other words of the protocol.
 */
export const clientRequest: MentionShape = (naming, evaluator, report) => {
  if (!naming.in.file.outline.isTelling) return;
  const value = evaluator.evaluate(naming.value, naming.in);
  if (report.mustFollow(value)) return;
  const name = requestedName(value);
  if (name) report.reference(name, naming);
};

/** The resource that a client asks for by a method: `subscribe` takes patterns too, other methods only names. */
export function asked(method: string, name: Value): Value {
  return /^(un)?subscribe/i.test(method) ? registered(name) : written(name);
}

function requestedName(value: Value): Value | undefined {
  const [first, ...rest] = piecesOf(value);
  if (typeof first !== 'string' || !/^(subscribe|unsubscribe|get|call|auth)\./.test(first)) return undefined;
  const from = value.kind === 'text' && value.from ? { from: value.from } : {};
  // A subscription names a resource as a get request does.
  const pieces = [first.replace(/^(un)?subscribe\./, 'get.'), ...rest];
  return splitSubject({ kind: 'text', pieces, ...from })?.name;
}
