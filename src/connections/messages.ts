import type { PagePerson } from '../util/person';

/** How a connection authenticates, as the form offers it. */
export const formAuthKinds = ['none', 'password', 'token', 'nkey', 'jwt', 'creds'] as const;
export type FormAuth = (typeof formAuthKinds)[number];

/** The secret fields of the form. */
export const formSecretFields = ['password', 'token', 'seed', 'jwt', 'keyPassphrase'] as const;
export type FormSecretField = (typeof formSecretFields)[number];
/** What may be kept for a connection outside of the settings. */
export type KeptField = FormSecretField | 'user';

/**
 * Where a connection is kept: for the user everywhere, or for the team in this workspace's settings, or in those of one
 * of its folders.
 */
export const formScopes = ['user', 'workspace', 'folder'] as const;
export type FormScope = (typeof formScopes)[number];

/** Where a connection comes from: settings, a context of the NATS CLI, or the environment variables of that. */
export type ProfileSource = FormScope | 'context' | 'environment';

/** Whether a connection of that source can be edited here. */
export function isSaved(source: ProfileSource): source is FormScope {
  return (formScopes as readonly string[]).includes(source);
}

/** The text fields of the form, secrets apart. */
export const draftTextFields = [
  'name',
  'servers',
  'user',
  'credsFile',
  'nkeyFile',
  'caFile',
  'certFile',
  'keyFile',
  'serverName',
  'inboxPrefix',
] as const;

/** The fields of the form that are on or off. */
export const draftFlagFields = ['handshakeFirst', 'verify', 'protected'] as const;

export const formTlsModes = ['auto', 'required', 'off'] as const;
export const formColors = ['', 'red', 'orange', 'yellow', 'green', 'blue', 'purple'] as const;
export const formIcons = [
  '',
  'home',
  'beaker',
  'bug',
  'server',
  'cloud',
  'globe',
  'rocket',
  'flame',
] as const;

/** What stands in the form, as typed; secrets are kept apart from it. */
export type ConnectionDraft = { readonly [Field in (typeof draftTextFields)[number]]: string } & {
  readonly [Field in (typeof draftFlagFields)[number]]: boolean;
} & {
  readonly auth: FormAuth;
  readonly tlsMode: (typeof formTlsModes)[number];
  readonly color: (typeof formColors)[number];
  readonly icon: (typeof formIcons)[number];
  readonly scope: FormScope;
};

/** Secrets that were typed in; an absent one means "as it was". */
export type DraftSecrets = { readonly [Field in FormSecretField]?: string };

/** A problem, as text. */
export interface PanelProblem {
  readonly what: string;
  readonly why?: string;
  readonly remedy?: string;
}

/** One connection. */
export interface PanelProfile {
  readonly id: string;
  readonly name: string;
  readonly source: ProfileSource;
  /** The folder in whose settings it stands. */
  readonly folder?: string;
  /** Why it can't be used here and now. */
  readonly problem?: PanelProblem;
  readonly description?: string;
  /** The NATS CLI itself would use this one. */
  readonly isSelected?: boolean;
  /** As it is written, with its variables; that is also what the row shows. */
  readonly draft: ConnectionDraft;
}

/** The state of the one connection, in words that need no further knowledge. */
export type PanelConnection =
  | { readonly kind: 'disconnected'; readonly profile?: string; readonly problem?: PanelProblem }
  | { readonly kind: 'connecting'; readonly profile: string }
  | {
      readonly kind: 'connected';
      readonly profile: string;
      readonly server: string;
      readonly url: string;
      readonly version: string;
      readonly cluster?: string;
      /** `unverified` is TLS without a certificate that was held against anything. */
      readonly security: 'plain' | 'verified' | 'unverified';
      readonly roundTrip: string;
      readonly lameDuck: boolean;
    }
  | {
      readonly kind: 'reconnecting';
      readonly profile: string;
      readonly attempt: number;
      /** In milliseconds since 1970. */
      readonly nextTryAt?: number;
      readonly problem: PanelProblem;
    };

/** The list of connections, and what belongs to it. */
export interface PanelProfiles {
  readonly profiles: readonly PanelProfile[];
  /** What the NATS CLI knows and can't be used here. */
  readonly unusable: readonly { readonly name: string; readonly problem: PanelProblem }[];
  /** Problems with the settings. */
  readonly problems: readonly PanelProblem[];
  /** Set where the extension runs on another machine than the window: `localhost` is that machine. */
  readonly remote?: string;
}

/** The state of the connection, and which of the list it is about. */
export interface PanelStatus {
  readonly connection: PanelConnection;
  readonly activeId?: string;
}

/** What the host tells the panel. */
export type ToPanel =
  | { readonly type: 'status'; readonly status: PanelStatus }
  | { readonly type: 'profiles'; readonly profiles: PanelProfiles };

/** What the panel asks of the host. */
export type ToHost =
  /** With the person's time zone and language: the host may be elsewhere. */
  | { readonly type: 'ready'; readonly person?: PagePerson }
  | { readonly type: 'connect'; readonly id: string }
  /** Opens the form: for a new connection, or for this one. */
  | { readonly type: 'add' }
  | { readonly type: 'edit'; readonly id: string }
  | { readonly type: 'disconnect' }
  | { readonly type: 'reconnect' }
  | { readonly type: 'remove'; readonly id: string }
  | { readonly type: 'duplicate'; readonly id: string }
  /** Saves a copy of a connection that comes from elsewhere. */
  | { readonly type: 'import'; readonly id: string }
  | { readonly type: 'move'; readonly id: string; readonly by: -1 | 1 }
  /** Makes every reset on it ask first, or no longer. */
  | { readonly type: 'protect'; readonly id: string; readonly on: boolean }
  | { readonly type: 'openSettings' };

/** The form for a connection that does not exist yet. */
export const newDraft: ConnectionDraft = {
  name: 'Local',
  servers: 'nats://127.0.0.1:4222',
  user: '',
  credsFile: '',
  nkeyFile: '',
  caFile: '',
  certFile: '',
  keyFile: '',
  serverName: '',
  inboxPrefix: '',
  handshakeFirst: false,
  verify: true,
  protected: false,
  auth: 'none',
  tlsMode: 'auto',
  color: '',
  icon: '',
  scope: 'user',
};
