import { defaultValues, type FieldValues, type ProfileColor, type ProfileIcon, type TlsMode } from './fields';

/** How a profile authenticates; what is secret about it is kept elsewhere. */
export type ProfileAuth =
  | { readonly kind: 'none' | 'token' | 'jwt' }
  /** The seed is read from the file, if there is one. */
  | { readonly kind: 'nkey'; readonly file?: string }
  /** Without a user, each person is asked for their own. */
  | { readonly kind: 'password'; readonly user?: string }
  | { readonly kind: 'creds'; readonly file: string };

/** How a profile uses TLS. */
interface ProfileTls {
  readonly mode: TlsMode;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly serverName?: string;
  readonly handshakeFirst: boolean;
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

/** The profile with these values; its servers have been read already. */
export function profileOf(values: FieldValues, servers: readonly string[]): ConnectionProfile {
  const { caFile, certFile, keyFile, serverName, color, icon, inboxPrefix } = values;
  const { tlsMode: mode, handshakeFirst, verify } = values;
  return {
    name: values.name.trim(),
    servers,
    auth: authOf(values),
    // In this order they are part of the destination with which secrets were kept.
    tls: { mode, handshakeFirst, verify, ...filled({ caFile, certFile, keyFile, serverName }) },
    protected: values.protected,
    ...filled({ color, icon, inboxPrefix }),
  };
}

/** What the fields hold for a profile. */
export function valuesOf({ servers, auth, tls, ...looks }: ConnectionProfile): FieldValues {
  const { mode: tlsMode, ...restOfTls } = tls;
  const { name, protected: isProtected, color, icon, inboxPrefix } = looks;
  return {
    ...defaultValues,
    name,
    servers: servers.join(', '),
    auth: auth.kind,
    user: auth.kind === 'password' ? (auth.user ?? '') : '',
    nkeyFile: auth.kind === 'nkey' ? (auth.file ?? '') : '',
    credsFile: auth.kind === 'creds' ? auth.file : '',
    tlsMode,
    ...restOfTls,
    protected: isProtected,
    color: color ?? '',
    icon: icon ?? '',
    inboxPrefix: inboxPrefix ?? '',
  };
}

function authOf({ auth, user, nkeyFile, credsFile }: FieldValues): ProfileAuth {
  switch (auth) {
    case 'password':
      return { kind: auth, ...filled({ user }) };
    case 'nkey':
      return { kind: auth, ...filled({ file: nkeyFile }) };
    case 'creds':
      return { kind: auth, file: credsFile };
    default:
      return { kind: auth };
  }
}

/** Those of the texts that are not empty. */
function filled<T extends Readonly<Record<string, string>>>(
  texts: T,
): { readonly [Key in keyof T]?: Exclude<T[Key], ''> } {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')) as {
    [Key in keyof T]?: Exclude<T[Key], ''>;
  };
}
