import { setMaxListeners } from 'node:events';
import * as l10n from '../../util/l10n';
import type { Result } from '../../util/problem';
import { waitFor } from '../../util/wait';
import type { Access } from './access';
import { isFinal, type ConnectionProblem } from '../connectionProblem';
import { problemOfAll } from './connectTargets';
import type { Dial, Target } from './dial';
import type { Link } from './link';
import { formatServer } from '../profile/servers';
import { settled } from '../settled';
import type { Timings } from '../timings';

/** So many servers are dialed at once at most. Those that the cluster named leave room for the profile's own. */
const maxAtOnce = 8;
const maxPeersAtOnce = 4;

interface Attempt {
  readonly isPeer: boolean;
  readonly settled: Promise<void>;
}

/**
 * Dials several servers so that one that does not answer holds nobody up: the next is dialed a moment later, while the
 * first is still being tried. The first link wins; everything else is given up.
 */
export class LinkRace {
  readonly #dial: Dial;
  readonly #timings: Pick<Timings, 'staggerMs' | 'roundMs'>;
  readonly #over = new AbortController();
  readonly #underWay = new Map<string, Attempt>();
  /** What came of the last attempt at each server. */
  readonly #problems = new Map<string, ConnectionProblem>();
  /** The servers in the order in which they were last dialed. */
  readonly #dialed = new Set<string>();
  #link: Link | undefined;

  constructor(dial: Dial, timings: Pick<Timings, 'staggerMs' | 'roundMs'>) {
    this.#dial = dial;
    this.#timings = timings;
    setMaxListeners(0, this.#over.signal);
  }

  /** The link that won. */
  get link(): Link | undefined {
    return this.#link;
  }

  get isOver(): boolean {
    return this.signal.aborted;
  }

  /** Comes when there is a winner, or the race was stopped. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** Gives up what is under way. */
  stop(): void {
    this.#over.abort();
  }

  /**
   * Dials all targets that are not being dialed already, the profile's own first. It is over when all have failed, or,
   * unless it is the only round, when those that have not failed take too long: they stay under way. Tells what is
   * known by then of why there is no link.
   */
  async round(
    targets: readonly Target[],
    access: Access,
    { isOnly }: { readonly isOnly: boolean },
  ): Promise<ConnectionProblem | undefined> {
    const round = new AbortController();
    const all = this.#dialAll(targets, access, round.signal).then(() =>
      Promise.all([...this.#underWay.values()].map((attempt) => attempt.settled)),
    );
    await waitFor(all, isOnly ? Infinity : this.#timings.roundMs, this.signal);
    // Where one can't be used whatever is tried, the others decide: none of them is dialed again before that is known.
    if (targets.some((target) => this.#isUseless(target))) await waitFor(all, Infinity, this.signal);
    round.abort();
    if (this.isOver) return undefined;
    return problemOfAll(
      targets.flatMap((target) => {
        const problem = this.#problems.get(formatServer(target));
        return problem ? [{ target, problem }] : [];
      }),
    );
  }

  async #dialAll(targets: readonly Target[], access: Access, round: AbortSignal): Promise<void> {
    for (const target of this.#inOrder(targets)) {
      if (this.#underWay.has(formatServer(target)) || this.#isUseless(target)) continue;
      while (!this.#hasRoom(target) && !this.isOver && !round.aborted)
        await waitFor(
          Promise.race([...this.#underWay.values()].map((attempt) => attempt.settled)),
          Infinity,
          round,
        );
      if (this.isOver || round.aborted) return;
      const attempt = this.#start(target, access);
      await waitFor(attempt.settled, this.#timings.staggerMs, this.signal);
    }
  }

  /** Peers that have waited longest go first, so that the silent ones among many do not keep the others out. */
  #inOrder(targets: readonly Target[]): Target[] {
    const dialed = [...this.#dialed];
    const turn = (target: Target): number =>
      target.isPeer === true ? dialed.indexOf(formatServer(target)) : -2;
    return [...targets].sort((a, b) => turn(a) - turn(b));
  }

  #hasRoom({ isPeer = false }: Target): boolean {
    const underWay = [...this.#underWay.values()];
    if (underWay.length >= maxAtOnce) return false;
    return !isPeer || underWay.filter((attempt) => attempt.isPeer).length < maxPeersAtOnce;
  }

  #isUseless(target: Target): boolean {
    const problem = this.#problems.get(formatServer(target));
    return problem !== undefined && isFinal(problem);
  }

  #start(target: Target, access: Access): Attempt {
    const name = formatServer(target);
    this.#dialed.delete(name);
    this.#dialed.add(name);
    const dialing = settled(() => this.#dial(target, access, this.signal));
    const done = dialing.then((result) => {
      this.#underWay.delete(name);
      this.#take(name, result);
    });
    const attempt = { isPeer: target.isPeer === true, settled: done };
    this.#underWay.set(name, attempt);
    return attempt;
  }

  #take(name: string, result: Result<Link, ConnectionProblem>): void {
    if (!result.ok) {
      this.#problems.set(name, result.problem);
    } else if (this.isOver) {
      result.value.close();
    } else {
      this.#link = result.value;
      this.#over.abort();
    }
  }
}

/** The first link to one of the servers; or why there is none, once all have failed. */
export async function firstLink(
  targets: readonly Target[],
  access: Access,
  dial: Dial,
  timings: Pick<Timings, 'staggerMs' | 'roundMs'>,
): Promise<Result<Link, ConnectionProblem>> {
  const race = new LinkRace(dial, timings);
  const problem = await race.round(targets, access, { isOnly: true });
  if (race.link) return { ok: true, value: race.link };
  return { ok: false, problem: problem ?? { kind: 'other', what: l10n.msg('No server was tried') } };
}
