import type { ConnectionProblemKind } from './connectionProblem';
import type { ProfileOrigin } from './profile';

/** What decides which choices a person has. */
export interface Situation {
  /** Where the profile is changed, if not in the settings. */
  readonly origin?: ProfileOrigin;
  /** TLS was used because the server offers it; neither the server nor the profile requires it. */
  readonly tlsIsOptional?: boolean;
}

/** What to do about a problem, where the profile is changed. */
export function remedyFor(
  kind: ConnectionProblemKind,
  { origin, tlsIsOptional }: Situation,
): string | undefined {
  const byPlace = remedies[kind];
  if (byPlace === undefined) return undefined;
  const remedy = byPlace[origin ?? 'settings'];
  if (tlsIsOptional !== true || !tlsKinds.has(kind)) return `${remedy}.`;
  const off = origin === undefined ? 'set TLS to off in it' : 'import it and set TLS to off';
  return `${remedy}, or ${off}: the server offers TLS and does not require it.`;
}

type ByPlace = Readonly<Record<'settings' | ProfileOrigin, string>>;

const remedies: Readonly<Partial<Record<ConnectionProblemKind, ByPlace>>> = {
  tlsUnavailable: {
    settings: 'Use nats:// without required TLS if that is intended, or another port',
    context:
      'Take tls://, "ca", "cert" and "tls_first" out of the context if that is intended, or use another port',
    environment: 'Use nats:// without NATS_CA and NATS_CERT if that is intended, or another port',
  },
  unknownAuthority: {
    settings: 'Name the CA file that signed it in the connection',
    context: 'Add "ca" to the context',
    environment: 'Set NATS_CA to the file of the CA that signed it',
  },
  hostNameMismatch: {
    settings: 'Use the name in the certificate, or set the TLS server name in the connection',
    context: 'Use the name in the certificate, or import the context and set the TLS server name',
    environment: 'Use the name in the certificate, or import the connection and set the TLS server name',
  },
  certificateExpired: same('Have it renewed, and check the clock of this machine'),
  clientCertificateRequired: {
    settings: 'Name a certificate that the server trusts and its key in the connection',
    context: 'Add "cert" and "key" to the context',
    environment: 'Set NATS_CERT and NATS_KEY',
  },
  tlsFailed: {
    settings: "Check the connection's TLS settings and files",
    context: 'Check "ca", "cert" and "key" in the context, and their files',
    environment: 'Check NATS_CA, NATS_CERT and NATS_KEY, and their files',
  },
  wrongCredentials: {
    settings: 'Edit the connection and enter them again',
    context: 'Correct them in the context with the NATS CLI',
    environment: 'Correct the variables, then start VS Code again',
  },
  authorizationViolation: {
    settings: 'Edit the connection and choose how to authenticate',
    context: 'Add credentials to the context with the NATS CLI',
    environment: 'Set NATS_CREDS or NATS_USER and NATS_PASSWORD, then start VS Code again',
  },
  credentialsExpired: {
    settings: 'Enter new ones in the connection',
    context: 'Renew them in the context, or in the file that it names',
    environment: 'Renew them in the variables, or in the file that they name',
  },
};

const tlsKinds: ReadonlySet<ConnectionProblemKind> = new Set([
  'unknownAuthority',
  'hostNameMismatch',
  'certificateExpired',
  'clientCertificateRequired',
  'tlsFailed',
]);

function same(remedy: string): ByPlace {
  return { settings: remedy, context: remedy, environment: remedy };
}
