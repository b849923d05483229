import type { WrittenProfile } from './profile';
import type { ResolvedProfile } from './resolveProfile';

/**
 * Where the kept secrets of a profile in settings may go: to its servers, by its TLS settings, both as they are after
 * the replacement. Undefined where no one but the user has a say in that.
 */
export function secretDestination(
  isShared: boolean,
  written: WrittenProfile,
  { profile: { servers, tls }, ownSecrets }: ResolvedProfile,
): string | undefined {
  const outside = /\$\{(env:|workspaceFolder)/;
  if (!isShared && !outside.test(JSON.stringify([written.servers, written.tls]))) return undefined;
  // What was once typed in must not stand in for what variables bring into the URL.
  return JSON.stringify([servers, tls, ...(ownSecrets ? ['credentials in the URL'] : [])]);
}
