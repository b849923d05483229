import * as l10n from '../../src/util/l10n';
import type { PanelConnection, PanelProblem } from '../../src/connections/messages';
import { element, Rendered } from '../shared/dom';
import { createButton } from '../shared/toolkit';

/** What can be done from the status. */
interface StatusActions {
  readonly disconnect: () => void;
  readonly reconnect: () => void;
}

/** Shows the state of the connection: what it is, since when it fails and why, and what to do. */
export class ConnectionStatus {
  readonly element = element('section', {
    className: 'status',
    attributes: { 'aria-label': l10n.t('State') },
  });
  readonly #spoken = element('p', { className: 'spoken', attributes: { role: 'status' } });
  readonly #headline = element('h1', { className: 'headline' });
  readonly #details = element('div');
  readonly #buttons = element('div', { className: 'buttons' });
  readonly #renderedDetails = new Rendered(this.#details);
  readonly #renderedButtons = new Rendered(this.#buttons);
  readonly #actions: StatusActions;
  #countdown: ReturnType<typeof setInterval> | undefined;

  constructor(actions: StatusActions) {
    this.#actions = actions;
    this.element.append(this.#headline, this.#details, this.#buttons, this.#spoken);
  }

  update(connection: PanelConnection): void {
    clearInterval(this.#countdown);
    this.element.dataset['state'] = stateName(connection);
    this.#headline.textContent = headline(connection);
    this.#renderedDetails.update(connection, () => details(connection));
    this.#renderedButtons.update(connection.kind, () => this.#buttonsFor(connection));
    // Spoken when the sentence changes, not with each new round-trip time or second of waiting.
    const sentence = spokenSentence(connection);
    if (this.#spoken.textContent !== sentence) this.#spoken.textContent = sentence;
    if (connection.kind === 'reconnecting' && connection.nextTryAt !== undefined) {
      this.#countdown = setInterval(() => {
        this.#headline.textContent = headline(connection);
      }, 500);
    }
  }

  #buttonsFor({ kind }: PanelConnection): Node[] {
    const disconnect = createButton(
      kind === 'connected' ? l10n.t('Disconnect') : l10n.t('Stop'),
      'secondary',
      this.#actions.disconnect,
    );
    disconnect.dataset['key'] = 'disconnect';
    if (kind === 'disconnected') return [];
    if (kind !== 'reconnecting') return [disconnect];
    const reconnect = createButton(l10n.t('Reconnect now'), 'primary', this.#actions.reconnect);
    reconnect.dataset['key'] = 'reconnect';
    return [reconnect, disconnect];
  }
}

/** A problem with what to do about it. */
export function problemElement({ what, why, remedy }: PanelProblem): HTMLElement {
  const text = why === undefined ? what : `${what}: ${why}`;
  const children = [element('p', { className: 'what', text: `${text}.` })];
  if (remedy !== undefined) children.push(element('p', { className: 'remedy', text: remedy }));
  return element('div', { className: 'problem' }, ...children);
}

function stateName(connection: PanelConnection): string {
  return connection.kind === 'disconnected' && connection.problem ? 'failed' : connection.kind;
}

function headline(connection: PanelConnection): string {
  switch (connection.kind) {
    case 'disconnected':
      if (connection.profile === undefined) return l10n.t('Not connected');
      return connection.problem
        ? l10n.t('Not connected to {0}', connection.profile)
        : l10n.t('Disconnected from {0}', connection.profile);
    case 'connecting':
      return l10n.t('Connecting to {0}…', connection.profile);
    case 'connected':
      return l10n.t('Connected to {0}', connection.profile);
    case 'reconnecting': {
      const { profile, attempt, nextTryAt } = connection;
      if (nextTryAt === undefined)
        return l10n.t('Reconnecting to {0} — attempt {1}, trying', profile, attempt);
      const seconds = Math.max(0, Math.ceil((nextTryAt - Date.now()) / 1000));
      return l10n.t('Reconnecting to {0} — attempt {1}, next try in {2} s', profile, attempt, seconds);
    }
  }
}

function securityText(security: 'plain' | 'verified' | 'unverified'): string {
  switch (security) {
    case 'plain':
      return l10n.t('not encrypted');
    case 'verified':
      return 'TLS';
    case 'unverified':
      return l10n.t('TLS, unsafe: the certificate was not verified');
  }
}

function details(connection: PanelConnection): Node[] {
  switch (connection.kind) {
    case 'connecting':
      return [];
    case 'disconnected':
    case 'reconnecting':
      return connection.problem ? [problemElement(connection.problem)] : [];
    case 'connected': {
      const { server, url, version, cluster, security, roundTrip, lameDuck } = connection;
      const facts: (readonly [string, string])[] = [
        [l10n.t('Server'), server],
        ...(server === url ? [] : [[l10n.t('Address'), url.replace(/^.*:\/\//, '')] as const]),
        [l10n.t('Version'), `nats-server ${version}`],
        ...(cluster === undefined ? [] : [[l10n.t('Cluster'), cluster] as const]),
        [l10n.t('Security'), securityText(security)],
        [l10n.t('Round trip'), roundTrip],
      ];
      const list = element('dl', { className: 'facts' });
      for (const [name, value] of facts)
        list.append(element('dt', { text: name }), element('dd', { text: value }));
      if (!lameDuck) return [list];
      return [list, problemElement({ what: l10n.t('The server is about to shut down') })];
    }
  }
}

function spokenSentence(connection: PanelConnection): string {
  switch (connection.kind) {
    case 'disconnected':
    case 'reconnecting': {
      const start =
        connection.kind === 'reconnecting'
          ? l10n.t('Reconnecting to {0}', connection.profile)
          : headline(connection);
      const { problem } = connection;
      return problem ? `${start}. ${problem.what}. ${problem.remedy ?? ''}` : start;
    }
    default:
      return headline(connection);
  }
}
