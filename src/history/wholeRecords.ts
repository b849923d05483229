import { observationOf, type ResetRecord } from '../resets/resetRecord';

/** So many requests are kept together: some tens of megabytes. */
const maxRequests = 200_000;

/** Records with more requests than are stored, for as long as the window lives; the oldest go when there are too many. */
export class WholeRecords {
  readonly #byId = new Map<string, ResetRecord>();
  #count = 0;

  keep(record: ResetRecord): void {
    this.#drop(record.id);
    this.#byId.set(record.id, record);
    this.#count += sizeOf(record);
    for (const id of this.#byId.keys()) {
      if (this.#count <= maxRequests || this.#byId.size === 1) break;
      this.#drop(id);
    }
  }

  get(id: string): ResetRecord | undefined {
    return this.#byId.get(id);
  }

  #drop(id: string): void {
    const known = this.#byId.get(id);
    if (!known) return;
    this.#byId.delete(id);
    this.#count -= sizeOf(known);
  }
}

function sizeOf({ state }: ResetRecord): number {
  return observationOf(state)?.requests.length ?? 0;
}
