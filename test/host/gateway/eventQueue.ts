import type { ResourceEvent } from './resourceEvent';

/** Why events have to wait: something that the client gets first is being loaded, or its access is being asked for. */
export type HoldUp = 'loading' | 'reaccess';

/** Keeps events in order while something holds them up. */
export class EventQueue {
  readonly #process: (event: ResourceEvent) => void;
  readonly #reaccess: () => void;
  readonly #holdUps = new Set<HoldUp>(['loading']);
  readonly #events: ResourceEvent[] = [];
  #isReaccessDue = false;

  /** @param reaccess Asks for access again: before the events that came meanwhile, and once for all times it was due. */
  constructor(process: (event: ResourceEvent) => void, reaccess: () => void) {
    this.#process = process;
    this.#reaccess = reaccess;
  }

  /** Whether events have to wait; asking for access does too. */
  get isHeldUp(): boolean {
    return this.#holdUps.size > 0;
  }

  push(event: ResourceEvent): void {
    if (this.isHeldUp) this.#events.push(event);
    else this.#process(event);
  }

  /** Makes asking for access again due as soon as nothing holds it up. */
  deferReaccess(): void {
    this.#isReaccessDue = true;
  }

  holdUp(reason: HoldUp): void {
    this.#holdUps.add(reason);
  }

  resume(reason: HoldUp): void {
    this.#holdUps.delete(reason);
    if (!this.isHeldUp && this.#isReaccessDue) {
      this.#isReaccessDue = false;
      this.#reaccess();
    }
    while (!this.isHeldUp) {
      const event = this.#events.shift();
      if (!event) return;
      this.#process(event);
    }
  }

  clear(): void {
    this.#events.length = 0;
    this.#isReaccessDue = false;
  }
}
