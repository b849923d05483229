import * as l10n from '../../util/l10n';
import type { Problem, Result } from '../../util/problem';
import { misplacedSecret } from './misplacedSecret';
import { isUsed, valuesBy } from './fields';
import { profileOf, valuesOf, type ConnectionProfile, type WrittenProfile } from './profile';
import { serializeProfile } from './profileCodec';
import type { ProfileSecrets } from './secrets';
import { authInUrl, parseServers, secretsInUrl } from './servers';
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
  const replaced = (path: string, result: Result<string, TextProblem>): string => {
    if (result.ok) return result.value;
    problems.push({ ...result.problem, why: l10n.msg('"{0}": {1}', path, result.problem.why), field: path });
    return '';
  };
  const writtenValues = valuesOf(written);
  let serverTexts: readonly string[] = [];
  const values = valuesBy(({ kind, key, path }) => {
    const value = writtenValues[key];
    if (value === '' || !isUsed(key, writtenValues)) return value;
    switch (kind) {
      case 'servers':
        serverTexts = written.servers.map((one) => replaced(path, replaceInServer(one, context)));
        return value;
      case 'text':
        return replaced(path, replaceVariables(String(value), context));
      case 'path':
        return replaced(path, resolvePath(String(value), context));
      default:
        return value;
    }
  });
  if (problems.length > 0) return unresolved(written.name, problems);
  const parsed = parseServers(serverTexts);
  if (!parsed.ok) {
    // Not quoted: what a variable holds may be a secret.
    const why = l10n.msg(
      '"servers" can\'t be used with its variables replaced: {0}',
      parsed.problem.why ?? parsed.problem.what,
    );
    const remedy = parsed.problem.remedy ?? l10n.msg('Edit the connection.');
    return unresolved(written.name, [{ why, remedy, elsewhere: true, field: 'servers' }]);
  }
  const { servers, credentials } = parsed.value;
  const resolved = { ...written, ...profileOf(values, servers) };
  // Credentials in a URL speak for themselves where nothing else was chosen.
  const profile =
    credentials && written.auth.kind === 'none' ? { ...resolved, auth: authInUrl(credentials) } : resolved;
  const misplaced = misplacedSecret(serializeProfile(profile));
  if (misplaced) {
    const remedy = l10n.msg('Remove that variable from the connection.');
    return unresolved(written.name, [{ ...misplaced, remedy, elsewhere: true }]);
  }
  return { ok: true, value: { profile, ...(credentials ? { ownSecrets: secretsInUrl(credentials) } : {}) } };
}

function unresolved(
  name: string,
  problems: readonly (TextProblem & Pick<Problem, 'field'>)[],
): { readonly ok: false; readonly problem: UnresolvedProblem } {
  return {
    ok: false,
    problem: {
      what: l10n.msg('"{0}" can\'t be used here', name),
      why: l10n.joined(
        problems.map(({ why }) => why),
        '; ',
      ),
      remedy: l10n.joined(
        problems.map(({ remedy }) => remedy),
        ' ',
      ),
      elsewhere: problems.every(({ elsewhere }) => elsewhere),
      ...(problems[0]?.field === undefined ? {} : { field: problems[0].field }),
    },
  };
}
