import type { Access } from './access';

/** What stands in credentials without being secret. */
const plainFields: ReadonlySet<string> = new Set(['kind', 'user']);

/** Every secret that a connection is made with, wherever it was read: all of credentials counts, unless it is known better. */
export function secretsOfAccess({ credentials, perServer, tls }: Access): string[] {
  return [...textsIn([credentials, ...(perServer?.values() ?? [])]), tls.key, tls.passphrase].filter(
    (text) => text !== undefined,
  );
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) => (plainFields.has(field) ? [] : textsIn(inner)));
}
