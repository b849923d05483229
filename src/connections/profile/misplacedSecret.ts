import type { Text } from '../../util/l10n';
import { pastedSecret, pastedSecretText } from '../../util/pastedSecret';
import { valueAt, valueFields } from './fields';

/** Why a field can't be as it is. */
export interface FieldReason {
  readonly field: string;
  readonly why: Text;
}

/** What is wrong with an entry of the settings in which a secret stands where something else belongs; it is not repeated. */
export function misplacedSecret(entry: Readonly<Record<string, unknown>>): FieldReason | undefined {
  for (const { kind, path } of valueFields) {
    const value = valueAt(entry, path);
    const texts = kind === 'servers' ? [value].flat().map(withoutUserInfo) : [value];
    for (const text of texts) {
      const secret = typeof text === 'string' ? pastedSecret(text) : undefined;
      if (secret !== undefined) return { field: path, why: pastedSecretText(path, secret) };
    }
  }
  return undefined;
}

/** What stands before the @ of a server is taken out, and kept secret. */
function withoutUserInfo(servers: unknown): unknown {
  if (typeof servers !== 'string') return servers;
  return servers
    .split(',')
    .map((server) => server.slice(server.lastIndexOf('@') + 1))
    .join();
}
