import type { Credentials } from './linkOptions';

/** What a user JWT says that matters before it is presented. It is read, not verified: that is the server's. */
interface JwtClaims {
  /** In milliseconds since 1970; absent if it never expires. */
  readonly expiresAt?: number;
  /** It counts without a signature, so that no seed is needed. */
  readonly bearer: boolean;
}

/** Reads a JWT; undefined if it is none. */
export function jwtClaims(jwt: string): JwtClaims | undefined {
  const payload = jwt.trim().split('.')[1];
  if (payload === undefined) return undefined;
  let claims: unknown;
  try {
    claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof claims !== 'object' || claims === null) return undefined;
  const { exp, nats } = claims as { exp?: unknown; nats?: { bearer_token?: unknown } | null };
  const bearer = nats?.bearer_token === true;
  return typeof exp === 'number' ? { expiresAt: exp * 1000, bearer } : { bearer };
}

/** The JWT in a file: between markers as in a `.creds` file, or alone. */
export function jwtOf(text: string): string | undefined {
  // What ends a line, and whether anything ends the last one, depends on who wrote or copied the file.
  const blocks: string[] = [];
  for (const line of text.split(/[\r\n]+/).map((one) => one.trim())) {
    if (/^-{3,}.*-{3,}$/.test(line)) blocks.push('');
    else if (blocks.length > 0) blocks.push(`${blocks.pop() ?? ''}${line}`);
  }
  return (
    blocks.find((block) => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(block)) ??
    /(?:^|\s)(eyJ[\w-]*\.[\w-]+\.[\w-]+)(?=\s|$)/.exec(text)?.[1]
  );
}

/** The nkey seed in a file: alone, or between markers as in a `.creds` file. */
export function seedOf(text: string): string | undefined {
  return /(?:^|\s)(S[ACNOUPX][A-Z2-7]{40,})(?=\s|$)/.exec(text)?.[1];
}

/** When these credentials expired, in milliseconds since 1970; undefined if they have not, or never do. */
export function expiredAt(credentials: Credentials, now = Date.now()): number | undefined {
  switch (credentials.kind) {
    case 'jwt':
    case 'creds': {
      const expiresAt = jwtClaims(credentials.jwt)?.expiresAt;
      return expiresAt !== undefined && expiresAt <= now ? expiresAt : undefined;
    }
    case 'several':
      return credentials.parts.map((part) => expiredAt(part, now)).find((time) => time !== undefined);
    default:
      return undefined;
  }
}
