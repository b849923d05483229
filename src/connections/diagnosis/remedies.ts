import * as l10n from '../../util/l10n';
import type { ConnectionProblemKind } from '../connectionProblem';
import type { ProfileOrigin } from '../profile/profile';

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
): l10n.Text | undefined {
  const remedy = byPlace(kind)?.[origin ?? 'settings'];
  if (remedy === undefined || tlsIsOptional !== true || !tlsKinds.has(kind)) return remedy;
  const off =
    origin === undefined
      ? l10n.msg('Or set TLS to off in the connection: the server offers TLS but does not require it.')
      : l10n.msg('Or import it and set TLS to off: the server offers TLS but does not require it.');
  return l10n.joined([remedy, off], ' ');
}

type ByPlace = Readonly<Record<'settings' | ProfileOrigin, l10n.Text>>;

function byPlace(kind: ConnectionProblemKind): ByPlace | undefined {
  switch (kind) {
    case 'tlsUnavailable':
      return {
        settings: l10n.msg('Use another port, or use nats:// and don’t require TLS if that is intended.'),
        context: l10n.msg(
          'Use another port, or remove tls://, "ca", "cert" and "tls_first" from the context if that is intended.',
        ),
        environment: l10n.msg(
          'Use another port, or use nats:// without NATS_CA and NATS_CERT if that is intended.',
        ),
      };
    case 'unknownAuthority':
      return {
        settings: l10n.msg('Set the CA file in the connection to the one that signed it.'),
        context: l10n.msg('Add "ca" to the context.'),
        environment: l10n.msg('Set NATS_CA to the file of the CA that signed it.'),
      };
    case 'hostNameMismatch':
      return {
        settings: l10n.msg('Use the name in the certificate, or set the TLS server name in the connection.'),
        context: l10n.msg(
          'Use the name in the certificate, or import the context and set the TLS server name.',
        ),
        environment: l10n.msg(
          'Use the name in the certificate, or import the connection and set the TLS server name.',
        ),
      };
    case 'certificateExpired':
      return same(l10n.msg('Renew the certificate, and check the clock of this machine.'));
    case 'clientCertificateRequired':
      return {
        settings: l10n.msg(
          'Set a client certificate that the server trusts, and its key, in the connection.',
        ),
        context: l10n.msg('Add "cert" and "key" to the context.'),
        environment: l10n.msg('Set NATS_CERT and NATS_KEY.'),
      };
    case 'tlsFailed':
      return {
        settings: l10n.msg('Check the TLS settings and files of the connection.'),
        context: l10n.msg('Check "ca", "cert" and "key" in the context, and their files.'),
        environment: l10n.msg('Check NATS_CA, NATS_CERT and NATS_KEY, and their files.'),
      };
    case 'wrongCredentials':
      return {
        settings: l10n.msg('Edit the connection and enter them again.'),
        context: l10n.msg('Correct them in the context with the NATS CLI.'),
        environment: l10n.msg('Correct the variables, then restart VS Code.'),
      };
    case 'authorizationViolation':
      return {
        settings: l10n.msg('Edit the connection and choose how to authenticate.'),
        context: l10n.msg('Add credentials to the context with the NATS CLI.'),
        environment: l10n.msg('Set NATS_CREDS, or NATS_USER and NATS_PASSWORD, then restart VS Code.'),
      };
    case 'credentialsExpired':
      return {
        settings: l10n.msg('Enter new ones in the connection.'),
        context: l10n.msg('Renew them in the context, or in the file that it refers to.'),
        environment: l10n.msg('Renew them in the variables, or in the file that they refer to.'),
      };
    default:
      return undefined;
  }
}

const tlsKinds: ReadonlySet<ConnectionProblemKind> = new Set([
  'unknownAuthority',
  'hostNameMismatch',
  'certificateExpired',
  'clientCertificateRequired',
  'tlsFailed',
]);

function same(remedy: l10n.Text): ByPlace {
  return { settings: remedy, context: remedy, environment: remedy };
}
