import { summarizeReset, type ResetMessage } from '../res/resetMessage';
import type { ResetRecord } from '../resets/resetRecord';
import * as l10n from '../util/l10n';
import { pause } from '../util/wait';
import type { Answer } from './followRestart';
import { nothingSentText, type Gone } from './withheld';
import { cancelledEnd, endOf, failedEnd, servicesOf, type ResetTask, type TaskEnd } from './resetTask';

/** How long a task waits for a service, in milliseconds. */
export const maxServiceWaitMs = 30_000;
const askEveryMs = 250;

/** What the task does it with. */
export interface TaskPorts {
  readonly say: (line: string) => void;
  /** Opens the connection. */
  readonly connect: (
    connection: string | undefined,
  ) => Promise<'open' | 'cancelled' | { readonly reason: string }>;
  /** What became of the connection that was opened, where it is not the open one any more. */
  readonly whyGone: () => Gone | undefined;
  /** Whether the service answers now. */
  readonly answers: (service: string) => Promise<Answer>;
  /** Sends; undefined if the person called it off. */
  readonly settle: (message: ResetMessage) => Promise<ResetRecord | undefined>;
  /** In milliseconds. */
  readonly now: () => number;
}

/** Waits for the services, sends, and says how it ended. It always ends with an exit code. */
export async function runResetTask(task: ResetTask, ports: TaskPorts, signal: AbortSignal): Promise<TaskEnd> {
  const { message, connection, require, waitForService } = task;
  const connected = await ports.connect(connection);
  if (isOver(signal) || connected === 'cancelled') return cancelledEnd();
  if (connected !== 'open') return failedEnd(connected.reason);
  const services = waitForService ? servicesOf(message) : [];
  const until = ports.now() + maxServiceWaitMs;
  for (const service of services) {
    const waited = await waitFor(service, until, ports, signal);
    if (waited) return waited;
  }
  ports.say(l10n.t('RES: Resetting {0}…', summarizeReset(message)));
  const record = await ports.settle(message);
  if (!record) return cancelledEnd();
  const end = endOf(record, require);
  return isOver(signal) ? cancelledEnd(end.text) : end;
}

async function waitFor(
  service: string,
  until: number,
  { whyGone, answers, say, now }: TaskPorts,
  signal: AbortSignal,
): Promise<TaskEnd | undefined> {
  say(l10n.t('RES: Waiting until {0} answers (at most {1} s)…', service, maxServiceWaitMs / 1000));
  for (;;) {
    const answer = await answers(service);
    if (isOver(signal)) return cancelledEnd();
    const gone = whyGone();
    if (gone !== undefined) return failedEnd(nothingSentText(gone));
    if (answer === 'unaskable')
      say(l10n.t('RES: Not waiting for {0}: no resource is known that it could be asked for.', service));
    if (answer === true || answer === 'unaskable') return undefined;
    if (now() >= until)
      return failedEnd(
        l10n.t('{0} did not answer within {1} s, so nothing was sent.', service, maxServiceWaitMs / 1000),
      );
    await pause(askEveryMs, signal);
    if (isOver(signal)) return cancelledEnd();
  }
}

/** A question of its own, because it changes while something else is awaited. */
function isOver({ aborted }: AbortSignal): boolean {
  return aborted;
}
