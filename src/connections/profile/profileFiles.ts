import * as l10n from '../../util/l10n';
import type { Result } from '../../util/problem';
import type { ConnectionProblem } from '../connectionProblem';
import { jwtClaims, jwtOf, seedOf } from '../link/jwt';
import type { Credentials } from '../link/linkOptions';
import type { ConnectionProfile } from './profile';
import { readAsciiFile } from './textFile';

/** Whose file it is. */
type FileOwner = Pick<ConnectionProfile, 'name' | 'origin'>;

type FileResult<T> = Result<T, ConnectionProblem>;

/** Reads a `.creds` file. */
export async function readCreds(owner: FileOwner, file: string): Promise<FileResult<Credentials>> {
  const what = l10n.msg('The credentials file of "{0}" cannot be used', owner.name);
  const text = await read(owner, what, file);
  if (!text.ok) return text;
  const jwt = jwtOf(text.value);
  const seed = seedOf(text.value);
  const remedy = l10n.msg('Choose a .creds file made by nsc or the NATS CLI.');
  if (jwt === undefined) return unusable(what, l10n.msg('it contains no user JWT'), remedy);
  // A bearer token needs no signature.
  if (seed === undefined && jwtClaims(jwt)?.bearer !== true)
    return unusable(what, l10n.msg('it contains no nkey seed'), remedy);
  return { ok: true, value: { kind: 'creds', jwt, ...(seed === undefined ? {} : { seed }) } };
}

/** Reads a file with the seed of an nkey. */
export async function readNkey(owner: FileOwner, file: string): Promise<FileResult<Credentials>> {
  const what = l10n.msg('The nkey file of "{0}" cannot be used', owner.name);
  const text = await read(owner, what, file);
  if (!text.ok) return text;
  const seed = seedOf(text.value);
  return seed === undefined
    ? unusable(what, l10n.msg('it contains no seed'), l10n.msg('Choose another file.'))
    : { ok: true, value: { kind: 'nkey', seed } };
}

/** Reads a file that TLS needs. What holds nothing of the kind would silently count for nothing. */
export async function readPem(
  owner: FileOwner,
  field: 'ca' | 'cert' | 'key',
  file: string,
): Promise<FileResult<string>> {
  const what = pemProblem(owner, field);
  const text = await read(owner, what, file);
  if (!text.ok || (field === 'key' ? privateKey : certificate).test(text.value)) return text;
  const why =
    field === 'key'
      ? l10n.msg('it contains no private key in PEM format')
      : l10n.msg('it contains no certificate in PEM format');
  return unusable(what, why, l10n.msg('Choose another file.'));
}

function pemProblem({ name }: FileOwner, field: 'ca' | 'cert' | 'key'): l10n.Code {
  switch (field) {
    case 'ca':
      return l10n.msg('The CA file of "{0}" cannot be used', name);
    case 'cert':
      return l10n.msg('The client certificate file of "{0}" cannot be used', name);
    case 'key':
      return l10n.msg('The client key file of "{0}" cannot be used', name);
  }
}

const certificate = /^-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/m;
const privateKey = /^-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/m;

async function read({ origin }: FileOwner, what: l10n.Text, file: string): Promise<FileResult<string>> {
  const text = await readAsciiFile(file);
  if (text.ok) return text;
  const remedies = {
    context: l10n.msg('Correct the file, or its path in the context.'),
    environment: l10n.msg('Correct the file, or its path in the variable.'),
    settings: l10n.msg('Correct the file, or its path in the connection.'),
  };
  return unusable(what, text.problem.why, remedies[origin ?? 'settings']);
}

function unusable(
  what: l10n.Text,
  why: l10n.Text,
  remedy: l10n.Text,
): { ok: false; problem: ConnectionProblem } {
  return { ok: false, problem: { kind: 'unusableFile', what, why, remedy } };
}
