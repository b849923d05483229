import type { Memory } from '../../util/memory';
import { parseDraft, rememberedDraft, type ConnectionDraft } from '../formMessages';
import { isRecord } from '../../util/record';

const memoryKey = 'res.connectionDrafts';

/** What was typed into forms and not saved: one draft a connection, and one for a new connection; never a secret. */
export class ConnectionDrafts {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  get(id: string | undefined): ConnectionDraft | undefined {
    return parseDraft(this.#all()[keyOf(id)]);
  }

  /** Keeps a draft in place of the one before; without one, that is forgotten. */
  async keep(id: string | undefined, draft: ConnectionDraft | undefined): Promise<void> {
    const others = Object.entries(this.#all()).filter(([key]) => key !== keyOf(id));
    const all = draft ? [...others, [keyOf(id), rememberedDraft(draft)] as const] : others;
    await this.#memory.update(memoryKey, all.length === 0 ? undefined : Object.fromEntries(all));
  }

  #all(): Record<string, unknown> {
    const kept = this.#memory.get(memoryKey);
    return isRecord(kept) ? kept : {};
  }
}

/** No id of a connection is empty. */
function keyOf(id: string | undefined): string {
  return id ?? '';
}
