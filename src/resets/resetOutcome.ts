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
  /** The names of which a service was seen to answer a gateway's `get` with the resource; absent where that is not known. */
  readonly refetched?: readonly string[];
  /** The names of which access was seen to be granted or refused again; absent where that is not known. */
  readonly reaccessed?: readonly string[];
  /**
   * Of which lists names may be missing, because requests were only counted, or not seen, or not to their end. What is in a list
   * holds all the same. A list that is there and not named here has all names.
   */
  readonly incomplete?: readonly ObservedList[];
  /** How many more requests were answered as those of a list, and only counted: of one name there can be several. Absent for none. */
  readonly notListed?: { readonly [List in ObservedList]?: number };
}

/** A list of the names that requests of gateways were about. */
type ObservedList = 'refetched' | 'reaccessed';

/** What of an observation is in which list. */
const lists = {
  refetched: { kind: 'get', outcomes: ['answered'], asked: 'resources' },
  reaccessed: { kind: 'access', outcomes: ['granted', 'refused'], asked: 'access' },
} as const satisfies Record<ObservedList, object>;

/** The outcome of a settled reset. */
export function outcomeOf({ state, message, connection }: ResetRecord): ResetOutcome {
  const common = { message, ...(connection !== undefined && { connection }) };
  switch (state.kind) {
    case 'published':
      return {
        state: 'published',
        ...common,
        server: state.server,
        ...observedNames(state.observation, message),
      };
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
  message: SystemMessage,
): Pick<ResetOutcome, ObservedList | 'incomplete' | 'notListed'> {
  if (observation?.answers !== 'watched' || observation.state === 'denied') return {};
  const refetched = listOf(observation, message, 'refetched');
  const reaccessed = listOf(observation, message, 'reaccessed');
  const both = { refetched, reaccessed };
  const incomplete = (['refetched', 'reaccessed'] as const).filter((list) => both[list].isIncomplete);
  const notListed = {
    ...(refetched.notListed > 0 && { refetched: refetched.notListed }),
    ...(reaccessed.notListed > 0 && { reaccessed: reaccessed.notListed }),
  };
  return {
    ...(refetched.names && { refetched: refetched.names }),
    ...(reaccessed.names && { reaccessed: reaccessed.names }),
    ...(incomplete.length > 0 && { incomplete }),
    ...(Object.keys(notListed).length > 0 && { notListed }),
  };
}

/** The names in a list, how many requests more are known by their number only, and whether names may be missing. */
function listOf(
  { state, counts, unsure, other, requests }: Observation,
  message: SystemMessage,
  list: ObservedList,
): { readonly names?: readonly string[]; readonly notListed: number; readonly isIncomplete: boolean } {
  const { kind, outcomes, asked } = lists[list];
  const isOfList = (outcome: RequestOutcome['kind']): boolean => outcomes.some((one) => one === outcome);
  const listed = requests.filter((one) => one.kind === kind && isOfList(one.outcome.kind));
  const counted = outcomes.reduce((sum, outcome) => sum + (counts[kind][outcome] ?? 0), 0);
  const notListed = Math.max(0, counted - listed.length);
  const names = [...new Set(listed.map(({ name }) => name))].sort();
  const sawAll =
    state === 'complete' && other === 0 && unsure?.[kind] === undefined && counts[kind].unseen === undefined;
  // An empty list says that there were none; where some may have passed unseen, it would say too much.
  const areNone = counted === 0 && sawAll;
  return {
    ...((names.length > 0 || areNone) && { names }),
    notListed,
    isIncomplete: notListed > 0 || (!sawAll && asked in message),
  };
}

/** The outcome of a reset that a person called off. */
export function cancelled(message: SystemMessage = {}): ResetOutcome {
  return { state: 'cancelled', message };
}
