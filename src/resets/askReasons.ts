import { crossesServices } from '../res/pattern';
import { isTokenReset, subjectOf, summarizeMessage, type SystemMessage } from '../res/systemMessage';
import * as l10n from '../util/l10n';
import type { Bus } from './bus';
import type { ConnectionRef } from './connections';
import type { Expectation } from './observe/expectation';

/** When a person is asked before a reset is sent. */
export interface ConfirmRules {
  /** How many requests the message will probably cause on the connection. */
  readonly expect: (message: SystemMessage, connection: ConnectionRef) => Expectation;
  /** More than this are asked about. */
  readonly askAbove: () => number;
}

/** What a person is asked before a reset is sent. */
export interface ResetQuestion {
  readonly question: string;
  /** Why it is asked, and what would be published where. */
  readonly detail: string;
}

/**
 * The question that is due where the connection is protected, the message reaches over all services, or the gateways will
 * probably send very many requests because of it.
 */
export function questionBefore(
  message: SystemMessage,
  bus: Pick<Bus, 'id' | 'connection' | 'server' | 'isProtected' | 'isUnverified'>,
  rules: ConfirmRules,
): ResetQuestion | undefined {
  const { connection, server } = bus;
  const reasons = [
    ...(bus.isProtected ? [protectedReason(connection)] : []),
    ...reasonsToAsk(message, bus, rules),
  ];
  if (reasons.length === 0) return undefined;
  const detail = [
    ...reasons,
    '',
    server === undefined
      ? l10n.t('This will be published on “{0}”:', connection)
      : l10n.t('This will be published on “{0}”, to {1}:', connection, server),
    `${subjectOf(message)} ${JSON.stringify(message)}`,
    ...(bus.isUnverified ? ['', unverifiedText()] : []),
  ].join('\n');
  return { question: l10n.t('Reset {0} on {1}?', summarizeMessage(message), connection), detail };
}

/** Why a message is not sent without a question, whatever the connection: it reaches very far. */
export function reasonsToAsk(
  message: SystemMessage,
  connection: ConnectionRef,
  rules: ConfirmRules,
): string[] {
  const reasons: string[] = [];
  const patterns = isTokenReset(message) ? [] : [...(message.resources ?? []), ...(message.access ?? [])];
  const wide = [...new Set(patterns.filter(crossesServices))];
  if (wide.length > 0) reasons.push(l10n.t('{0} reaches the resources of every service.', wide.join(', ')));
  const { count, source } = rules.expect(message, connection);
  if (count > rules.askAbove()) {
    reasons.push(
      source === 'observation'
        ? l10n.t('Last time, the gateways sent {0} requests because of it.', count)
        : l10n.t('It matches {0} known resources, and the gateways may fetch each of them again.', count),
    );
  }
  return reasons;
}

/** Why a reset is never sent on a protected connection without a question. */
export function protectedReason(connection: string): string {
  return l10n.t('The connection “{0}” is protected.', connection);
}

/** Said wherever a connection without verification is shown. */
export function unverifiedText(): string {
  return l10n.t('Unsafe: the certificate of the server is not verified.');
}
