import { crossesServices } from '../res/pattern';
import { isTokenReset, type SystemMessage } from '../res/systemMessage';
import * as l10n from '../util/l10n';
import type { Expectation } from './observe/expectation';

/** When a person is asked before a reset is sent. */
export interface ConfirmRules {
  /** How many requests the message will probably cause on the connection. */
  readonly expect: (message: SystemMessage, connection: string) => Expectation;
  /** More than this are asked about. */
  readonly askAbove: () => number;
}

/** Why a message is not sent without a question, whatever the connection: it reaches very far. */
export function reasonsToAsk(message: SystemMessage, connection: string, rules: ConfirmRules): string[] {
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
