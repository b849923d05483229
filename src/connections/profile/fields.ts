import * as l10n from '../../util/l10n';
import { isRecord } from '../../util/record';

export const authKinds = ['none', 'password', 'token', 'nkey', 'jwt', 'creds'] as const;
type AuthKind = (typeof authKinds)[number];
export const tlsModes = ['auto', 'required', 'off'] as const;
/** `auto` uses TLS where the server offers it; `tls://` in a server's URL means `required`. */
export type TlsMode = (typeof tlsModes)[number];
export const profileColors = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'] as const;
export type ProfileColor = (typeof profileColors)[number];
/** Names of VS Code's own icons. */
export const profileIcons = ['home', 'beaker', 'bug', 'server', 'cloud', 'globe', 'rocket', 'flame'] as const;
export type ProfileIcon = (typeof profileIcons)[number];

interface AnyField {
  readonly section: 'servers' | 'authentication' | 'tls' | 'safety' | 'looks';
  /** Where it stands in an entry of the settings, if not under its key. */
  readonly path?: string;
  /** In the form; the help in the settings is in package.nls.json, under its path. */
  readonly label: () => string;
  /** Whether it counts for a connection that is otherwise like this; if absent, for each. */
  readonly isUsed?: (values: Decisive) => boolean;
}

/** What decides whether other fields count. */
interface Decisive {
  readonly auth: AuthKind;
  readonly user: string;
  readonly nkeyFile: string;
  readonly keyFile: string;
}

interface TextField extends AnyField {
  /** `path` names a file, relative to the folder of the settings; `servers` are URLs with commas between them. */
  readonly kind: 'text' | 'path' | 'servers';
  readonly isRequired?: true;
  /** What the form for a new connection starts with. */
  readonly initial?: string;
  readonly placeholder?: string;
  readonly hint?: () => string;
  /** What it is called within a sentence, where a person is asked for it. */
  readonly noun?: () => l10n.Code;
}

interface FlagField extends AnyField {
  readonly kind: 'flag';
  readonly default: boolean;
  /** What is neither true nor false counts as true, and does not make the connection unusable. */
  readonly isLenient?: true;
}

interface ChoiceField extends AnyField {
  readonly kind: 'choice';
  /** The first is the default. */
  readonly values: readonly string[];
  readonly texts: () => Readonly<Record<string, string>>;
  /** An unknown value counts as the default, and does not make the connection unusable. */
  readonly isLenient?: true;
}

/** It is kept in the secret storage only, and in the settings it counts for nothing. */
interface SecretSpec extends AnyField {
  readonly kind: 'secret';
  /** What it is called within a sentence. */
  readonly noun: () => l10n.Code;
}

/**
 * The fields of a connection, in the order of the settings and, section by section, of the form. What reads and writes
 * settings, the form, its drafts and the list of secrets are derived from it; a test holds the schema in package.json
 * against it.
 */
export const fields = {
  name: {
    kind: 'text',
    section: 'servers',
    label: () => l10n.t('Name'),
    isRequired: true,
    initial: 'Local',
  },
  servers: {
    kind: 'servers',
    section: 'servers',
    label: () => l10n.t('Servers'),
    hint: () => l10n.t('Separate the servers of a cluster with commas.'),
    isRequired: true,
    initial: 'nats://127.0.0.1:4222',
    placeholder: 'nats://127.0.0.1:4222',
  },
  auth: {
    kind: 'choice',
    section: 'authentication',
    label: () => l10n.t('Authentication'),
    values: authKinds,
    texts: () => ({
      none: l10n.t('No authentication'),
      password: l10n.t('User and password'),
      token: l10n.t('Token'),
      nkey: l10n.t('Nkey seed'),
      jwt: l10n.t('User JWT and seed'),
      creds: l10n.t('Credentials file'),
    }),
  },
  user: {
    kind: 'text',
    section: 'authentication',
    label: () => l10n.t('User'),
    noun: () => l10n.msg('user'),
    isUsed: ({ auth }) => auth === 'password',
  },
  password: {
    kind: 'secret',
    section: 'authentication',
    label: () => l10n.t('Password'),
    noun: () => l10n.msg('password'),
    isUsed: ({ auth }) => auth === 'password',
  },
  token: {
    kind: 'secret',
    section: 'authentication',
    label: () => l10n.t('Token'),
    noun: () => l10n.msg('token'),
    isUsed: ({ auth }) => auth === 'token',
  },
  jwt: {
    kind: 'secret',
    section: 'authentication',
    label: () => l10n.t('User JWT'),
    noun: () => l10n.msg('user JWT'),
    isUsed: ({ auth }) => auth === 'jwt',
  },
  seed: {
    kind: 'secret',
    section: 'authentication',
    label: () => l10n.t('Nkey seed'),
    noun: () => l10n.msg('nkey seed'),
    isUsed: ({ auth, nkeyFile }) => auth === 'jwt' || (auth === 'nkey' && nkeyFile === ''),
  },
  nkeyFile: {
    kind: 'path',
    section: 'authentication',
    label: () => l10n.t('Nkey file, instead of a seed'),
    placeholder: '~/.nats/user.nk',
    isUsed: ({ auth }) => auth === 'nkey',
  },
  credsFile: {
    kind: 'path',
    section: 'authentication',
    label: () => l10n.t('Credentials file (.creds)'),
    isRequired: true,
    placeholder: '~/.nats/user.creds',
    isUsed: ({ auth }) => auth === 'creds',
  },
  tlsMode: {
    kind: 'choice',
    section: 'tls',
    path: 'tls.mode',
    label: () => 'TLS',
    values: tlsModes,
    texts: () => ({
      auto: l10n.t('If the server offers it'),
      required: l10n.t('Required'),
      off: l10n.t('Off'),
    }),
  },
  caFile: {
    kind: 'path',
    section: 'tls',
    path: 'tls.caFile',
    label: () => l10n.t('CA file'),
    placeholder: 'PEM',
  },
  certFile: {
    kind: 'path',
    section: 'tls',
    path: 'tls.certFile',
    label: () => l10n.t('Client certificate file'),
    placeholder: 'PEM',
  },
  keyFile: {
    kind: 'path',
    section: 'tls',
    path: 'tls.keyFile',
    label: () => l10n.t('Client key file'),
    placeholder: 'PEM',
  },
  keyPassphrase: {
    kind: 'secret',
    section: 'tls',
    path: 'tls.keyPassphrase',
    label: () => l10n.t('Passphrase of the client key'),
    noun: () => l10n.msg('passphrase of the client key'),
    isUsed: ({ keyFile }) => keyFile !== '',
  },
  serverName: {
    kind: 'text',
    section: 'tls',
    path: 'tls.serverName',
    label: () => l10n.t('Server name, if not the host'),
  },
  handshakeFirst: {
    kind: 'flag',
    section: 'tls',
    path: 'tls.handshakeFirst',
    label: () => l10n.t('TLS handshake first'),
    default: false,
  },
  /** False accepts any certificate: unsafe, and shown as such. */
  verify: {
    kind: 'flag',
    section: 'tls',
    path: 'tls.verify',
    label: () => l10n.t('Verify the certificate of the server'),
    default: true,
  },
  protected: {
    kind: 'flag',
    section: 'safety',
    label: () => l10n.t('Protected: ask before every reset'),
    default: false,
    // A typing mistake must not take the question away.
    isLenient: true,
  },
  color: {
    kind: 'choice',
    section: 'looks',
    label: () => l10n.t('Colour'),
    values: ['', ...profileColors],
    texts: () => ({
      '': l10n.t('No colour'),
      red: l10n.t('Red'),
      orange: l10n.t('Orange'),
      yellow: l10n.t('Yellow'),
      green: l10n.t('Green'),
      blue: l10n.t('Blue'),
      purple: l10n.t('Purple'),
    }),
    isLenient: true,
  },
  icon: {
    kind: 'choice',
    section: 'looks',
    label: () => l10n.t('Icon'),
    values: ['', ...profileIcons],
    texts: () => ({
      '': l10n.t('No icon'),
      home: l10n.t('Home'),
      beaker: l10n.t('Beaker'),
      bug: l10n.t('Bug'),
      server: l10n.t('Server'),
      cloud: l10n.t('Cloud'),
      globe: l10n.t('Globe'),
      rocket: l10n.t('Rocket'),
      flame: l10n.t('Flame'),
    }),
    isLenient: true,
  },
  inboxPrefix: {
    kind: 'text',
    section: 'servers',
    label: () => l10n.t('Inbox prefix'),
    placeholder: '_INBOX',
  },
} as const satisfies Readonly<Record<string, TextField | FlagField | ChoiceField | SecretSpec>>;

export type FieldKey = keyof typeof fields;
type KeysOf<Kind extends string> = {
  [Key in FieldKey]: (typeof fields)[Key]['kind'] extends Kind ? Key : never;
}[FieldKey];
type TextKey = KeysOf<TextField['kind']>;
type ChoiceKey = KeysOf<'choice'>;
export type SecretField = KeysOf<'secret'>;
/** What is kept for a connection outside of the settings: secrets, and the user where each person has their own. */
export type KeptField = SecretField | 'user';

/** The values of all fields but the secret ones; a text or a choice that is not set is empty. */
export type FieldValues = { readonly [Key in TextKey]: string } & {
  readonly [Key in KeysOf<'flag'>]: boolean;
} & { readonly [Key in ChoiceKey]: (typeof fields)[Key]['values'][number] };

type Keyed<Spec, Key> = Spec & { readonly key: Key; readonly path: string };
/** A field that can stand in settings. */
export type ValueField =
  Keyed<TextField, TextKey> | Keyed<FlagField, KeysOf<'flag'>> | Keyed<ChoiceField, ChoiceKey>;
/** One of the fields, with its key and its whole path. */
export type Field = ValueField | Keyed<SecretSpec, SecretField>;

export const fieldList: readonly Field[] = Object.entries(fields).map(
  ([key, field]) => ({ path: key, ...field, key }) as Field,
);
export const valueFields = fieldList.filter((field) => field.kind !== 'secret');
export const secretFields = fieldList.flatMap((field) => (field.kind === 'secret' ? [field.key] : []));
export const keptFields: readonly KeptField[] = ['user', ...secretFields];

/** All fields as they are where nothing is said. */
export const defaultValues = valuesBy(defaultOf);
/** What the form for a new connection starts with. */
export const initialValues = valuesBy(
  (field) => ('initial' in field ? field.initial : undefined) ?? defaultOf(field),
);

/** Whether a field counts for a connection with these values. */
export function isUsed(key: FieldKey, values: Decisive): boolean {
  const field: AnyField = fields[key];
  return field.isUsed?.(values) ?? true;
}

/** What is kept for a connection with these values. */
export function isKept(key: KeptField, values: Decisive): boolean {
  return isUsed(key, values) && (key !== 'user' || values.user === '');
}

/** Checks values that were kept or sent; undefined if one of them can't be. A choice that is missing is of a later version. */
export function parseValues(value: unknown): FieldValues | undefined {
  if (!isRecord(value)) return undefined;
  const isWrong = valueFields.some(({ key, ...field }) => {
    const given = value[key];
    if (field.kind === 'choice') return given !== undefined && !field.values.some((one) => one === given);
    return typeof given !== (field.kind === 'flag' ? 'boolean' : 'string');
  });
  return isWrong ? undefined : valuesBy((field) => value[field.key] ?? defaultOf(field));
}

/** What stands in an entry of the settings at the path of a field. */
export function valueAt(raw: Readonly<Record<string, unknown>>, path: string): unknown {
  return path.split('.').reduce<unknown>((value, part) => (isRecord(value) ? value[part] : undefined), raw);
}

/** The value of each field. */
export function valuesBy(valueOf: (field: ValueField) => unknown): FieldValues {
  return Object.fromEntries(valueFields.map((field) => [field.key, valueOf(field)])) as FieldValues;
}

function defaultOf(field: ValueField): string | boolean {
  switch (field.kind) {
    case 'flag':
      return field.default;
    case 'choice':
      return field.values[0] ?? '';
    default:
      return '';
  }
}
