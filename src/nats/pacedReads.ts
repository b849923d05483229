import { socketOf } from './librarySocket';

/** How much of what has arrived is handed on in one go, in bytes. */
const pieceBytes = 16_384;
/** Of each period so much is spent on what has arrived, while more waits; in milliseconds. */
const period = 15;
const share = 3;
/** What has waited for so long is handed on without such rests, in milliseconds. */
const patience = 1000;

/** What is known of the time at which messages came; times are those of `performance.now()`. */
export interface ReadTimes {
  /** When that arrived which is being handed on, or was handed on last. */
  readonly arrivedAt: number;
  /** All that arrived before has been handed on. */
  readonly heardUntil: number;
}

interface Piece {
  readonly data: Buffer;
  readonly at: number;
}

/**
 * Hands on what a socket receives, piece by piece, with rests when much comes at once: whoever takes the messages
 * apart keeps this thread from nothing else for long, and leaves the machine to those whose messages they are.
 */
export class PacedReads implements ReadTimes {
  readonly #handOn: (data: Buffer) => void;
  #pieces: Piece[] = [];
  #arrivedAt = performance.now();
  #isWaiting = false;
  #periodEnd = 0;
  #spent = 0;

  constructor(handOn: (data: Buffer) => void) {
    this.#handOn = handOn;
  }

  get arrivedAt(): number {
    return this.#arrivedAt;
  }

  get heardUntil(): number {
    return this.#pieces[0]?.at ?? performance.now();
  }

  receive(data: Buffer): void {
    const at = performance.now();
    for (let start = 0; start < data.length; start += pieceBytes) {
      this.#pieces.push({ data: data.subarray(start, start + pieceBytes), at });
    }
    if (!this.#isWaiting) this.#next();
  }

  /** Hands on all that is left. */
  finish(): void {
    for (const { data, at } of this.#pieces.splice(0)) {
      this.#arrivedAt = at;
      this.#handOn(data);
    }
  }

  #next(): void {
    const piece = this.#pieces.shift();
    this.#isWaiting = piece !== undefined;
    if (!piece) return;
    const start = performance.now();
    if (start >= this.#periodEnd) {
      this.#periodEnd = start + period;
      this.#spent = 0;
    }
    this.#arrivedAt = piece.at;
    this.#handOn(piece.data);
    // The library takes it apart in microtasks, which come before.
    setImmediate(() => {
      const now = performance.now();
      this.#spent += now - start;
      if (this.#mayRest(now)) {
        setTimeout(() => {
          this.#next();
        }, this.#periodEnd - now);
      } else this.#next();
    });
  }

  #mayRest(now: number): boolean {
    return this.#spent >= share && now < this.#periodEnd && now - this.heardUntil < patience;
  }
}

/** Paces what the client library reads; nothing is paced where its socket can't be found. */
export function paceReads(client: unknown): ReadTimes {
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

const unpaced: ReadTimes = {
  get arrivedAt() {
    return performance.now();
  },
  get heardUntil() {
    return performance.now();
  },
};
