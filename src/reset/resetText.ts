import { isTokenReset, type SystemMessage } from '../res/systemMessage';
import { problemText } from '../util/problem';
import { observationSummary } from './observationText';
import { observationOf, type Origin, type ResetRecord, type ResetState } from './resetRecord';

/** The state in a word or two. */
export function stateWord(state: ResetState): string {
  switch (state.kind) {
    case 'requested':
      return 'requested';
    case 'sending':
      return 'sending…';
    case 'published':
    case 'received':
    case 'rejected':
    case 'failed':
      return state.kind;
  }
}

/** What is known of the state, in full sentences. */
export function stateText(state: ResetState): string {
  switch (state.kind) {
    case 'requested':
      return 'Asked for, not handed to the connection yet.';
    case 'sending':
      return 'Handed to the connection; the server has not confirmed it yet.';
    case 'published':
      return `Confirmed by the NATS server ${state.server}.`;
    case 'received':
      return 'Published by somebody else, and seen on the bus.';
    case 'rejected':
    case 'failed':
      return problemText(state.problem);
  }
}

/** Where a reset came from, for a person. */
export function originText(origin: Origin): string {
  const texts: Record<Origin, string> = {
    command: 'command',
    codeLens: 'code lens',
    history: 'history',
    resources: 'resources view',
    api: 'keybinding, task or extension',
    received: 'somebody else',
  };
  return texts[origin];
}

/** One detail of a reset. */
export interface Detail {
  readonly label: string;
  readonly value: string;
}

/** The label of the detail that tells what the gateways did. */
export const gatewaysLabel = 'gateways';

/** All that is known of a reset, in the order of reading. */
export function detailsOf(record: ResetRecord, formatTime: (time: number) => string): Detail[] {
  const { message, leftOut = 0, connection, origin, time, state } = record;
  const observation = observationOf(state);
  return [
    { label: stateWord(state), value: stateText(state) },
    ...(observation ? [{ label: gatewaysLabel, value: observationSummary(observation) }] : []),
    ...messageDetails(message),
    ...(leftOut === 0 ? [] : [{ label: 'not kept', value: leftOutText(leftOut) }]),
    ...(connection === undefined ? [] : [{ label: 'connection', value: connection }]),
    { label: 'origin', value: originText(origin) },
    { label: 'time', value: formatTime(time) },
  ];
}

/** What it means that something of a message was not kept. */
export function leftOutText(count: number): string {
  return `The message was too long to be kept whole: ${count} more of its patterns or token ids are not known here.`;
}

function messageDetails(message: SystemMessage): Detail[] {
  if (isTokenReset(message)) {
    return [
      { label: 'tokens', value: message.tids.join(', ') },
      { label: 'auth request', value: message.subject },
    ];
  }
  const { resources, access } = message;
  return [
    ...(resources ? [{ label: 'resources', value: resources.join(', ') }] : []),
    ...(access ? [{ label: 'access', value: access.join(', ') }] : []),
  ];
}
