import type { Result } from '../util/problem';
import type { ConnectionProblem } from './connectionProblem';
import { jwtClaims, jwtOf, seedOf } from './jwt';
import type { Credentials } from './linkOptions';
import type { ConnectionProfile } from './profile';
import { readAsciiFile } from './textFile';

/** Whose file it is. */
export type FileOwner = Pick<ConnectionProfile, 'name' | 'origin'>;

type FileResult<T> = Result<T, ConnectionProblem>;

/** Reads a `.creds` file. */
export async function readCreds(owner: FileOwner, file: string): Promise<FileResult<Credentials>> {
  const label = 'credentials file';
  const text = await read(owner, label, file);
  if (!text.ok) return text;
  const jwt = jwtOf(text.value);
  const seed = seedOf(text.value);
  const remedy = 'Choose a .creds file made by nsc or the NATS CLI.';
  if (jwt === undefined) return unusable(owner, label, 'there is no user JWT in it', remedy);
  // A bearer token needs no signature.
  if (seed === undefined && jwtClaims(jwt)?.bearer !== true)
    return unusable(owner, label, 'there is no nkey seed in it', remedy);
  return { ok: true, value: { kind: 'creds', jwt, ...(seed === undefined ? {} : { seed }) } };
}

/** Reads a file with the seed of an nkey. */
export async function readNkey(owner: FileOwner, file: string): Promise<FileResult<Credentials>> {
  const label = 'nkey file';
  const text = await read(owner, label, file);
  if (!text.ok) return text;
  const seed = seedOf(text.value);
  return seed === undefined
    ? unusable(owner, label, 'there is no seed in it', 'Choose another file.')
    : { ok: true, value: { kind: 'nkey', seed } };
}

/** Reads a file that TLS needs. What holds nothing of the kind would silently count for nothing. */
export async function readPem(
  owner: FileOwner,
  field: 'ca' | 'cert' | 'key',
  file: string,
): Promise<FileResult<string>> {
  const label = pemLabels[field];
  const text = await read(owner, label, file);
  const [holds, marker] = field === 'key' ? privateKey : certificate;
  if (!text.ok || marker.test(text.value)) return text;
  return unusable(owner, label, `there is no ${holds} in PEM format in it`, 'Choose another file.');
}

const pemLabels = { ca: 'CA file', cert: 'client certificate file', key: 'client key file' } as const;
const certificate = ['certificate', /^-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/m] as const;
const privateKey = ['private key', /^-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/m] as const;

async function read(owner: FileOwner, label: string, file: string): Promise<FileResult<string>> {
  const text = await readAsciiFile(file);
  if (text.ok) return text;
  const place = { context: 'the context', environment: 'the variable', settings: 'the connection' }[
    owner.origin ?? 'settings'
  ];
  return unusable(owner, label, `the file ${text.problem.why}`, `Correct its path in ${place}, or the file.`);
}

function unusable(
  { name }: FileOwner,
  label: string,
  why: string,
  remedy: string,
): { ok: false; problem: ConnectionProblem } {
  const what = `The ${label} of "${name}" cannot be used`;
  return { ok: false, problem: { kind: 'unusableFile', what, why, remedy } };
}
