import { covers } from '../res/pattern';
import type { ResetMessage } from '../res/resetMessage';
import type { HeardReset } from './heardResets';

/** How long after its first answer a service has time to send a reset itself, in milliseconds. */
export const settleMs = 2000;
/** How long a restart that shows on the bus alone is looked for after a file was saved. */
const hintMs = 5000;
/** Between two looks for it: a small program is back within a few of these. */
const glanceMs = 100;
const maxMs = 600_000;

/** What made one look. `hint`: a file was saved while a program runs that may watch its files; it alone means nothing. */
export type Sign = 'start' | 'end' | 'hint';

/** What was found out after a sign. */
export type RestartEnd =
  /** It answers, and has sent no reset that covers what it serves. `wasSilent`: it had not answered before, after the sign. */
  | { readonly kind: 'answers'; readonly wasSilent: boolean }
  /** A reset of another client, most likely its own, has covered what it serves since it is back. */
  | { readonly kind: 'resetItself'; readonly reset: HeardReset }
  /** It is not known what to ask it. */
  | { readonly kind: 'unaskable' }
  /** It did not restart as far as can be seen, or did not answer for long, or a newer sign came. */
  | { readonly kind: 'nothing' };

/**
 * Whether the service answered a question. `unaskable`: no question for it is known; `unlinked`: the link was lost, which
 * says nothing about the service.
 */
export type Answer = boolean | 'unaskable' | 'unlinked';

/** What following a service needs. */
export interface FollowPorts {
  /** Whether it answers now. */
  readonly ask: () => Promise<Answer>;
  /** The resets of others on the bus since a time of `now`. */
  readonly heard: (since: number) => readonly HeardReset[];
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** In milliseconds. */
  readonly now: () => number;
}

/** Follows a service from a sign that it restarts until it answers, and has had time to reset itself. */
export async function followRestart(
  sign: Sign,
  owned: ResetMessage,
  { ask, heard, pause, now }: FollowPorts,
  signal: AbortSignal,
): Promise<RestartEnd> {
  const start = now();
  let answeredAt: number | undefined;
  let wasSilent = false;
  let since = start;
  for (;;) {
    const askedAt = now();
    const answer = await ask();
    if (isOver(signal)) return { kind: 'nothing' };
    if (answer === 'unaskable') return { kind: 'unaskable' };
    if (answer === true) answeredAt ??= now();
    else {
      // Earlier answers came from the old process, and earlier resets were too early.
      answeredAt = undefined;
      since = askedAt;
      wasSilent ||= answer === false;
    }
    const elapsed = now() - start;
    if (sign === 'hint' && !wasSilent) {
      if (elapsed >= hintMs) return { kind: 'nothing' };
    } else if (answeredAt !== undefined && now() - answeredAt >= settleMs) {
      const reset = coveringReset(heard(since), owned);
      return reset ? { kind: 'resetItself', reset } : { kind: 'answers', wasSilent };
    }
    if (elapsed >= maxMs) return { kind: 'nothing' };
    const isLookingForSilence = sign === 'hint' && !wasSilent;
    await pause(isLookingForSilence ? glanceMs : pauseAfter(elapsed, answeredAt !== undefined), signal);
    if (isOver(signal)) return { kind: 'nothing' };
  }
}

/** The first of the resets that covers all that is owned. */
export function coveringReset(heard: readonly HeardReset[], owned: ResetMessage): HeardReset | undefined {
  return heard.find(({ message: wide }) =>
    (['resources', 'access'] as const).every((list) =>
      (owned[list] ?? []).every((narrow) => (wide[list] ?? []).some((one) => covers(one, narrow))),
    ),
  );
}

function pauseAfter(elapsed: number, answers: boolean): number {
  if (answers || elapsed < 10_000) return 250;
  return elapsed < 60_000 ? 1000 : 5000;
}

/** A question of its own, because it changes while something else is awaited. */
function isOver({ aborted }: AbortSignal): boolean {
  return aborted;
}
