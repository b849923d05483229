import { problemText } from '../util/problem';
import { observationSummary } from './observationText';
import type { Origin, ResetRecord, ResetState } from './resetRecord';

/** The state in a word or two. */
export function stateWord(state: ResetState): string {
  switch (state.kind) {
    case 'requested':
      return 'requested';
    case 'sending':
      return 'sending…';
    case 'published':
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
  const { message, connection, origin, time, state } = record;
  const observation = state.kind === 'published' ? state.observation : undefined;
  return [
    { label: stateWord(state), value: stateText(state) },
    ...(observation ? [{ label: gatewaysLabel, value: observationSummary(observation) }] : []),
    ...(message.resources ? [{ label: 'resources', value: message.resources.join(', ') }] : []),
    ...(message.access ? [{ label: 'access', value: message.access.join(', ') }] : []),
    ...(connection === undefined ? [] : [{ label: 'connection', value: connection }]),
    { label: 'origin', value: originText(origin) },
    { label: 'time', value: formatTime(time) },
  ];
}
