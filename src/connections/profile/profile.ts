/** How a profile authenticates; what is secret about it stands elsewhere. */
export type ProfileAuth =
  | { readonly kind: 'none' | 'token' | 'jwt' }
  /** The seed is read from the file, if there is one. */
  | { readonly kind: 'nkey'; readonly file?: string }
  /** Without a user, each person is asked for their own. */
  | { readonly kind: 'password'; readonly user?: string }
  | { readonly kind: 'creds'; readonly file: string };

/** `auto` uses TLS where the server offers it; `tls://` in a server's URL means `required`. */
export type TlsMode = 'auto' | 'required' | 'off';

/** How a profile uses TLS. */
export interface ProfileTls {
  readonly mode: TlsMode;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly serverName?: string;
  readonly handshakeFirst: boolean;
  /** False accepts any certificate: unsafe, and shown as such. */
  readonly verify: boolean;
}

/** A profile as it stands in settings: its texts may hold variables and relative paths. */
export type WrittenProfile = ConnectionProfile;

/** A named way to reach NATS. It holds no secret. */
export interface ConnectionProfile {
  readonly name: string;
  /** Canonical URLs without credentials; at least one. */
  readonly servers: readonly string[];
  readonly auth: ProfileAuth;
  readonly tls: ProfileTls;
  /** Every reset on it asks first. */
  readonly protected: boolean;
  readonly color?: ProfileColor;
  readonly icon?: ProfileIcon;
  readonly inboxPrefix?: string;
  /** Where it is changed, if not in the settings: in a context of the NATS CLI, or in its environment variables. */
  readonly origin?: ProfileOrigin;
}

export type ProfileOrigin = 'context' | 'environment';

export const authKinds = ['none', 'password', 'token', 'nkey', 'jwt', 'creds'] as const;
export const tlsModes = ['auto', 'required', 'off'] as const;
export const profileColors = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'] as const;
export type ProfileColor = (typeof profileColors)[number];
/** Names of VS Code's own icons. */
export const profileIcons = ['home', 'beaker', 'bug', 'server', 'cloud', 'globe', 'rocket', 'flame'] as const;
export type ProfileIcon = (typeof profileIcons)[number];

/** TLS as the server offers it, verified. */
export const defaultTls: ProfileTls = { mode: 'auto', handshakeFirst: false, verify: true };
