import { buildResetMessage, type ResetMessage, type ResetRequest } from '../res/resetMessage';
import { serviceOf } from '../res/pattern';
import { isTokenReset } from '../res/systemMessage';
import { countRequests } from '../resets/observe/expectation';
import { shortOutcome } from '../resets/observe/observationText';
import type { Observation } from '../resets/observe/observation';
import type { ResetRecord } from '../resets/resetRecord';
import { stateText } from '../resets/resetText';
import * as l10n from '../util/l10n';
import { problemText, type Problem, type Result } from '../util/problem';

/** The type of the tasks that reset. */
export const resetTaskType = 'res';

/** What a task wants, as it stands in `tasks.json`. */
export interface ResetTask {
  readonly message: ResetMessage;
  readonly connection?: string;
  readonly require: 'published' | 'refetched';
  readonly waitForService: boolean;
}

/** `0`: what was required holds. `1`: it does not. `2`: rejected or failed. `3`: cancelled. */
type ExitCode = 0 | 1 | 2 | 3;

/** How a task ended, and the last that it says. */
export interface TaskEnd {
  readonly code: ExitCode;
  readonly text: string;
}

/** Reads the definition of a task. */
export function readResetTask(definition: Readonly<Record<string, unknown>>): Result<ResetTask> {
  const { resources, access, connection, require = 'published', waitForService = true } = definition;
  // Lists of a wrong type are refused where the message is built.
  const built = buildResetMessage({ resources, access } as ResetRequest);
  if (!built.ok) return built;
  if (connection !== undefined && typeof connection !== 'string')
    return refuse(l10n.msg('“connection” must be a string'));
  if (require !== 'published' && require !== 'refetched')
    return refuse(l10n.msg('“require” must be “published” or “refetched”'));
  if (typeof waitForService !== 'boolean') return refuse(l10n.msg('“waitForService” must be true or false'));
  const message = built.value;
  return {
    ok: true,
    value: { message, require, waitForService, ...(connection !== undefined && { connection }) },
  };
}

function refuse(why: l10n.Text): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: { what: l10n.msg('Nothing was sent'), why } };
}

/** The services that a message is about, as far as it names them. */
export function servicesOf({ resources = [], access = [] }: ResetMessage): string[] {
  return [...new Set([...resources, ...access].flatMap((pattern) => serviceOf(pattern) ?? []))];
}

/** `sent` says what became of a reset that was on its way by then. */
export function cancelledEnd(sent?: string): TaskEnd {
  const text =
    sent === undefined ? l10n.t('Cancelled.') : l10n.t('Cancelled, but the reset was on its way. {0}', sent);
  return { code: 3, text };
}

export function failedEnd(reason: string): TaskEnd {
  return { code: 2, text: reason };
}

/** How a task ends whose reset is settled. */
export function endOf({ state, message }: ResetRecord, require: ResetTask['require']): TaskEnd {
  switch (state.kind) {
    case 'published': {
      const { observation } = state;
      const isAboutResources = !isTokenReset(message) && message.resources !== undefined;
      const said = observation ? `${stateText(state)} ${shortOutcome(observation)}` : stateText(state);
      const missing = require === 'refetched' ? whyNotRefetched(observation, isAboutResources) : undefined;
      if (missing === undefined) return { code: 0, text: said };
      return {
        code: 1,
        text: `${said}\n${l10n.t('“refetched” is required, but does not hold: {0}', missing)}`,
      };
    }
    case 'rejected':
    case 'failed':
      return failedEnd(problemText(state.problem));
    case 'requested':
    case 'sending':
    case 'received':
      return failedEnd(l10n.t('The reset is still in progress.'));
  }
}

/**
 * Why it can't be said that what the gateways keep was fetched again; none if it can. Each request must have been answered:
 * "not found" is an answer too, after which nothing stale is left, and so is a refusal of access. But where resources were to
 * be fetched again, one must have been.
 */
function whyNotRefetched(
  observation: Observation | undefined,
  isAboutResources: boolean,
): string | undefined {
  if (!observation) return l10n.t('resets are not observed (res.verify.enabled).');
  const { state, answers, counts, unsure } = observation;
  if (state === 'denied') return l10n.t('denied: this connection has no permission to observe.');
  if (answers !== 'watched') return l10n.t('answers can’t be seen on this connection.');
  if (state !== 'complete') return l10n.t('the observation stopped early.');
  const { answered = 0, notFound = 0 } = counts.get;
  const { granted = 0, refused = 0 } = counts.access;
  const all = countRequests(observation);
  if (all > answered + notFound + granted + refused)
    return Object.values(unsure ?? {}).some(({ hidden = 0 }) => hidden > 0)
      ? l10n.t('answers can’t be seen on this connection.')
      : l10n.t('not every request of the gateways was answered with success.');
  if (all === 0) return l10n.t('no gateway reacted.');
  if (!isAboutResources || answered > 0) return undefined;
  return notFound > 0
    ? l10n.t('no resource was refetched: all that were requested were not found.')
    : l10n.t('no resource was refetched.');
}
