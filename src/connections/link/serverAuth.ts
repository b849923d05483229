import { isDeepStrictEqual } from 'node:util';
import type { ProfileAuth } from '../profile/profile';
import type { ProfileSecrets } from '../profile/secrets';
import { authInUrl, secretsInUrl, type ParsedServer } from '../profile/servers';

/** One way to authenticate, with its secrets. */
export interface AuthWay {
  readonly auth: ProfileAuth;
  readonly secrets: ProfileSecrets;
}

/** What one server of a profile is shown: all of these at once, or nothing. It holds secrets, and is never kept. */
export interface ServerAuth {
  /** As it stands in the profile. */
  readonly server: string;
  readonly ways: readonly AuthWay[];
}

/**
 * What the NATS CLI shows each server. Credentials in a server's URL count for that server only, and take the place of
 * user, token and nkey; a JWT is shown beside them.
 */
export function serverAuths(servers: readonly ParsedServer[], ways: readonly AuthWay[]): ServerAuth[] {
  return servers.map(({ url, credentials }) => {
    if (!credentials) return { server: url, ways };
    const beside = ways.filter(({ auth: { kind } }) => kind === 'jwt' || kind === 'creds');
    return {
      server: url,
      ways: [{ auth: authInUrl(credentials), secrets: secretsInUrl(credentials) }, ...beside],
    };
  });
}

/** The one way in which all of them are authenticated with, if it is so simple; `none` where nothing is shown. */
export function commonWay(auths: readonly ServerAuth[]): AuthWay | undefined {
  const [{ ways } = { ways: [] }] = auths;
  if (ways.length > 1 || !auths.every((other) => isDeepStrictEqual(other.ways, ways))) return undefined;
  return ways[0] ?? { auth: { kind: 'none' }, secrets: {} };
}
