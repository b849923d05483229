import { window } from 'vscode';
import { subjectOf, summarizeMessage, type SystemMessage } from '../../res/systemMessage';
import * as l10n from '../../util/l10n';
import { unverified } from '../../connections/ui/connectionStatusBar';
import type { Bus } from '../bus';
import { protectedReason, reasonsToAsk, type ConfirmRules } from '../askReasons';

/**
 * Asks where the connection is protected, the message reaches over all services, or the gateways will probably send
 * very many requests because of it. The question names the server and the message.
 */
export async function confirmReset(message: SystemMessage, bus: Bus, rules: ConfirmRules): Promise<boolean> {
  const reasons = [
    ...(bus.isProtected ? [protectedReason(bus.connection)] : []),
    ...reasonsToAsk(message, bus.connection, rules),
  ];
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
