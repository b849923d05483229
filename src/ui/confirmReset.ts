import { window } from 'vscode';
import { crossesServices } from '../res/pattern';
import { isTokenReset, subjectOf, summarizeMessage, type SystemMessage } from '../res/systemMessage';
import { unverified } from './connectionStatusBar';
import type { Bus } from '../reset/bus';
import type { Expectation } from '../reset/expectation';

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
    `This will be published on “${bus.connection}”${bus.server === undefined ? '' : `, to ${bus.server}`}:`,
    `${subjectOf(message)} ${JSON.stringify(message)}`,
    ...(bus.isUnverified ? ['', unverified] : []),
  ].join('\n');
  const question = `Reset ${summarizeMessage(message)} on ${bus.connection}?`;
  return (await window.showWarningMessage(question, { modal: true, detail }, 'Reset')) === 'Reset';
}

function reasonsToAsk(message: SystemMessage, bus: Bus, rules: ConfirmRules): string[] {
  const reasons: string[] = [];
  if (bus.isProtected) reasons.push(`The connection “${bus.connection}” is protected.`);
  const patterns = isTokenReset(message) ? [] : [...(message.resources ?? []), ...(message.access ?? [])];
  const wide = [...new Set(patterns.filter(crossesServices))];
  if (wide.length > 0) reasons.push(`${wide.join(', ')} reaches the resources of every service.`);
  const { count, source } = rules.expect(message, bus.connection);
  if (count > rules.askAbove()) {
    reasons.push(
      source === 'observation'
        ? `The last time, the gateways were seen to send ${count} requests because of it.`
        : `It matches ${count} known resources, each of which the gateways may fetch again.`,
    );
  }
  return reasons;
}
