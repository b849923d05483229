/** A resource ID taken apart: `library.books?start=0` is the name `library.books` and the query `start=0`. */
export interface ResourceId {
  readonly name: string;
  readonly query?: string;
}

/** Takes a resource ID apart at its first `?`; the name is not checked. */
export function parseResourceId(rid: string): ResourceId {
  const mark = rid.indexOf('?');
  if (mark < 0) return { name: rid };
  return { name: rid.slice(0, mark), query: rid.slice(mark + 1) };
}
