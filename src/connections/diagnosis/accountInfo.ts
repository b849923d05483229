import { matches } from '../../res/pattern';

/** What subjects a user may use one way; nothing in it means all of them. */
export interface SubjectRights {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

/** What the server reports to a user about themselves. */
export interface AccountInfo {
  readonly user: string;
  readonly account: string;
  readonly publish: SubjectRights;
  readonly subscribe: SubjectRights;
}

/** The request for it; servers with a system account answer it. */
export const accountInfoSubject = '$SYS.REQ.USER.INFO';

/** Reads the answer; undefined if it is none. */
export function parseAccountInfo(answer: Uint8Array): AccountInfo | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(answer));
  } catch {
    return undefined;
  }
  const data = member(value, 'data');
  const user = member(data, 'user');
  const account = member(data, 'account_name') ?? member(data, 'account');
  if (typeof user !== 'string' || typeof account !== 'string') return undefined;
  const permissions = member(data, 'permissions');
  const rights = (operation: string): SubjectRights => ({
    allow: subjects(member(member(permissions, operation), 'allow')),
    deny: subjects(member(member(permissions, operation), 'deny')),
  });
  return { user, account, publish: rights('publish'), subscribe: rights('subscribe') };
}

/** Whether the subject may be used, as far as the rights show it. */
export function isAllowed({ allow, deny }: SubjectRights, subject: string): boolean {
  const inList = (list: readonly string[]): boolean => list.some((pattern) => matches(pattern, subject));
  return (allow.length === 0 || inList(allow)) && !inList(deny);
}

function subjects(value: unknown): string[] {
  // A subscription may be bound to a queue: "subject queue". The server lists them in no order.
  return Array.isArray(value) ? value.map((text) => String(text).split(' ')[0] ?? '').sort() : [];
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}
