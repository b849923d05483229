import { isRecord } from '../../util/record';
import { keptFields, secretFields, type KeptField } from './fields';

/** The secret parts of a profile, and the user where it leaves that to each person. They are kept in the secret storage only. */
export type ProfileSecrets = { readonly [Field in KeptField]?: string };

/**
 * The secrets that count for a profile: what a context says itself goes before what was asked for once, when it did not say it;
 * what stands in settings gives way to what was kept.
 */
export function secretsInUse(
  {
    profile,
    ownSecrets,
  }: { readonly profile: { readonly origin?: unknown }; readonly ownSecrets?: ProfileSecrets },
  kept: ProfileSecrets,
): ProfileSecrets {
  return profile.origin === undefined ? { ...ownSecrets, ...kept } : { ...kept, ...ownSecrets };
}

/** What must never be seen of them. */
export function secretTexts(secrets: ProfileSecrets): readonly string[] {
  return secretFields.flatMap((field) => secrets[field] ?? []);
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
  if (!isRecord(value)) return {};
  const texts = keptFields.map((field) => [field, value[field]] as const);
  return Object.fromEntries(texts.filter(([, text]) => typeof text === 'string' && text !== ''));
}
