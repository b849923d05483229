import * as l10n from '../../util/l10n';

/** The secret parts of a profile, and what else belongs to one person. They are kept in the secret storage only. */
export interface ProfileSecrets {
  /** The user, where the profile leaves that to each person. It is no secret, but kept beside one. */
  readonly user?: string;
  readonly password?: string;
  readonly token?: string;
  /** An nkey seed, for `nkey` and `jwt`. */
  readonly seed?: string;
  /** A user JWT. */
  readonly jwt?: string;
  /** Unlocks the private key file of the client certificate. */
  readonly keyPassphrase?: string;
}

/** The names of the secret parts. */
export const secretFields = ['user', 'password', 'token', 'seed', 'jwt', 'keyPassphrase'] as const;
export type SecretField = (typeof secretFields)[number];

/** What a person calls it. */
export function secretLabel(field: SecretField): string {
  const labels: Record<SecretField, string> = {
    user: l10n.t('user'),
    password: l10n.t('password'),
    token: l10n.t('token'),
    seed: l10n.t('nkey seed'),
    jwt: l10n.t('user JWT'),
    keyPassphrase: l10n.t('passphrase of the client key'),
  };
  return labels[field];
}

/** What must never be seen of them. */
export function secretTexts(secrets: ProfileSecrets): readonly string[] {
  return secretFields.flatMap((field) => (field === 'user' ? [] : (secrets[field] ?? [])));
}

/**
 * Where secrets are kept, by the id of the profile that they belong to. Those that were kept with a destination are
 * handed out for the same destination only.
 */
export interface Secrets {
  get(profileId: string, destination?: string): Promise<ProfileSecrets>;
  /** Replaces all that is kept for the profile; an empty object deletes it. */
  set(profileId: string, secrets: ProfileSecrets, destination?: string): Promise<void>;
}

/** Reads what the secret storage gave back; anything that is not a secret's text is left out. */
export function parseSecrets(value: unknown): ProfileSecrets {
  if (typeof value !== 'object' || value === null) return {};
  const found = new Map(Object.entries(value));
  const secrets: { -readonly [K in SecretField]?: string } = {};
  for (const field of secretFields) {
    const text: unknown = found.get(field);
    if (typeof text === 'string' && text !== '') secrets[field] = text;
  }
  return secrets;
}
