import { window } from 'vscode';
import { crossesServices } from '../../res/pattern';
import { isTokenReset, subjectOf, summarizeMessage, type SystemMessage } from '../../res/systemMessage';
import * as l10n from '../../util/l10n';
import { unverified } from '../../connections/ui/connectionStatusBar';
import type { Bus } from '../bus';
import type { Expectation } from '../observe/expectation';

/** When a person is asked before a reset is sent. */
export interface ConfirmRules {
  /** How many requests the message will probably cause on the connection. */
  readonly expect: (message: SystemMessage, connection: string) => Expectation;
  /** More than this are asked about. */
  readonly askAbove: () => number;
}

/**
 * Asks where the connection is protected, the message reaches over all services, or the gateways will probably send
 * very many requests because of it. The question names the server and the message.
 */
export async function confirmReset(message: SystemMessage, bus: Bus, rules: ConfirmRules): Promise<boolean> {
  const reasons = reasonsToAsk(message, bus, rules);
  if (reasons.length === 0) return true;
  const detail = [
    ...reasons,
    '',
    bus.server === undefined
      ? l10n.t('This will be published on “{0}”:', bus.connection)
      : l10n.t('This will be published on “{0}”, to {1}:', bus.connection, bus.server),
    `${subjectOf(message)} ${JSON.stringify(message)}`,
    ...(bus.isUnverified ? ['', unverified()] : []),
  ].join('\n');
  const reset = l10n.t('Reset');
  const question = l10n.t('Reset {0} on {1}?', summarizeMessage(message), bus.connection);
  return (await window.showWarningMessage(question, { modal: true, detail }, reset)) === reset;
}

function reasonsToAsk(message: SystemMessage, bus: Bus, rules: ConfirmRules): string[] {
  const reasons: string[] = [];
  if (bus.isProtected) reasons.push(l10n.t('The connection “{0}” is protected.', bus.connection));
  const patterns = isTokenReset(message) ? [] : [...(message.resources ?? []), ...(message.access ?? [])];
  const wide = [...new Set(patterns.filter(crossesServices))];
  if (wide.length > 0) reasons.push(l10n.t('{0} reaches the resources of every service.', wide.join(', ')));
  const { count, source } = rules.expect(message, bus.connection);
  if (count > rules.askAbove()) {
    reasons.push(
      source === 'observation'
        ? l10n.t('Last time, the gateways sent {0} requests because of it.', count)
        : l10n.t('It matches {0} known resources, and the gateways may fetch each of them again.', count),
    );
  }
  return reasons;
}
