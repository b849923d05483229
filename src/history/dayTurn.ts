import type { Disposable } from '../util/disposable';
import type { PersonTime } from '../util/personTime';

/** Fires when the person's next day begins: the names of days change then. */
export class DayTurn implements Disposable {
  readonly #time: Pick<PersonTime, 'nextDay'>;
  readonly #onTurn: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(time: Pick<PersonTime, 'nextDay'>, onTurn: () => void) {
    this.#time = time;
    this.#onTurn = onTurn;
  }

  /** Days have been named just now. */
  await(): void {
    const now = Date.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onTurn, this.#time.nextDay(now) - now);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
