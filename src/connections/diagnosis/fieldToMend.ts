import type { ConnectionProblem } from '../connectionProblem';
import type { Problem } from '../../util/problem';
import type { FormField } from '../formMessages';
import { fieldList, isUsed } from '../profile/fields';
import { valuesOf, type ConnectionProfile } from '../profile/profile';

/** Where in the form a problem is mended, as far as that is one place. */
export function fieldToMend(
  problem: Problem | ConnectionProblem,
  profile?: ConnectionProfile,
): FormField | undefined {
  const { field: named } = problem;
  if (named !== undefined) return fieldList.find(({ key, path }) => path === named || key === named)?.key;
  if (!('kind' in problem)) return undefined;
  switch (problem.kind) {
    case 'refused':
    case 'unknownHost':
    case 'unreachable':
    case 'timeout':
    case 'notNats':
    case 'connectionLost':
      return 'servers';
    case 'tlsRequired':
    case 'tlsUnavailable':
    case 'tlsFailed':
      return 'tlsMode';
    case 'unknownAuthority':
      return 'caFile';
    case 'hostNameMismatch':
      return 'serverName';
    case 'clientCertificateRequired':
      return 'certFile';
    case 'authorizationViolation':
      return 'auth';
    case 'wrongCredentials':
    case 'credentialsExpired':
      return credentialsField(profile);
    case 'missingSecret':
      return problem.secret ?? credentialsField(profile);
    case 'certificateExpired':
    case 'maximumConnections':
    case 'unusableFile':
    case 'unusableProfile':
    case 'other':
      return undefined;
  }
}

/** What is shown to a server, by the first of the fields that count. */
function credentialsField(profile: ConnectionProfile | undefined): FormField {
  const values = profile && valuesOf(profile);
  const shown = fieldList.find(
    ({ key, kind, section }) =>
      section === 'authentication' && (kind === 'secret' || kind === 'path') && values && isUsed(key, values),
  );
  return shown?.key ?? 'auth';
}
