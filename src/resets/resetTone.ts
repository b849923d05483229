import type { Tone } from '../util/tone';
import { toneOfObservation } from './observe/outcomes';
import type { ResetState } from './resetRecord';

/** How a reset ended, for its colour: as bad as the worst that was seen. */
export function toneOfState(state: ResetState): Tone {
  switch (state.kind) {
    case 'requested':
    case 'sending':
      return 'pending';
    case 'rejected':
    case 'failed':
      return 'bad';
    case 'published':
    case 'received':
      return state.observation ? toneOfObservation(state.observation) : 'unknown';
  }
}

/** The product icon of a reset: one that did not arrive has another than one that did not go well everywhere. */
export function iconOfState(state: ResetState): string {
  switch (state.kind) {
    case 'rejected':
      return 'circle-slash';
    case 'failed':
      return 'error';
    case 'received':
      return 'radio-tower';
    case 'requested':
    case 'sending':
    case 'published':
      return icons[toneOfState(state)];
  }
}

const icons: Readonly<Record<Tone, string>> = {
  good: 'check',
  warning: 'warning',
  bad: 'warning',
  pending: 'sync~spin',
  unknown: 'circle-outline',
};
