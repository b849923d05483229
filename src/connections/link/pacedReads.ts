import type { ArrivalTime } from '../../resets/duration';
import { ArrivalClock } from './arrivalClock';
import { socketOf } from './librarySocket';

/** How much of what has arrived is handed on in one go, in bytes. */
const pieceBytes = 8192;
/** While more waits, no more than this share of the time is spent on it, but for `credit` milliseconds to begin with. */
const share = 0.05;
const maxCredit = 3;
/** The longest rest, in milliseconds. */
const maxRest = 20;
/** What has waited for so long is handed on without rests, in milliseconds. */
const maxWait = 1000;

/** What is known of the time at which messages came; times are those of `performance.now()`. */
export interface ReadTimes {
  /** When that arrived which is being handed on, or was handed on last. */
  readonly arrival: ArrivalTime;
  /** All that arrived before has been handed on. */
  readonly heardUntil: number;
}

/** What is read from a socket. */
export interface Reads extends ReadTimes {
  /** Hands on without rests until the returned function is called: somebody waits for what may be among it. */
  hurry(): () => void;
}

interface Piece {
  readonly data: Uint8Array;
  readonly arrival: ArrivalTime;
}

/**
 * Hands on what a socket receives, piece by piece, with rests when much comes at once: whoever takes the messages
 * apart keeps this thread from nothing else for long, and leaves the machine to those whose messages they are.
 */
export class PacedReads implements Reads {
  readonly #handOn: (data: Uint8Array) => void;
  readonly #clock = new ArrivalClock();
  #pieces: Piece[] = [];
  #arrival = this.#clock.read();
  #isGoingOn = false;
  #rest: NodeJS.Timeout | undefined;
  #hurries = 0;
  #credit = maxCredit;
  #creditAt = performance.now();

  constructor(handOn: (data: Uint8Array) => void) {
    this.#handOn = handOn;
  }

  get arrival(): ArrivalTime {
    return this.#arrival;
  }

  get heardUntil(): number {
    return this.#pieces[0]?.arrival.at ?? performance.now();
  }

  receive(data: Buffer): void {
    const arrival = this.#clock.read();
    // Cutting a plain array, which is what the library does with it, takes much less time than cutting a Buffer.
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
    for (let start = 0; start < bytes.length; start += pieceBytes) {
      this.#pieces.push({ data: bytes.subarray(start, start + pieceBytes), arrival });
    }
    if (!this.#isGoingOn) this.#next();
  }

  hurry(): () => void {
    this.#hurries++;
    if (this.#rest) this.#next();
    return () => {
      this.#hurries--;
    };
  }

  /** Hands on all that is left: nothing more comes. */
  finish(): void {
    this.#clock.dispose();
    for (const { data, arrival } of this.#pieces.splice(0)) {
      this.#arrival = arrival;
      this.#handOn(data);
    }
  }

  #next(): void {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    const piece = this.#pieces.shift();
    this.#isGoingOn = piece !== undefined;
    if (!piece) return;
    const start = performance.now();
    this.#arrival = piece.arrival;
    this.#handOn(piece.data);
    // The library takes it apart in microtasks, which come before.
    setImmediate(() => {
      const now = performance.now();
      const rest = this.#restAfter(now - start, now);
      if (rest === 0) this.#next();
      else this.#rest = setTimeout(this.#next.bind(this), rest);
    });
  }

  /** How long to rest after so much work. */
  #restAfter(spent: number, now: number): number {
    const gained = (now - this.#creditAt) * share;
    this.#credit = Math.min(maxCredit, this.#credit + gained) - spent;
    this.#creditAt = now;
    const hasTime = this.#hurries === 0 && this.#pieces.length > 0 && now - this.heardUntil < maxWait;
    return hasTime && this.#credit < 0 ? Math.min(maxRest, -this.#credit / share) : 0;
  }
}

/** Paces what the client library reads; nothing is paced where its socket can't be found. */
export function paceReads(client: unknown): Reads {
  const socket = socketOf(client);
  const listeners = socket?.listeners('data') ?? [];
  if (!socket || listeners.length === 0) return unpaced;
  const reads = new PacedReads((data) => {
    for (const listener of listeners) listener.call(socket, data);
  });
  socket.removeAllListeners('data');
  socket.on('data', (data) => {
    reads.receive(data);
  });
  // What the server said at last, such as why it ends, comes before the end.
  for (const event of ['end', 'close']) {
    socket.prependListener(event, () => {
      reads.finish();
    });
  }
  return reads;
}

const unpaced: Reads = {
  get arrival() {
    // Nothing tells how long it waited.
    return { since: -Infinity, at: performance.now() };
  },
  get heardUntil() {
    return performance.now();
  },
  hurry: () => () => undefined,
};
