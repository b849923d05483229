import { isRecord } from '../../util/record';
import type { Memory } from '../../util/memory';

const memoryKey = 'res.movedConnections';
/** So many are remembered; the oldest are forgotten. */
const maxMoves = 200;

/**
 * What became of the ids of connections that were renamed, or moved to other settings: a history, and what a workspace remembers, go
 * by the id of before.
 */
export class MovedConnections {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** A connection is now found under another id. */
  async move(from: string, to: string): Promise<void> {
    const others = this.#moves().filter(([id]) => id !== from && id !== to);
    await this.#keep([...others, [from, to]]);
  }

  /** There is a new connection with this id: it is not the one that had it before. */
  async take(id: string): Promise<void> {
    const moves = this.#moves();
    if (moves.some(([from]) => from === id)) await this.#keep(moves.filter(([from]) => from !== id));
  }

  /** The id under which the connection that had this one is found; the same where it was not moved. */
  idNow(id: string): string {
    const moves = new Map(this.#moves());
    let now = id;
    // No more steps than there are moves, whatever the memory holds.
    for (let steps = moves.size; steps > 0; steps--) now = moves.get(now) ?? now;
    return now;
  }

  #moves(): (readonly [string, string])[] {
    const value = this.#memory.get(memoryKey);
    if (!isRecord(value)) return [];
    return Object.entries(value).flatMap(([from, to]) =>
      typeof to === 'string' ? [[from, to] as const] : [],
    );
  }

  async #keep(moves: readonly (readonly [string, string])[]): Promise<void> {
    try {
      await this.#memory.update(memoryKey, Object.fromEntries(moves.slice(-maxMoves)));
    } catch {
      // The connection itself is saved: without this, its old id is one of a connection that is gone.
    }
  }
}
