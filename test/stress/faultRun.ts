import { setTimeout as pause } from 'node:timers/promises';
import type { ResetRecord } from '../../src/resets/resetRecord';
import { observationSummary } from '../../src/resets/observe/observationText';
import { stateText } from '../../src/resets/resetText';
import type { Logger } from '../../src/util/logger';
import { silentLogger } from '../host/silentLogger';
import { waiters } from '../host/waiters';
import { seeded } from '../bench/random';
import { carryOut } from './faults';
import { type FaultWorld, requestTimeout, startFaultWorld } from './faultWorld';
import { judge } from './judge';
import { type Denial, plannedFaults, type PlannedReset, plannedReset, type Step } from './plan';
import { byKey, keyOf, openHistory, type WindowOptions } from './productWindow';
import { endOf, type Offence, type RunResult } from './runResult';
import { Timeline } from './timeline';

export interface FaultRunOptions extends Pick<WindowOptions, 'timings'> {
  readonly seed: number;
  readonly resets: number;
  /** How many are under way at once. */
  readonly parallel?: number;
}

/** How long a reset may stay open once all is well. */
const settleMs = 30_000;
/** So many resets' resources are made known to the gateway at once. */
const portion = 100;

/** Sends resets while everything between the product and the bus goes wrong, and holds what is told against the bus. */
export async function runFaults(options: FaultRunOptions): Promise<RunResult> {
  const timeline = new Timeline();
  const logger: Logger = {
    ...silentLogger,
    info: (text) => {
      timeline.note(text);
    },
  };
  const world = await startFaultWorld(logger, options);
  try {
    const run = new FaultRun(world, options, timeline);
    await run.sendAll();
    return await run.judgeAll();
  } finally {
    await world.stop();
  }
}

class FaultRun {
  readonly #world: FaultWorld;
  readonly #options: FaultRunOptions;
  readonly #timeline: Timeline;
  readonly #resets: PlannedReset[] = [];
  readonly #last = new Map<string, ResetRecord>();
  readonly #times = new Map<string, { readonly from: number; to: number }>();
  readonly #denials: { readonly denied: Denial; readonly from: number; to: number }[] = [];
  readonly #counts = new Map<string, number>();
  readonly #steps = { requested: 0, sending: 0, published: 0 };
  readonly #changes = waiters();
  #isSending = true;

  constructor(world: FaultWorld, options: FaultRunOptions, timeline: Timeline) {
    this.#world = world;
    this.#options = options;
    this.#timeline = timeline;
    world.product.resets.onDidChange((record) => {
      this.#take(record);
    });
  }

  /** Sends all resets, the faults going on beside it, and waits for their ends. */
  async sendAll(): Promise<void> {
    const random = seeded(this.#options.seed);
    for (let number = 1; number <= this.#options.resets; number++)
      this.#resets.push(plannedReset(random, number));
    const faults = this.#faults();
    const under = new Set<Promise<unknown>>();
    for (const [index, reset] of this.#resets.entries()) {
      if (index % portion === 0) await this.#cache(this.#resets.slice(index, index + portion));
      const sending = this.#world.product.send(reset.message).finally(() => under.delete(sending));
      under.add(sending);
      if (under.size >= (this.#options.parallel ?? 8)) await Promise.race(under);
    }
    this.#isSending = false;
    this.#changes.wake();
    await faults;
    await Promise.race([Promise.all(under), pause(settleMs, undefined, { ref: false })]);
    await this.#world.product.history.stored();
  }

  /** Holds what was told, here and to a window that opens now, against what is known. */
  async judgeAll(): Promise<RunResult> {
    const { witness, server, folder } = this.#world;
    await witness.catchUp();
    const received = server.received();
    const history = openHistory(folder);
    await history.load();
    const kept = byKey(history.records());
    const offences = this.#resets.flatMap(({ key }): Offence[] => {
      const sighting = witness.seen(key);
      const { accepted = 0, denied = 0 } = received.get(key) ?? {};
      const { from, to } = this.#times.get(key) ?? { from: 0, to: 0 };
      const wasSlow = witness.wasSlow(from, to);
      if (wasSlow) this.#count('while the bus itself was slow');
      const truth = { accepted, denied, sighting, denials: this.#denialsOf(key), wasSlow, requestTimeout };
      const findings = judge({ last: this.#last.get(key), kept: kept.get(key) ?? [] }, truth);
      return findings.length === 0 ? [] : [{ key, findings, timeline: this.#timeline.of(key, sighting) }];
    });
    for (const record of this.#last.values()) this.#count(endOf(record));
    return { offences, counts: Object.fromEntries([...this.#counts].sort()) };
  }

  /** Lets a client hold what the resets are to find in the gateway's cache. */
  async #cache(resets: readonly PlannedReset[]): Promise<void> {
    await Promise.all(resets.flatMap(({ cached }) => cached.map((name) => this.#world.client.watch(name))));
  }

  async #faults(): Promise<void> {
    for (const { fault, step, count, afterMs } of plannedFaults(seeded(this.#options.seed + 1))) {
      await this.#stepped(step, count);
      if (!this.#isSending) return;
      await pause(afterMs);
      this.#count(`fault: ${fault.kind}`);
      this.#timeline.note(`fault: ${JSON.stringify(fault)}`);
      await carryOut(fault, {
        ...this.#world,
        onDenial: (denied) => {
          const now = performance.now();
          if (denied !== undefined) this.#denials.push({ denied, from: now, to: Infinity });
          else for (const denial of this.#denials) denial.to = Math.min(denial.to, now);
        },
      });
      this.#timeline.note(`fault over: ${fault.kind}`);
    }
  }

  /** Resolves when resets have come to a step so often more, or no more are sent. */
  #stepped(step: Step, count: number): Promise<unknown> {
    if (step === 'asked')
      return Promise.race([this.#world.witness.asked(count), this.#stepped('requested', 1000)]);
    const due = this.#steps[step] + count;
    const isDue = (): boolean => !this.#isSending || this.#steps[step] >= due;
    return this.#changes.until(isDue, () => `${count} × ${step}`, 600_000);
  }

  #take(record: ResetRecord): void {
    const key = keyOf(record);
    const { kind } = record.state;
    const now = performance.now();
    const times = this.#times.get(key) ?? { from: now, to: now };
    times.to = now;
    this.#times.set(key, times);
    this.#last.set(key, record);
    this.#timeline.note(`told: ${described(record)}`, key);
    if (kind === 'requested' || kind === 'sending' || kind === 'published') this.#steps[kind]++;
    this.#changes.wake();
  }

  #denialsOf(key: string): Set<Denial> {
    const times = this.#times.get(key) ?? { from: 0, to: 0 };
    const during = this.#denials.filter(({ from, to }) => from < times.to && to > times.from);
    return new Set(during.map(({ denied }) => denied));
  }

  #count(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }
}

function described({ state }: ResetRecord): string {
  const observation = state.kind === 'published' ? state.observation : undefined;
  return `${state.kind}. ${observation ? observationSummary(observation) : stateText(state)}`;
}
