import type { AskingBus } from '../resets/bus';
import type { ResetMessage } from '../res/resetMessage';
import type { Disposable } from '../util/disposable';
import type { AutomaticResets, Passed } from './gate';
import { followRestart, type FollowPorts, type RestartEnd, type Sign } from './followRestart';
import type { RunningService } from './runningService';

/** What the resets after a restart need. */
interface RestartResetsParts {
  readonly gate: Pick<AutomaticResets, 'pass' | 'closedFor'>;
  readonly openBus: () => AskingBus | undefined;
  /** What resets all that a service owns; none where the code defines no such service. */
  readonly ownedBy: (service: string) => ResetMessage | undefined;
  /** Disposed of when nothing is followed by them any more. */
  readonly portsFor: (service: string, bus: AskingBus) => FollowPorts & Disposable;
  readonly onEnd: (service: string, end: RestartEnd, bus: AskingBus) => void;
  readonly onPassed: (message: ResetMessage, passed: Passed, connection?: string) => void;
}

/** Resets what a service owns once it answers again after a sign that it restarted, on the connection that was open then. */
export class RestartResets {
  readonly #parts: RestartResetsParts;
  readonly #following = new Map<string, { readonly bus: AskingBus; readonly abort: AbortController }>();

  constructor(parts: RestartResetsParts) {
    this.#parts = parts;
  }

  /** Takes note of a sign; a newer one makes an older one void, but for a hint, which may mean nothing. */
  async sign(sign: Sign, { service, connection }: RunningService): Promise<void> {
    const { gate, openBus, ownedBy, onPassed } = this.#parts;
    const message = ownedBy(service);
    const bus = openBus();
    const reset = { bus, ...(connection !== undefined && { connection }) };
    const closed = gate.closedFor(reset);
    if (!message || closed === 'off' || closed === 'untrusted') return;
    if (sign === 'hint' && this.#following.has(service)) return;
    const pass = async (): Promise<void> => {
      onPassed(message, await gate.pass({ ...reset, message, origin: 'restart' }), connection);
    };
    // Nothing is asked where nothing may be sent: the gate then offers the reset, or says why not.
    if (closed !== undefined || !bus || bus.isProtected) {
      if (sign === 'start') await pass();
    } else if ((await this.#follow(sign, service, message, bus)) === 'answers') await pass();
  }

  /** Makes void what is followed on another connection than this one. */
  keepTo(bus: AskingBus | undefined): void {
    for (const [service, following] of this.#following) {
      if (following.bus === bus) continue;
      following.abort.abort();
      this.#following.delete(service);
    }
  }

  /** Follows nothing any more. */
  stop(): void {
    this.keepTo(undefined);
  }

  async #follow(
    sign: Sign,
    service: string,
    message: ResetMessage,
    bus: AskingBus,
  ): Promise<RestartEnd['kind'] | undefined> {
    this.#following.get(service)?.abort.abort();
    const abort = new AbortController();
    const following = { bus, abort };
    this.#following.set(service, following);
    const ports = this.#parts.portsFor(service, bus);
    const end = await followRestart(sign, message, ports, abort.signal);
    ports.dispose();
    if (this.#following.get(service) === following) this.#following.delete(service);
    if (abort.signal.aborted) return undefined;
    this.#parts.onEnd(service, end, bus);
    return end.kind;
  }
}
