import { pastedSecret, pastedSecretText } from '../../util/pastedSecret';

/** What is shown, and written into messages. */
const plainFields = ['name', 'user', 'credsFile', 'nkeyFile', 'inboxPrefix'] as const;
const plainTlsFields = ['caFile', 'certFile', 'keyFile', 'serverName'] as const;

/** Why a field can't be as it is. */
export interface FieldReason {
  readonly field: string;
  readonly why: string;
}

/** What is wrong with an entry of the settings in which a secret stands where something else belongs; it is not repeated. */
export function misplacedSecret(entry: Readonly<Record<string, unknown>>): FieldReason | undefined {
  const tls = new Map(Object.entries(entry['tls'] ?? {}));
  const texts: (readonly [field: string, text: unknown])[] = [
    ...plainFields.map((field) => [field, entry[field]] as const),
    ...plainTlsFields.map((field) => [`tls.${field}`, tls.get(field)] as const),
    ...[entry['servers']].flat().map((text) => ['servers', withoutUserInfo(text)] as const),
  ];
  for (const [field, text] of texts) {
    const secret = typeof text === 'string' ? pastedSecret(text) : undefined;
    if (secret !== undefined) return { field, why: pastedSecretText(field, secret) };
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
