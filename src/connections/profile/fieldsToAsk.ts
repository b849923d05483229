import type { ConnectionProblem } from '../connectionProblem';
import type { ConnectionProfile } from './profile';
import type { KeptField } from './fields';
import type { ProfileSecrets } from './secrets';

/** What to ask a person for, so that connecting can go on after this problem; nothing where asking does not help. */
export function fieldsToAsk(
  { kind, secret }: ConnectionProblem,
  { auth }: ConnectionProfile,
  kept: ProfileSecrets,
): readonly KeptField[] {
  if (kind === 'missingSecret' && secret !== undefined && secret !== 'user') return [secret];
  if (auth.kind !== 'password' || auth.user !== undefined) return [];
  // A person's own user and password belong together, and there is no other place to change that user.
  if (kind === 'missingSecret' && kept.password !== undefined) return ['user'];
  return ['missingSecret', 'wrongCredentials', 'authorizationViolation'].includes(kind)
    ? ['user', 'password']
    : [];
}
