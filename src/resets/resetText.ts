import { isTokenReset, type SystemMessage } from '../res/systemMessage';
import * as l10n from '../util/l10n';
import { problemText } from '../util/problem';
import { observationSummary } from './observe/observationText';
import { observationOf, type Origin, type ResetRecord, type ResetState } from './resetRecord';

/** The state in a word or two. */
export function stateWord(state: ResetState): string {
  switch (state.kind) {
    case 'requested':
      return l10n.t('requested');
    case 'sending':
      return l10n.t('sending…');
    case 'published':
      return l10n.t('published');
    case 'received':
      return l10n.t('received');
    case 'rejected':
      return l10n.t('rejected');
    case 'failed':
      return l10n.t('failed');
  }
}

/** What is known of the state, in full sentences. */
export function stateText(state: ResetState): string {
  switch (state.kind) {
    case 'requested':
      return l10n.t('Waiting to be sent.');
    case 'sending':
      return l10n.t('Sent; waiting for the server’s confirmation.');
    case 'published':
      return l10n.t('Confirmed by the NATS server {0}.', state.server);
    case 'received':
      return l10n.t('Sent by another client.');
    case 'rejected':
    case 'failed':
      return problemText(state.problem);
  }
}

/** Where a reset came from, for a person. */
export function originText(origin: Origin): string {
  const texts: Record<Origin, string> = {
    command: l10n.t('command'),
    codeLens: l10n.t('code lens'),
    history: l10n.t('history'),
    resources: l10n.t('Resources view'),
    api: l10n.t('keybinding, task or extension'),
    task: l10n.t('task'),
    tool: l10n.t('agent'),
    save: l10n.t('automatic: file saved'),
    restart: l10n.t('automatic: service restarted'),
    reconnect: l10n.t('automatic: NATS came back'),
    received: l10n.t('another client'),
    self: l10n.t('most likely the restarted service itself, so no other reset was sent'),
  };
  return texts[origin];
}

/** One detail of a reset. */
export interface Detail {
  readonly label: string;
  readonly value: string;
}

/** The label of the detail about the gateways. */
export const gatewaysLabel = (): string => l10n.t('gateways');

/** All that is known of a reset, in the order of reading. */
export function detailsOf(record: ResetRecord, formatTime: (time: number) => string): Detail[] {
  const { message, leftOut = 0, connection, origin, time, state } = record;
  const observation = observationOf(state);
  return [
    { label: stateWord(state), value: stateText(state) },
    ...(observation ? [{ label: gatewaysLabel(), value: observationSummary(observation) }] : []),
    ...messageDetails(message),
    ...(leftOut === 0 ? [] : [{ label: l10n.t('not stored'), value: leftOutText(leftOut) }]),
    ...(connection === undefined ? [] : [{ label: l10n.t('connection'), value: connection }]),
    { label: l10n.t('origin'), value: originText(origin) },
    { label: l10n.t('time'), value: formatTime(time) },
  ];
}

/** What it means that something of a message was not kept. */
function leftOutText(count: number): string {
  return count === 1
    ? l10n.t('Message truncated: 1 pattern or token id not stored.')
    : l10n.t('Message truncated: {0} patterns or token ids not stored.', count);
}

function messageDetails(message: SystemMessage): Detail[] {
  if (isTokenReset(message)) {
    return [
      { label: l10n.t('tokens'), value: message.tids.join(', ') },
      { label: l10n.t('auth request'), value: message.subject },
    ];
  }
  const { resources, access } = message;
  return [
    ...(resources ? [{ label: l10n.t('resources'), value: resources.join(', ') }] : []),
    ...(access ? [{ label: l10n.t('access'), value: access.join(', ') }] : []),
  ];
}
