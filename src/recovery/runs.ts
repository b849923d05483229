import type { Sign } from './followRestart';
import type { RunningService } from './runningService';

/** What runs now, and which services it is. */
export class Runs {
  readonly #running = new Map<object, readonly RunningService[]>();

  /** The services that are running: a saved file may make their programs restart. */
  get services(): readonly RunningService[] {
    return [...this.#running.values()].flat();
  }

  /**
   * Takes note of a sign of a run, whose key is the same for all its signs; returns the services that it is about. `find` looks
   * for them; it is left out while restarts are of no interest, and an end is noted then too.
   */
  sign(sign: Sign, key: object, find?: () => readonly RunningService[]): readonly RunningService[] {
    const known = this.#running.get(key);
    if (sign === 'end') this.#running.delete(key);
    const services = known ?? find?.() ?? [];
    if (!find) return [];
    if (sign !== 'end' && services.length > 0) this.#running.set(key, services);
    return services;
  }
}
