import { randomUUID } from 'node:crypto';
import { nkeys as untypedNkeys } from 'nats';

/** What is used of the package `nkeys.js`, whose types the NATS client does not hand on. */
interface Key {
  getPublicKey(): string;
  getSeed(): Uint8Array;
  sign(data: Uint8Array): Uint8Array;
}
const nkeys = untypedNkeys as {
  createOperator(): Key;
  createAccount(): Key;
  createUser(): Key;
};

/** A user that an operator's account trusts. */
export interface Identity {
  readonly jwt: string;
  readonly seed: string;
  /** The text of a `.creds` file. */
  readonly creds: string;
}

/** An operator with one account, for a server that trusts JWTs. */
export interface Operator {
  /** The lines for a server's configuration. */
  readonly config: string;
  /** Makes a user; `expires` is in seconds from now. */
  user(options?: {
    readonly expires?: number;
    readonly bearer?: boolean;
    readonly pub?: readonly string[];
  }): Identity;
}

/** Makes keys and JWTs as `nsc` does. */
export function makeOperator(): Operator {
  const operator = nkeys.createOperator();
  const account = nkeys.createAccount();
  const operatorJwt = sign(operator, operator.getPublicKey(), 'operator', {});
  const unlimited = { subs: -1, data: -1, payload: -1 };
  const limits = { ...unlimited, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };
  const accountJwt = sign(operator, account.getPublicKey(), 'account', { limits });
  return {
    config: `operator: ${operatorJwt}\nresolver: MEMORY\nresolver_preload: { ${account.getPublicKey()}: ${accountJwt} }`,
    user({ expires, bearer = false, pub } = {}) {
      const user = nkeys.createUser();
      const claims = {
        pub: pub ? { allow: pub } : {},
        sub: {},
        ...unlimited,
        ...(bearer && { bearer_token: true }),
      };
      const jwt = sign(account, user.getPublicKey(), 'user', claims, expires);
      const seed = text(user.getSeed());
      const block = (label: string, content: string): string =>
        `-----BEGIN ${label}-----\n${content}\n------END ${label}------\n`;
      return { jwt, seed, creds: `${block('NATS USER JWT', jwt)}\n${block('USER NKEY SEED', seed)}` };
    },
  };
}

/** Makes an nkey for a server that knows it by its public key. */
export function makeNkey(): { readonly publicKey: string; readonly seed: string } {
  const user = nkeys.createUser();
  return { publicKey: user.getPublicKey(), seed: text(user.getSeed()) };
}

function sign(issuer: Key, subject: string, type: string, claims: object, expires?: number): string {
  const now = Math.floor(Date.now() / 1000);
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = [
    encode({ typ: 'JWT', alg: 'ed25519-nkey' }),
    encode({
      jti: randomUUID(),
      iat: now,
      ...(expires === undefined ? {} : { exp: now + expires }),
      iss: issuer.getPublicKey(),
      name: type,
      sub: subject,
      nats: { ...claims, type, version: 2 },
    }),
  ].join('.');
  return `${body}.${Buffer.from(issuer.sign(new TextEncoder().encode(body))).toString('base64url')}`;
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
