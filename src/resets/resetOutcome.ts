import type { SystemMessage } from '../res/systemMessage';
import * as l10n from '../util/l10n';
import { problemText } from '../util/problem';
import type { Observation, RequestOutcome } from './observe/observation';
import type { ResetRecord } from './resetRecord';

/** What the reset commands return to keybindings, tasks and other extensions. */
export interface ResetOutcome {
  /**
   * `published`: the NATS server confirmed it and raised no permission error. It says nothing about Resgate. `rejected`: the server
   * denied it; or it was refused before anything was sent, and `message` is empty.
   */
  readonly state: 'published' | 'rejected' | 'failed' | 'cancelled';
  /** What was sent, or was to be sent. */
  readonly message: SystemMessage;
  readonly reason?: string;
  readonly connection?: string;
  readonly server?: string;
  /** The names that a gateway was seen to fetch again with success; absent where that was not observed. */
  readonly refetched?: readonly string[];
  /** The names for which a gateway was seen to ask for access again and got an answer; absent where not observed. */
  readonly reaccessed?: readonly string[];
}

/** The outcome of a settled reset. */
export function outcomeOf({ state, message, connection }: ResetRecord): ResetOutcome {
  const common = { message, ...(connection !== undefined && { connection }) };
  switch (state.kind) {
    case 'published':
      return { state: 'published', ...common, server: state.server, ...observedNames(state.observation) };
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
    case 'received':
    case 'requested':
    case 'sending':
      return { state: 'failed', ...common, reason: l10n.t('The reset is still in progress.') };
  }
}

function observedNames(observation: Observation | undefined): Pick<ResetOutcome, 'refetched' | 'reaccessed'> {
  if (observation?.answers !== 'watched' || observation.state === 'denied') return {};
  const names = (...outcomes: RequestOutcome['kind'][]): readonly string[] => {
    const found = observation.requests.filter(({ outcome }) => outcomes.includes(outcome.kind));
    return [...new Set(found.map(({ name }) => name))].sort();
  };
  const refetched = names('answered', 'notFound');
  const reaccessed = names('granted', 'refused');
  // An empty list says that there were none; where some may have passed unseen, it would say too much.
  const isWhole = observation.state === 'complete' && !observation.unsure;
  return {
    ...((isWhole || refetched.length > 0) && { refetched }),
    ...((isWhole || reaccessed.length > 0) && { reaccessed }),
  };
}

/** The outcome of a reset that a person called off. */
export function cancelled(message: SystemMessage = {}): ResetOutcome {
  return { state: 'cancelled', message };
}
