/** What came of opening something: it is there, or it is not; `cancelled` where nobody wants it any more. */
export type Opened<T, F> =
  | { readonly kind: 'open'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: F }
  | { readonly kind: 'cancelled' };

/** What the turns are taken at. */
interface TurnParts<T, F> {
  /** Opens it. What it gives after the signal counts for nothing; it may do nothing more then. */
  readonly open: (key: string, how: OpenHow) => Promise<Opened<T, F>>;
  /** What is open for this key and may be used as it is. */
  readonly opened: (key: string) => T | undefined;
}

/** How something is to be opened. */
export interface OpenHow {
  /** Even if it is open. */
  readonly anew: boolean;
  readonly signal: AbortSignal;
}

interface Turn<T, F> {
  readonly key: string;
  readonly settled: Promise<Opened<T, F>>;
  readonly settle: (opened: Opened<T, F>) => void;
  anew: boolean;
  isOpening: boolean;
  abort: AbortController;
  /** Requests with work that is not done. */
  works: number;
}

/**
 * Lets requests take turns at the one thing that can be open. Those for the same key share a turn, and one opening. Those
 * for another key wait until the work before them is done; a turn without work gives way at once.
 */
export class Turns<T, F> {
  readonly #parts: TurnParts<T, F>;
  readonly #waiting: Turn<T, F>[] = [];
  #current: Turn<T, F> | undefined;

  constructor(parts: TurnParts<T, F>) {
    this.#parts = parts;
  }

  /** The key of the newest request that still counts. */
  get wanted(): string | undefined {
    return (this.#waiting.at(-1) ?? this.#current)?.key;
  }

  /** Asks for it to be open, for no work: whatever is asked for next can take its place. */
  async request(key: string, { anew = false } = {}): Promise<Opened<T, F>> {
    const turn = this.#join(key, anew);
    this.#advance();
    return turn.settled;
  }

  /** Does work with what is open for the key; nothing takes its place before the work is done. */
  async work<R>(key: string, run: (opened: Opened<T, F>) => Promise<R>): Promise<R> {
    const turn = this.#join(key, false);
    turn.works++;
    this.#advance();
    try {
      return await run(await turn.settled);
    } finally {
      turn.works--;
      this.#advance();
    }
  }

  /** What is being opened with this key is opened in another way: it starts anew, and whoever waits goes on waiting. */
  restart(key: string): boolean {
    const turn = this.#current;
    if (turn?.key !== key || !turn.isOpening) return false;
    turn.abort.abort();
    void this.#open(turn);
    return true;
  }

  /** Cancels what is being opened, and everybody who waits for a turn. */
  cancelAll(): void {
    for (const turn of this.#waiting.splice(0)) turn.settle({ kind: 'cancelled' });
    this.#cancelCurrent();
  }

  #join(key: string, anew: boolean): Turn<T, F> {
    const last = this.#waiting.at(-1);
    if (last?.key === key) {
      last.anew ||= anew;
      return last;
    }
    const current = last ? undefined : this.#current;
    if (current?.key === key) {
      if (current.isOpening) {
        if (anew) {
          current.anew = true;
          this.restart(key);
        }
        return current;
      }
      if (!anew && this.#parts.opened(key) !== undefined) return current;
    }
    let settle: Turn<T, F>['settle'] = () => undefined;
    const settled = new Promise<Opened<T, F>>((resolve) => {
      settle = resolve;
    });
    const turn = { key, settled, settle, anew, isOpening: false, abort: new AbortController(), works: 0 };
    this.#waiting.push(turn);
    return turn;
  }

  #advance(): void {
    // Nobody works in these, and somebody wants something else.
    while (this.#waiting.length > 1 && this.#waiting[0]?.works === 0)
      this.#waiting.shift()?.settle({ kind: 'cancelled' });
    const next = this.#waiting[0];
    if (!next || (this.#current && this.#current.works > 0)) return;
    this.#waiting.shift();
    this.#cancelCurrent();
    this.#current = next;
    void this.#open(next);
  }

  #cancelCurrent(): void {
    const turn = this.#current;
    this.#current = undefined;
    turn?.abort.abort();
    turn?.settle({ kind: 'cancelled' });
  }

  async #open(turn: Turn<T, F>): Promise<void> {
    const abort = (turn.abort = new AbortController());
    turn.isOpening = true;
    const opened = await this.#parts.open(turn.key, { anew: turn.anew, signal: abort.signal });
    if (abort.signal.aborted) return;
    turn.isOpening = false;
    if (opened.kind !== 'open' && this.#current === turn) this.#current = undefined;
    turn.settle(opened);
    this.#advance();
  }
}
