import { durationText } from '../../util/duration';
import * as l10n from '../../util/l10n';
import { problemText, type Result } from '../../util/problem';
import { isAllowed, type AccountInfo, type SubjectRights } from './accountInfo';
import type { ConnectionProblem } from '../connectionProblem';
import type { TestDetails } from '../connectionService';
import { serverLabel } from '../connectionState';
import type { LinkServer } from '../link/link';
import type { Answer } from '../prompts';
import type { TlsFacts } from '../link/tlsFacts';

/** What a test of a connection found out: one line each, or the one reason why it failed. */
export function testAnswer(result: Result<TestDetails, ConnectionProblem>): Answer {
  if (!result.ok) return { ok: false, text: problemText(result.problem) };
  const { server, roundTripMs, account } = result.value;
  const lines = [
    l10n.t('Connected to {0}, nats-server {1}.', serverLabel(server), server.version),
    ...(server.cluster === undefined ? [] : [l10n.t('Cluster: {0}.', server.cluster)]),
    l10n.t('Round trip: {0}.', durationText(roundTripMs)),
    l10n.t('Security: {0}.', securityText(server)),
    ...accountLines(account),
  ];
  return { ok: true, text: lines.join('\n') };
}

function securityText({ security, tls }: LinkServer): string {
  if (security === 'plain') return l10n.t('not encrypted');
  return security === 'verified'
    ? tlsText(tls)
    : l10n.t('{0}; unsafe: the certificate was not verified', tlsText(tls));
}

function tlsText(facts: TlsFacts | undefined): string {
  if (!facts) return 'TLS';
  const { protocol, cipher, subject, issuer, validTo } = facts;
  return [
    `${protocol} (${cipher})`,
    ...(subject === undefined ? [] : [l10n.t('certificate for {0}', subject)]),
    ...(issuer === undefined ? [] : [l10n.t('issued by {0}', issuer)]),
    ...(validTo === undefined ? [] : [l10n.t('valid until {0}', validTo)]),
  ].join(', ');
}

function accountLines(account: AccountInfo | undefined): string[] {
  if (!account) return [l10n.t('Permissions: not reported by the server.')];
  const { user, publish, subscribe } = account;
  return [
    user === ''
      ? l10n.t('Account: {0}.', account.account)
      : l10n.t('Account: {0}, user {1}.', account.account, user),
    l10n.t('May publish: {0}. May subscribe: {1}.', rightsText(publish), rightsText(subscribe)),
    ...(isAllowed(publish, 'system.reset')
      ? []
      : [l10n.t('This account may not publish system.reset: every reset would be rejected.')]),
  ];
}

function rightsText({ allow, deny }: SubjectRights): string {
  const allowed = allow.length === 0 ? l10n.t('everything') : allow.join(', ');
  return deny.length === 0 ? allowed : l10n.t('{0} except {1}', allowed, deny.join(', '));
}
