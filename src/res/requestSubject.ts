/** A request of the RES protocol, as its subject names it. */
export interface RequestSubject {
  readonly kind: 'get' | 'access' | 'call' | 'auth';
  /** The resource name. */
  readonly name: string;
  /** For call and auth. */
  readonly method?: string;
}

/** Reads `get.library.book.1` or `call.library.book.1.set`; none for any other subject. */
export function parseRequestSubject(subject: string): RequestSubject | undefined {
  const dot = subject.indexOf('.');
  const kind = subject.slice(0, dot);
  const rest = subject.slice(dot + 1);
  if (dot < 0 || rest === '') return undefined;
  if (kind === 'get' || kind === 'access') return { kind, name: rest };
  if (kind !== 'call' && kind !== 'auth') return undefined;
  const end = rest.lastIndexOf('.');
  return end <= 0 ? undefined : { kind, name: rest.slice(0, end), method: rest.slice(end + 1) };
}
