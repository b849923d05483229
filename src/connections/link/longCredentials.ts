import * as l10n from '../../util/l10n';
import type { Access } from './access';
import { secretsOfAccess } from './accessSecrets';
import type { ConnectionProblem } from '../connectionProblem';

/** A server takes 4,096 characters in a line, unless it is told otherwise; about so many are left for what is secret. */
const usualLength = 3500;

/** Why a server may have closed the connection when it was shown the credentials; undefined if they are not long. */
export function longCredentialsProblem(access: Access, address: string): ConnectionProblem | undefined {
  const { length } = secretsOfAccess({ ...access, tls: { ...access.tls, key: '', passphrase: '' } }).join('');
  if (length <= usualLength) return undefined;
  return {
    kind: 'wrongCredentials',
    what: l10n.msg('{0} closed the connection when it received the credentials', address),
    why: l10n.msg(
      'they have {0} characters; a NATS server accepts 4,096 in a line unless max_control_line is raised',
      length,
    ),
    remedy: l10n.msg('Use shorter credentials, or raise max_control_line on the server.'),
  };
}
