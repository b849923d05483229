import type { ConnectionOptions as TlsConnectOptions } from 'node:tls';
import type { ServerAddress } from '../profile/servers';

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
