import type { ResetMessage } from '../res/resetMessage';
import type { AutomaticResets, Passed } from './gate';
import { followRestart, type FollowPorts, type RestartEnd, type Sign } from './followRestart';
import type { RunningService } from './runningService';

/** What the resets after a restart need. */
export interface RestartResetsParts {
  readonly gate: Pick<AutomaticResets, 'pass' | 'closedBy'>;
  /** What resets all that a service owns; none where the code defines no such service. */
  readonly ownedBy: (service: string) => ResetMessage | undefined;
  /** Whether the open connection is protected: then nothing is sent on it, not even a question. */
  readonly isProtected: () => boolean;
  readonly portsFor: (service: string) => FollowPorts;
  readonly onEnd: (service: string, end: RestartEnd) => void;
  readonly onPassed: (service: string, message: ResetMessage, passed: Passed, connection?: string) => void;
}

/** Resets what a service owns once it answers again after a sign that it restarted. */
export class RestartResets {
  readonly #parts: RestartResetsParts;
  readonly #following = new Map<string, AbortController>();

  constructor(parts: RestartResetsParts) {
    this.#parts = parts;
  }

  /** Takes note of a sign; a newer one makes an older one void, but for a hint, which may mean nothing. */
  async sign(sign: Sign, { service, connection }: RunningService): Promise<void> {
    const { gate, ownedBy, isProtected, portsFor, onEnd, onPassed } = this.#parts;
    const message = ownedBy(service);
    if (!message || gate.closedBy === 'off' || gate.closedBy === 'untrusted') return;
    if (sign === 'hint' && this.#following.has(service)) return;
    const pass = async (): Promise<void> => {
      const reset = { message, origin: 'restart' as const, ...(connection !== undefined && { connection }) };
      onPassed(service, message, await gate.pass(reset), connection);
    };
    if (gate.closedBy !== undefined || isProtected()) {
      if (sign === 'start') await pass();
      return;
    }
    this.#following.get(service)?.abort();
    const abort = new AbortController();
    this.#following.set(service, abort);
    const end = await followRestart(sign, message, portsFor(service), abort.signal);
    if (this.#following.get(service) === abort) this.#following.delete(service);
    if (abort.signal.aborted) return;
    onEnd(service, end);
    if (end.kind === 'answers') await pass();
  }

  /** Follows nothing any more. */
  stop(): void {
    for (const abort of this.#following.values()) abort.abort();
    this.#following.clear();
  }
}
