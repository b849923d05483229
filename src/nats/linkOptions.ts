import type { ConnectionOptions as TlsConnectOptions } from 'node:tls';
import {
  jwtAuthenticator,
  nkeyAuthenticator,
  tokenAuthenticator,
  usernamePasswordAuthenticator,
  type Authenticator,
  type ConnectionOptions,
} from 'nats';
import type { ServerAddress } from './servers';

/** What a client presents to the server. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'nkey'; readonly seed: string }
  | { readonly kind: 'jwt' | 'creds'; readonly jwt: string; readonly seed?: string }
  /** All of them at once; the server chooses. */
  | { readonly kind: 'several'; readonly parts: readonly Credentials[] };

/** How to secure a link. */
export interface LinkTls {
  readonly options: TlsConnectOptions;
  readonly handshakeFirst: boolean;
}

/** How to open one link to one server. */
export interface LinkOptions {
  readonly address: ServerAddress;
  /** The profile's server that it is, or that named it. */
  readonly profileServer: string;
  readonly credentials: Credentials;
  /** Without it nothing but plain text is spoken; with it nothing but TLS. */
  readonly tls?: LinkTls;
  readonly inboxPrefix?: string;
  readonly timeoutMs: number;
}

/** The same for the client library. */
export function clientOptions({
  address,
  credentials,
  tls,
  inboxPrefix,
  timeoutMs,
}: LinkOptions): ConnectionOptions {
  return {
    servers: [`${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`],
    name: 'RES for VS Code',
    timeout: timeoutMs,
    // Reconnecting is the session's: the library gives up after ten attempts, and tells no one when it will try next.
    reconnect: false,
    ignoreClusterUpdates: true,
    // The library's own resolver asks DNS only, and does not know what stands in the hosts file.
    resolve: false,
    noAsyncTraces: true,
    ...(inboxPrefix === undefined ? {} : { inboxPrefix }),
    authenticator: authenticators(credentials),
    // An object forces TLS and null forbids it; the `tls://` of a URL alone would do nothing.
    tls: tls ? tlsOptions(tls) : null,
  };
}

function tlsOptions({ options, handshakeFirst }: LinkTls): ConnectionOptions['tls'] {
  // Node's own options are handed through, though the library's type names a few of them only.
  const all: TlsConnectOptions & { handshakeFirst?: boolean } = { ...options, handshakeFirst };
  return all as ConnectionOptions['tls'];
}

function authenticators(credentials: Credentials): Authenticator[] {
  const encoder = new TextEncoder();
  switch (credentials.kind) {
    case 'none':
      return [];
    case 'password':
      return [usernamePasswordAuthenticator(credentials.user, credentials.password)];
    case 'token':
      return [tokenAuthenticator(credentials.token)];
    case 'nkey':
      return [nkeyAuthenticator(encoder.encode(credentials.seed))];
    case 'jwt':
    case 'creds': {
      const { jwt, seed } = credentials;
      return [jwtAuthenticator(jwt, seed === undefined ? undefined : encoder.encode(seed))];
    }
    case 'several':
      return credentials.parts.flatMap(authenticators);
  }
}
