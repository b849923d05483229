import type { SystemMessage } from '../res/systemMessage';
import * as l10n from '../util/l10n';
import { problemText } from '../util/problem';
import type { Observation, RequestKind, RequestOutcome } from './observe/observation';
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
  /** The names of which a service was seen to answer a gateway's `get` with the resource; absent where that is not known. */
  readonly refetched?: readonly string[];
  /** The names of which access was seen to be granted or refused again; absent where that is not known. */
  readonly reaccessed?: readonly string[];
  /** How many more requests were answered so and only counted, so that names are missing; absent where none are. */
  readonly notListed?: number;
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

function observedNames(
  observation: Observation | undefined,
): Pick<ResetOutcome, 'refetched' | 'reaccessed' | 'notListed'> {
  if (observation?.answers !== 'watched' || observation.state === 'denied') return {};
  const refetched = namesOf(observation, 'get', ['answered']);
  const reaccessed = namesOf(observation, 'access', ['granted', 'refused']);
  const notListed = refetched.notListed + reaccessed.notListed;
  return {
    ...(refetched.names && { refetched: refetched.names }),
    ...(reaccessed.names && { reaccessed: reaccessed.names }),
    ...(notListed > 0 && { notListed }),
  };
}

/** The names that requests with these outcomes were about, and how many of those requests are known by their number only. */
function namesOf(
  { state, counts, unsure, other, requests }: Observation,
  kind: RequestKind,
  outcomes: readonly RequestOutcome['kind'][],
): { readonly names?: readonly string[]; readonly notListed: number } {
  const listed = requests.filter((one) => one.kind === kind && outcomes.includes(one.outcome.kind));
  const counted = outcomes.reduce((sum, outcome) => sum + (counts[kind][outcome] ?? 0), 0);
  const names = [...new Set(listed.map(({ name }) => name))].sort();
  // An empty list says that there were none; where some may have passed unseen, it would say too much.
  const areNone =
    counted === 0 &&
    state === 'complete' &&
    other === 0 &&
    unsure?.[kind] === undefined &&
    counts[kind].unseen === undefined;
  return {
    ...((names.length > 0 || areNone) && { names }),
    notListed: Math.max(0, counted - listed.length),
  };
}

/** The outcome of a reset that a person called off. */
export function cancelled(message: SystemMessage = {}): ResetOutcome {
  return { state: 'cancelled', message };
}
