import { isDeepStrictEqual } from 'node:util';
import * as l10n from '../../util/l10n';
import type { Problem, Result } from '../../util/problem';
import type { ProfileAuth } from './profile';
import type { ProfileSecrets } from './secrets';

/** One server to dial. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  /** `tls://`: nothing may be sent in plain text. */
  readonly tls: boolean;
}

/** What stood before the `@` of a server's URL: a user and a password, or a token alone. */
export type UrlCredentials =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string };

/** Servers as they are kept in settings, and the credentials that were taken out of their URLs. */
export interface ParsedServers {
  readonly servers: readonly string[];
  readonly credentials?: UrlCredentials;
}

/** The secret part of them. */
export function secretsInUrl(credentials: UrlCredentials): ProfileSecrets {
  return credentials.kind === 'token' ? { token: credentials.token } : { password: credentials.password };
}

/** How they authenticate. */
export function authInUrl(credentials: UrlCredentials): ProfileAuth {
  return credentials.kind === 'token' ? { kind: 'token' } : { kind: 'password', user: credentials.user };
}

const defaultPort = 4222;
const schemes = new Map([
  ['nats:', false],
  ['tls:', true],
]);

/** One server of a list, and the credentials that were taken out of its URL. */
export interface ParsedServer {
  /** Canonical, without credentials. */
  readonly url: string;
  readonly credentials?: UrlCredentials;
}

/** Reads server URLs: with or without a scheme, one each or separated by commas. At least one is needed. */
export function splitServers(input: string | readonly string[]): Result<readonly ParsedServer[]> {
  const texts = (typeof input === 'string' ? [input] : input).flatMap((text) => text.split(','));
  const servers: ParsedServer[] = [];
  for (const text of texts.map((part) => part.trim()).filter((part) => part !== '')) {
    const parsed = parseServer(text);
    if (!parsed.ok) return parsed;
    const { address, credentials } = parsed.value;
    const url = formatServer(address);
    const server = credentials ? { url, credentials } : { url };
    if (!servers.some((other) => isDeepStrictEqual(other, server))) servers.push(server);
  }
  if (servers.length === 0) {
    return {
      ok: false,
      problem: {
        what: l10n.msg('No server was given'),
        remedy: l10n.msg('Enter a server such as nats://127.0.0.1:4222.'),
      },
    };
  }
  return { ok: true, value: servers };
}

/** Reads servers that are all shown the same credentials: what stands in the URL of one must stand in each. */
export function parseServers(input: string | readonly string[]): Result<ParsedServers> {
  const list = splitServers(input);
  if (!list.ok) return list;
  const [first, ...others] = list.value;
  const credentials = first?.credentials;
  if (!others.every((other) => isDeepStrictEqual(other.credentials, credentials))) {
    return {
      ok: false,
      problem: {
        what: l10n.msg('The server URLs contain different credentials'),
        why: l10n.msg(
          'a connection uses the same credentials for all of its servers, but its URLs contain different ones',
        ),
        remedy: l10n.msg('Add a connection for each of them.'),
      },
    };
  }
  const servers = list.value.map(({ url }) => url);
  return { ok: true, value: credentials ? { servers, credentials } : { servers } };
}

/** The address behind a server text that `parseServers` accepted or the server itself announced. */
export function serverAddress(text: string): Result<ServerAddress> {
  const parsed = parseServer(text);
  return parsed.ok ? { ok: true, value: parsed.value.address } : parsed;
}

/** The canonical URL of a server; never holds credentials. */
export function formatServer({ host, port, tls }: ServerAddress): string {
  return `${tls ? 'tls' : 'nats'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function parseServer(text: string): Result<{ address: ServerAddress; credentials?: UrlCredentials }> {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === 'wss' || scheme === 'ws') {
    const why = l10n.msg('WebSocket ({0}://) is not supported', scheme);
    return refused(text, why, l10n.msg('Use the nats:// or tls:// address of the server.'));
  }
  if (scheme !== undefined && !schemes.has(`${scheme}:`)) {
    return refused(
      text,
      l10n.msg('the scheme {0}:// is not supported', scheme),
      l10n.msg('Use nats:// or tls://.'),
    );
  }
  // The credentials are cut off by hand: what follows the last @ is the host, whatever a password may hold.
  const rest = scheme === undefined ? text : text.slice(scheme.length + 3);
  const at = rest.lastIndexOf('@');
  const userInfo = at === -1 ? undefined : rest.slice(0, at);
  const hostPort = rest.slice(at + 1).replace(/\/+$/, '');
  const match = /^(?:\[([0-9a-f:.%]+)\]|([^\s/:?#[\]]+))(?::(\d{1,5}))?$/i.exec(hostPort);
  const host = match?.[1] ?? match?.[2];
  if (host === undefined) {
    return refused(
      text,
      l10n.msg('expected a host and an optional port'),
      l10n.msg('Enter a server such as nats://127.0.0.1:4222.'),
    );
  }
  const port = match?.[3] === undefined ? defaultPort : Number(match[3]);
  if (port < 1 || port > 65535)
    return refused(text, l10n.msg('{0} is not a valid port', port), l10n.msg('Use a port from 1 to 65535.'));
  const address = { host, port, tls: schemes.get(`${scheme ?? 'nats'}:`) ?? false };
  if (userInfo === '')
    return refused(text, l10n.msg('there is nothing before the @'), l10n.msg('Remove the @.'));
  const credentials = userInfo === undefined ? undefined : splitUserInfo(userInfo);
  return { ok: true, value: credentials ? { address, credentials } : { address } };
}

function splitUserInfo(userInfo: string): UrlCredentials {
  const colon = userInfo.indexOf(':');
  if (colon === -1) return { kind: 'token', token: decode(userInfo) };
  return {
    kind: 'password',
    user: decode(userInfo.slice(0, colon)),
    password: decode(userInfo.slice(colon + 1)),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray % that encodes nothing: the text is meant as it stands.
    return text;
  }
}

function refused(text: string, why: l10n.Text, remedy: l10n.Text): { ok: false; problem: Problem } {
  // What stands before an @ may be a password: it is not repeated.
  const shown = text.replace(/^((?:[a-z][a-z0-9+.-]*:\/\/)?).*@/i, '$1…@');
  return { ok: false, problem: { what: l10n.msg('The server "{0}" cannot be used', shown), why, remedy } };
}
