import * as l10n from '../../util/l10n';
import type { ConnectionProblem, ConnectionProblemKind } from '../connectionProblem';
import type { Greeting } from './probe';
import { remedyFor, type Situation } from './remedies';

/** What a client that failed to connect reported. */
export interface ClientFailure {
  /** The code of Node's or of the client library's error. */
  readonly code: string;
  readonly message: string;
}

/** Why the address can't be used, judging by who answers there; undefined if a NATS server does. */
export function diagnoseGreeting(greeting: Greeting, address: string): ConnectionProblem | undefined {
  switch (greeting.kind) {
    case 'nats':
      return undefined;
    case 'silent':
      return {
        kind: 'notNats',
        what: l10n.msg('{0} sent no NATS greeting', address),
        why: l10n.msg('connected, but no data. The server may be hung, or this may be another port'),
        remedy: l10n.msg(
          'Check the port: the default for clients is 4222; 8222 is for monitoring. If the server starts TLS at once, turn on "TLS handshake first".',
        ),
      };
    case 'other':
      return {
        kind: 'notNats',
        what: l10n.msg('{0} is not a NATS server', address),
        why:
          greeting.said === ''
            ? l10n.msg('it closed the connection without a NATS greeting')
            : l10n.msg('it speaks another protocol'),
        remedy: l10n.msg('Check the port: the default for clients is 4222; 6222 is for cluster routes.'),
      };
    case 'timeout':
      return {
        kind: 'timeout',
        what: l10n.msg('{0} did not answer in time', address),
        remedy: l10n.msg('Check the address, the firewall and the VPN.'),
      };
    case 'error':
      return diagnoseFailure({ code: greeting.code, message: greeting.message }, address, 'none');
  }
}

/** Why the client could not connect or was thrown out; `sent` is the kind of credentials that it presented. */
export function diagnoseFailure(
  failure: ClientFailure,
  address: string,
  sent: string,
  situation: Situation = {},
): ConnectionProblem {
  const kind = kindOf(failure, sent);
  const remedy = remedyFor(kind, situation);
  return {
    kind,
    ...describe(kind, failure, address, sent),
    ...(remedy === undefined ? {} : { remedy }),
  };
}

const kindsByCode = new Map<string, ConnectionProblemKind>([
  ['ECONNREFUSED', 'refused'],
  ['TLS_REQUIRED', 'tlsRequired'],
  ['CONNECTION_REFUSED', 'refused'],
  ['ENOTFOUND', 'unknownHost'],
  ['EAI_AGAIN', 'unknownHost'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  ['ETIMEDOUT', 'timeout'],
  ['TIMEOUT', 'timeout'],
  ['CONNECTION_TIMEOUT', 'timeout'],
  ['AUTHENTICATION_TIMEOUT', 'timeout'],
  ['SERVER_OPT_NA', 'tlsUnavailable'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'unknownAuthority'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'unknownAuthority'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unknownAuthority'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'unknownAuthority'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unknownAuthority'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'hostNameMismatch'],
  ['CERT_HAS_EXPIRED', 'certificateExpired'],
  ['CERT_NOT_YET_VALID', 'certificateExpired'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'clientCertificateRequired'],
  ['ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED', 'clientCertificateRequired'],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'clientCertificateRequired'],
  ['AUTHENTICATION_EXPIRED', 'credentialsExpired'],
  ['ACCOUNT_EXPIRED', 'credentialsExpired'],
  ['ECONNRESET', 'connectionLost'],
  ['EPIPE', 'connectionLost'],
  ['DISCONNECT', 'connectionLost'],
]);

function kindOf({ code, message }: ClientFailure, sent: string): ConnectionProblemKind {
  if (/maximum (account )?(active )?connections exceeded/i.test(message)) return 'maximumConnections';
  if (/certificate required/i.test(message)) return 'clientCertificateRequired';
  if (/secure connection - tls required/i.test(message)) return 'tlsRequired';
  if (code === 'AUTHORIZATION_VIOLATION' || code === 'BAD_AUTHENTICATION') {
    return sent === 'none' ? 'authorizationViolation' : 'wrongCredentials';
  }
  const known = kindsByCode.get(code);
  if (known !== undefined) return known;
  return code === 'TLS' ||
    code.startsWith('ERR_SSL_') ||
    code.startsWith('ERR_TLS_') ||
    code.startsWith('ERR_OSSL_')
    ? 'tlsFailed'
    : 'other';
}

type Texts = Pick<ConnectionProblem, 'what' | 'why' | 'remedy'>;

function describe(kind: ConnectionProblemKind, failure: ClientFailure, address: string, sent: string): Texts {
  const why = failure.message === '' ? {} : { why: l10n.verbatim(failure.message) };
  switch (kind) {
    case 'refused':
      return {
        what: l10n.msg('No server is listening at {0}', address),
        why: l10n.msg('the connection was refused'),
        remedy: l10n.msg('Start the NATS server, or correct the host and port.'),
      };
    case 'unknownHost':
      return {
        what: l10n.msg('The host of {0} was not found', address),
        ...why,
        remedy: l10n.msg('Check the spelling, DNS and VPN.'),
      };
    case 'unreachable':
      return {
        what: l10n.msg('{0} cannot be reached', address),
        ...why,
        remedy: l10n.msg('Check the network or VPN.'),
      };
    case 'timeout':
      return {
        what: l10n.msg('{0} did not answer in time', address),
        remedy: l10n.msg('Check the address, the firewall and the VPN.'),
      };
    case 'tlsRequired':
      return {
        what: l10n.msg('{0} requires TLS', address),
        remedy: l10n.msg('Turn on TLS in the connection.'),
      };
    case 'tlsUnavailable':
      return {
        what: l10n.msg('{0} does not offer TLS', address),
        why: l10n.msg('the connection requires it'),
      };
    case 'unknownAuthority':
      return {
        what: l10n.msg('The certificate of {0} is signed by an unknown authority', address),
        ...why,
      };
    case 'hostNameMismatch':
      return {
        what: l10n.msg('The certificate of {0} is for another host name', address),
        ...why,
      };
    case 'certificateExpired':
      return {
        what: l10n.msg('The certificate of {0} is expired or not valid yet', address),
        ...why,
      };
    case 'clientCertificateRequired':
      return {
        what: l10n.msg('{0} requires a client certificate', address),
        ...why,
      };
    case 'wrongCredentials':
      return {
        what: notAccepted(address, sent),
        ...why,
      };
    case 'authorizationViolation':
      return {
        what: l10n.msg('{0} requires authentication', address),
        ...why,
      };
    case 'credentialsExpired':
      return {
        what: l10n.msg('The credentials for {0} have expired', address),
        ...why,
      };
    case 'maximumConnections':
      return {
        what: l10n.msg('{0} accepts no more connections', address),
        ...why,
        remedy: l10n.msg("Close other clients, or raise the server's limit."),
      };
    case 'connectionLost':
      return { what: l10n.msg('The connection to {0} was lost', address), ...why };
    case 'tlsFailed':
      return {
        what: l10n.msg('TLS with {0} failed', address),
        ...why,
      };
    case 'notNats':
    case 'unusableFile':
    case 'missingSecret':
    case 'unusableProfile':
    case 'other':
      return { what: l10n.msg('{0} cannot be used', address), ...why };
  }
}

function notAccepted(address: string, sent: string): l10n.Code {
  switch (sent) {
    case 'password':
      return l10n.msg('{0} does not accept the user and password', address);
    case 'token':
      return l10n.msg('{0} does not accept the token', address);
    case 'nkey':
      return l10n.msg('{0} does not accept the nkey', address);
    case 'jwt':
      return l10n.msg('{0} does not accept the JWT and seed', address);
    case 'creds':
      return l10n.msg('{0} does not accept the credentials file', address);
    default:
      return l10n.msg('{0} does not accept the credentials', address);
  }
}
