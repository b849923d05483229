import type { ConnectionProblem } from '../connectionProblem';
import type { ProfileAuth } from '../profile/profile';
import type { Problem } from '../../util/problem';
import type { FormField } from '../formMessages';
import { formSecretFields, newDraft } from '../messages';

/** Where in the form a problem is mended, as far as that is one place. */
export function fieldToMend(problem: Problem | ConnectionProblem, auth?: ProfileAuth): FormField | undefined {
  const named = problem.field?.replace(/^tls\./, '');
  if (named !== undefined)
    return formFields.find((field) => field === (named === 'mode' ? 'tlsMode' : named));
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
      return credentialsField(auth);
    case 'missingSecret':
      return problem.secret ?? credentialsField(auth);
    case 'certificateExpired':
    case 'maximumConnections':
    case 'unusableFile':
    case 'unusableProfile':
    case 'other':
      return undefined;
  }
}

const formFields: readonly FormField[] = [
  ...(Object.keys(newDraft) as (keyof typeof newDraft)[]),
  ...formSecretFields,
];

function credentialsField(auth: ProfileAuth | undefined): FormField {
  switch (auth?.kind) {
    case undefined:
    case 'none':
      return 'auth';
    case 'password':
    case 'token':
    case 'jwt':
      return auth.kind;
    case 'nkey':
      return auth.file === undefined ? 'seed' : 'nkeyFile';
    case 'creds':
      return 'credsFile';
  }
}
