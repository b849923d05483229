import type { ConnectionProblem, ConnectionProblemKind } from './connectionProblem';
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
        what: `${address} did not introduce itself as a NATS server`,
        why: 'it took the connection, and then said nothing',
        remedy:
          'Check the port: clients use 4222 unless configured otherwise, 8222 is for monitoring. It may also hang. If the server is set to start TLS at once, switch "TLS handshake first" on.',
      };
    case 'other':
      return {
        kind: 'notNats',
        what: `${address} is not a NATS server`,
        why:
          greeting.said === ''
            ? 'it closed the connection without introducing itself'
            : 'it speaks another protocol',
        remedy: 'Check the port: clients use 4222 unless configured otherwise, 6222 is for cluster routes.',
      };
    case 'timeout':
      return {
        kind: 'timeout',
        what: `${address} did not answer in time`,
        remedy: 'Check the address, and whether a firewall or a missing VPN is in the way.',
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
  const why = failure.message === '' ? {} : { why: failure.message };
  switch (kind) {
    case 'refused':
      return {
        what: `Nothing listens at ${address}`,
        why: 'the connection was refused',
        remedy: 'Start the NATS server, or correct the host and port.',
      };
    case 'unknownHost':
      return {
        what: `The host of ${address} is not known`,
        ...why,
        remedy: 'Check its spelling and your DNS or VPN.',
      };
    case 'unreachable':
      return { what: `${address} cannot be reached`, ...why, remedy: 'Check the network or VPN.' };
    case 'timeout':
      return {
        what: `${address} did not answer in time`,
        remedy: 'Check the address, and whether a firewall or a missing VPN is in the way.',
      };
    case 'tlsRequired':
      return { what: `${address} requires TLS`, remedy: 'Switch TLS on in the connection.' };
    case 'tlsUnavailable':
      return {
        what: `${address} does not offer TLS`,
        why: 'the connection requires it',
      };
    case 'unknownAuthority':
      return {
        what: `The certificate of ${address} is signed by an unknown authority`,
        ...why,
      };
    case 'hostNameMismatch':
      return {
        what: `The certificate of ${address} is for another host name`,
        ...why,
      };
    case 'certificateExpired':
      return {
        what: `The certificate of ${address} is not valid at this time`,
        ...why,
      };
    case 'clientCertificateRequired':
      return {
        what: `${address} requires a client certificate`,
        ...why,
      };
    case 'wrongCredentials':
      return {
        what: `${address} does not accept the ${credentialWords.get(sent) ?? 'credentials'}`,
        ...why,
      };
    case 'authorizationViolation':
      return {
        what: `${address} requires authentication`,
        ...why,
      };
    case 'credentialsExpired':
      return {
        what: `The credentials for ${address} have expired`,
        ...why,
      };
    case 'maximumConnections':
      return {
        what: `${address} takes no more connections`,
        ...why,
        remedy: "Close other clients, or raise the server's limit.",
      };
    case 'connectionLost':
      return { what: `The connection to ${address} was lost`, ...why };
    case 'tlsFailed':
      return {
        what: `TLS with ${address} failed`,
        ...why,
      };
    case 'notNats':
    case 'unusableFile':
    case 'missingSecret':
    case 'unusableProfile':
    case 'other':
      return { what: `${address} cannot be used`, ...why };
  }
}

const credentialWords = new Map([
  ['password', 'user and password'],
  ['token', 'token'],
  ['nkey', 'nkey'],
  ['jwt', 'JWT and seed'],
  ['creds', 'credentials file'],
  ['several', 'credentials'],
]);
