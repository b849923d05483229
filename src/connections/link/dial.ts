import { isIP } from 'node:net';
import { checkServerIdentity, type ConnectionOptions as TlsConnectOptions } from 'node:tls';
import * as l10n from '../../util/l10n';
import type { Result } from '../../util/problem';
import { credentialsFor, type Access, type AccessTls } from './access';
import type { ConnectionProblem } from '../connectionProblem';
import { diagnoseFailure, diagnoseGreeting, type ClientFailure } from '../diagnosis/diagnosis';
import { expiredAt } from './jwt';
import type { Link } from './link';
import type { LinkOptions, LinkTls } from './linkOptions';
import { longCredentialsProblem } from './longCredentials';
import { probe } from '../diagnosis/probe';
import type { Situation } from '../diagnosis/remedies';
import { formatServer, type ServerAddress } from '../profile/servers';

/** A server to dial; one that the cluster named is known by its address only and has the certificate of `tlsName`. */
export interface Target extends ServerAddress {
  readonly tlsName?: string;
  /** The profile's server that it is, or that named it: what is meant for that one is meant for it. */
  readonly profileServer: string;
  /** The cluster named it; it does not stand in the profile. */
  readonly isPeer?: boolean;
}

/**
 * Opens a link to one server, or says why that can't be. What comes after the signal is of no use to anybody; a link that
 * comes all the same is the caller's to close.
 */
export type Dial = (
  target: Target,
  access: Access,
  signal: AbortSignal,
) => Promise<Result<Link, ConnectionProblem>>;

/** Dials for real; each of the two steps, looking who is there and connecting, may take `timeoutMs`. */
export function createDial(timeoutMs: number): Dial {
  return async (target, access, signal) => {
    const url = formatServer(target);
    const credentials = credentialsFor(access, target.profileServer);
    const wantsTls = access.tls.mode === 'required' || (target.tls && access.tls.mode !== 'off');
    let useTls = wantsTls || access.tls.handshakeFirst;
    let wantsCertificate = false;
    let tlsIsOptional = false;
    // A server that starts with TLS at once says nothing before it: there is nothing to look at.
    if (!access.tls.handshakeFirst) {
      const greeting = await probe(target.host, target.port, { timeoutMs, signal });
      const problem = diagnoseGreeting(greeting, url) ?? tlsProblem(greeting, access, target, url);
      if (problem) return { ok: false, problem };
      wantsCertificate = greeting.kind === 'nats' && greeting.clientCertificate;
      if (!useTls && access.tls.mode === 'auto' && greeting.kind === 'nats' && greeting.tlsAvailable) {
        useTls = true;
        tlsIsOptional = !greeting.tlsRequired;
      }
    }
    const options: LinkOptions = {
      address: target,
      profileServer: target.profileServer,
      credentials,
      ...(useTls ? { tls: linkTls(access.tls, target) } : {}),
      ...(access.inboxPrefix === undefined ? {} : { inboxPrefix: access.inboxPrefix }),
      timeoutMs,
    };
    // The client library is large, and of use from here on only.
    const { openLink } = await import('./natsLink');
    const link = await openLink(options);
    if (link.ok) return link;
    const situation: Situation = {
      ...(access.origin === undefined ? {} : { origin: access.origin }),
      tlsIsOptional,
    };
    const diagnose = (failure: ClientFailure): ConnectionProblem => {
      const problem = diagnoseFailure(failure, url, credentials.kind, situation);
      // A server gives the same error for expired credentials as for wrong ones.
      const expired = problem.kind === 'wrongCredentials' ? expiredAt(credentials) : undefined;
      if (expired === undefined) return problem;
      const why = l10n.msg('they expired at {0}', new Date(expired).toISOString());
      const failed = { code: 'AUTHENTICATION_EXPIRED', message: '' };
      return { ...diagnoseFailure(failed, url, credentials.kind, situation), why };
    };
    const problem = diagnose(link.problem);
    if (problem.kind !== 'connectionLost' && problem.kind !== 'tlsFailed') return { ok: false, problem };
    // A server that refuses right after its greeting closes before the client library has read why.
    const again = await probe(target.host, target.port, { timeoutMs, stayMs: refusalMs, signal });
    if (again.kind === 'nats' && again.refusal !== undefined)
      return { ok: false, problem: diagnose({ code: '', message: again.refusal }) };
    // With TLS 1.3 the server's word on this may be overtaken by the end of the connection.
    if (useTls && wantsCertificate && access.tls.cert === undefined)
      return {
        ok: false,
        problem: {
          ...diagnose({ code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', message: '' }),
          why: l10n.msg('certificate required'),
        },
      };
    if (problem.kind !== 'connectionLost' || again.kind !== 'nats') return { ok: false, problem };
    const tooLong = longCredentialsProblem({ credentials, tls: access.tls }, url);
    if (tooLong) return { ok: false, problem: tooLong };
    // It is there and takes connections: the loss may have been chance.
    const second = await openLink(options);
    return second.ok ? second : { ok: false, problem: diagnose(second.problem) };
  };
}

/** How long a refusal may take to follow the greeting, in milliseconds. */
const refusalMs = 300;

function tlsProblem(
  greeting: Awaited<ReturnType<typeof probe>>,
  { tls, origin }: Access,
  target: Target,
  url: string,
): ConnectionProblem | undefined {
  if (greeting.kind !== 'nats') return undefined;
  if (greeting.tlsRequired && tls.mode === 'off')
    return diagnoseFailure({ code: 'TLS_REQUIRED', message: '' }, url, 'none');
  if (target.tls && tls.mode === 'off') {
    const remedy = l10n.msg('Use nats:// instead of tls://, or don’t turn TLS off.');
    return {
      kind: 'unusableProfile',
      what: l10n.msg('{0} requires TLS, but the connection turns it off', url),
      remedy,
    };
  }
  const wantsTls = tls.mode === 'required' || target.tls;
  return wantsTls && !greeting.tlsAvailable
    ? diagnoseFailure(
        { code: 'SERVER_OPT_NA', message: '' },
        url,
        'none',
        origin === undefined ? {} : { origin },
      )
    : undefined;
}

function linkTls(
  { ca, cert, key, passphrase, serverName, verify, handshakeFirst }: AccessTls,
  target: Target,
): LinkTls {
  const name = serverName ?? target.tlsName ?? target.host;
  const options: TlsConnectOptions = {
    // An IP address is no server name that TLS could send; the certificate is held against it all the same.
    servername: isIP(name) === 0 ? name : '',
    checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate),
    rejectUnauthorized: verify,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(passphrase === undefined ? {} : { passphrase }),
  };
  return { options, handshakeFirst };
}
