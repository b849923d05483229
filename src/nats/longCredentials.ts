import type { Access } from './access';
import { secretsOfAccess } from './accessSecrets';
import type { ConnectionProblem } from './connectionProblem';

/** A server takes 4,096 characters in a line, unless it is told otherwise; about so many are left for what is secret. */
const usualLength = 3500;

/** Why a server may have closed the connection when it was shown the credentials; undefined if they are not long. */
export function longCredentialsProblem(access: Access, address: string): ConnectionProblem | undefined {
  const { length } = secretsOfAccess({ ...access, tls: { ...access.tls, key: '', passphrase: '' } }).join('');
  if (length <= usualLength) return undefined;
  return {
    kind: 'wrongCredentials',
    what: `${address} closed the connection when it was shown the credentials`,
    why: `they have ${length} characters, and a NATS server takes 4,096 in a line unless max_control_line is raised`,
    remedy: 'Use shorter credentials, or raise max_control_line on the server.',
  };
}
