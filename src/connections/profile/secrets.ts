import { isRecord } from '../../util/record';
import { isKept, keptFields, secretFields, type KeptField } from './fields';
import { valuesOf, type WrittenProfile } from './profile';

/** The secret parts of a profile, and the user where it leaves that to each person. They are kept in the secret storage only. */
export type ProfileSecrets = { readonly [Field in KeptField]?: string };

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

/** Reads secrets that were kept or sent; anything that is not a secret's text is left out. */
export function parseSecrets(value: unknown): ProfileSecrets {
  return pickSecrets((field) => {
    const text = isRecord(value) ? value[field] : undefined;
    return typeof text === 'string' && text !== '' ? text : undefined;
  });
}

/** Those of the secrets that the profile uses; the others are of an earlier way to authenticate. */
export function relevantSecrets(profile: WrittenProfile, secrets: ProfileSecrets): ProfileSecrets {
  const values = valuesOf(profile);
  return pickSecrets((field) => (isKept(field, values) ? secrets[field] : undefined));
}

function pickSecrets(textOf: (field: KeptField) => string | undefined): ProfileSecrets {
  return Object.fromEntries(
    keptFields.flatMap((field) => {
      const text = textOf(field);
      return text === undefined ? [] : [[field, text]];
    }),
  );
}
