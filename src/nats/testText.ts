import { durationText } from '../util/duration';
import { problemText, type Result } from '../util/problem';
import { isAllowed, type AccountInfo, type SubjectRights } from './accountInfo';
import type { ConnectionProblem } from './connectionProblem';
import type { TestDetails } from './connectionService';
import { serverLabel } from './connectionState';
import type { LinkServer } from './link';
import type { Redactor } from './redact';
import type { TlsFacts } from './tlsFacts';

/** What came of something that was asked for, for a person. */
export interface Answer {
  readonly ok: boolean;
  readonly text: string;
}

/** What a test of a connection found out: one line each, or the one reason why it failed. */
export function testAnswer(result: Result<TestDetails, ConnectionProblem>, redactor: Redactor): Answer {
  if (!result.ok) return { ok: false, text: redactor.redact(problemText(result.problem)) };
  const { server, roundTripMs, account } = result.value;
  const lines = [
    `It works: ${serverLabel(server)}, nats-server ${server.version}.`,
    ...(server.cluster === undefined ? [] : [`Cluster: ${server.cluster}.`]),
    `Round trip: ${durationText(roundTripMs)}.`,
    `Security: ${securityText(server)}.`,
    ...accountLines(account),
  ];
  return { ok: true, text: redactor.redact(lines.join('\n')) };
}

function securityText({ security, tls }: LinkServer): string {
  if (security === 'plain') return 'plain text';
  return security === 'verified' ? tlsText(tls) : `${tlsText(tls)}; unsafe: it was not verified`;
}

function tlsText(facts: TlsFacts | undefined): string {
  if (!facts) return 'TLS';
  const { protocol, cipher, subject, issuer, validTo } = facts;
  const certificate = [
    ...(subject === undefined ? [] : [`for ${subject}`]),
    ...(issuer === undefined ? [] : [`by ${issuer}`]),
    ...(validTo === undefined ? [] : [`until ${validTo}`]),
  ].join(', ');
  return `${protocol} (${cipher})${certificate === '' ? '' : `, certificate ${certificate}`}`;
}

function accountLines(account: AccountInfo | undefined): string[] {
  if (!account) return ['Permissions: the server does not tell.'];
  const { user, publish, subscribe } = account;
  return [
    `Account: ${account.account}${user === '' ? '' : `, user ${user}`}.`,
    `May publish: ${rightsText(publish)}. May subscribe: ${rightsText(subscribe)}.`,
    ...(isAllowed(publish, 'system.reset')
      ? []
      : ['It may not publish system.reset: every reset would be rejected.']),
  ];
}

function rightsText({ allow, deny }: SubjectRights): string {
  const allowed = allow.length === 0 ? 'everything' : allow.join(', ');
  return deny.length === 0 ? allowed : `${allowed}, but not ${deny.join(', ')}`;
}
