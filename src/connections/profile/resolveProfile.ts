import * as l10n from '../../util/l10n';
import type { Problem, Result } from '../../util/problem';
import { misplacedSecret } from './misplacedSecret';
import type { ConnectionProfile, ProfileAuth, ProfileTls, WrittenProfile } from './profile';
import { serializeProfile } from './serializeProfile';
import type { ProfileSecrets } from './secrets';
import { parseServers, secretsInUrl, type ParsedServers } from './servers';
import { replaceVariables, resolvePath, type TextProblem, type VariableContext } from './variables';
import { replaceInServer } from './writtenServers';

/** A profile with everything replaced, ready to connect by. */
export interface ResolvedProfile {
  readonly profile: ConnectionProfile;
  /** Secrets that variables brought into a server's URL. */
  readonly ownSecrets?: ProfileSecrets;
}

/** Why a written profile can't be used. */
export interface UnresolvedProblem extends Problem {
  /** On another machine or in another window the same profile may be usable. */
  readonly elsewhere: boolean;
}

/** Replaces the variables in every text, and makes the paths absolute. Names all that stands in the way. */
export function resolveProfile(
  written: WrittenProfile,
  context: VariableContext,
): Result<ResolvedProfile, UnresolvedProblem> {
  const problems: (TextProblem & Pick<Problem, 'field'>)[] = [];
  const using =
    (replace: (text: string, context: VariableContext) => Result<string, TextProblem>) =>
    (field: string, text: string): string => {
      const replaced = replace(text, context);
      if (replaced.ok) return replaced.value;
      problems.push({ ...replaced.problem, why: `"${field}": ${replaced.problem.why}`, field });
      return '';
    };
  const text = using(replaceVariables);
  const file = using(resolvePath);
  const server = using(replaceInServer);

  const { inboxPrefix, ...rest } = written;
  const name = text('name', written.name).trim();
  const serverTexts = written.servers.map((one) => server('servers', one));
  const auth = resolveAuth(written.auth, text, file);
  const tls = resolveTls(written.tls, text, file);
  const prefix = inboxPrefix === undefined ? {} : { inboxPrefix: text('inboxPrefix', inboxPrefix) };
  if (problems.length > 0) return unresolved(written.name, problems);
  const parsed = parseServers(serverTexts);
  if (!parsed.ok) {
    // Not quoted: what a variable holds may be a secret.
    const why = l10n.t(
      '"servers" can\'t be used with its variables replaced: {0}',
      parsed.problem.why ?? parsed.problem.what,
    );
    const remedy = parsed.problem.remedy ?? l10n.t('Edit the connection.');
    return unresolved(written.name, [{ why, remedy, elsewhere: true, field: 'servers' }]);
  }
  const { servers, credentials } = parsed.value;
  const profile = { ...rest, name, servers, auth: authBy(auth, credentials), tls, ...prefix };
  const misplaced = misplacedSecret(serializeProfile(profile));
  if (misplaced) {
    const remedy = l10n.t('Remove that variable from the connection.');
    return unresolved(written.name, [{ ...misplaced, remedy, elsewhere: true }]);
  }
  return { ok: true, value: { profile, ...(credentials ? { ownSecrets: secretsInUrl(credentials) } : {}) } };
}

type Replace = (field: string, text: string) => string;

function resolveAuth(auth: ProfileAuth, text: Replace, file: Replace): ProfileAuth {
  switch (auth.kind) {
    case 'none':
    case 'token':
    case 'jwt':
      return auth;
    case 'password':
      return auth.user === undefined ? auth : { ...auth, user: text('user', auth.user) };
    case 'nkey':
      return auth.file === undefined ? auth : { ...auth, file: file('nkeyFile', auth.file) };
    case 'creds':
      return { ...auth, file: file('credsFile', auth.file) };
  }
}

function resolveTls(tls: ProfileTls, text: Replace, file: Replace): ProfileTls {
  const { caFile, certFile, keyFile, serverName, ...flags } = tls;
  return {
    ...flags,
    ...(caFile === undefined ? {} : { caFile: file('tls.caFile', caFile) }),
    ...(certFile === undefined ? {} : { certFile: file('tls.certFile', certFile) }),
    ...(keyFile === undefined ? {} : { keyFile: file('tls.keyFile', keyFile) }),
    ...(serverName === undefined ? {} : { serverName: text('tls.serverName', serverName) }),
  };
}

/** Credentials in a URL speak for themselves where nothing else was chosen. */
function authBy(auth: ProfileAuth, credentials: ParsedServers['credentials']): ProfileAuth {
  if (auth.kind !== 'none' || !credentials) return auth;
  return credentials.kind === 'token' ? { kind: 'token' } : { kind: 'password', user: credentials.user };
}

function unresolved(
  name: string,
  problems: readonly (TextProblem & Pick<Problem, 'field'>)[],
): { readonly ok: false; readonly problem: UnresolvedProblem } {
  const each = (texts: readonly string[]): string[] => [...new Set(texts)];
  return {
    ok: false,
    problem: {
      what: l10n.t('"{0}" can\'t be used here', name),
      why: each(problems.map(({ why }) => why)).join('; '),
      remedy: each(problems.map(({ remedy }) => remedy)).join(' '),
      elsewhere: problems.every(({ elsewhere }) => elsewhere),
      ...(problems[0]?.field === undefined ? {} : { field: problems[0].field }),
    },
  };
}
