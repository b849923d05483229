import type { ResetMessage } from '../res/resetMessage';
import { problemText } from '../util/problem';
import type { ResetRecord } from './resetRecord';

/** What the reset commands return to keybindings, tasks and other extensions. */
export interface ResetOutcome {
  /** `published`: the NATS server confirmed it and raised no permission error. It says nothing about Resgate. */
  readonly state: 'published' | 'rejected' | 'failed' | 'cancelled';
  /** What was sent, or was to be sent. */
  readonly message: { readonly resources?: readonly string[]; readonly access?: readonly string[] };
  readonly reason?: string;
  readonly connection?: string;
  readonly server?: string;
}

/** The outcome of a settled reset. */
export function outcomeOf({ state, message, connection }: ResetRecord): ResetOutcome {
  const common = { message, ...(connection !== undefined && { connection }) };
  switch (state.kind) {
    case 'published':
      return { state: 'published', ...common, server: state.server };
    case 'rejected':
    case 'failed': {
      const { server } = state;
      return {
        state: state.kind,
        ...common,
        reason: problemText(state.problem),
        ...(server !== undefined && { server }),
      };
    }
    case 'requested':
    case 'sending':
      return { state: 'failed', ...common, reason: 'It is still under way.' };
  }
}

/** The outcome of a reset that a person called off. */
export function cancelled(message: ResetMessage = {}): ResetOutcome {
  return { state: 'cancelled', message };
}
