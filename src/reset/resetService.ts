import { encodeResetMessage, resetSubject, type ResetMessage } from '../res/resetMessage';
import { Emitter } from '../util/emitter';
import type { Problem } from '../util/problem';
import type { Bus, PublishResult } from './bus';
import type { Origin, ResetRecord, ResetState } from './resetRecord';

/** A reset that a person, or a program in their name, has asked for; the message is checked and minimal. */
export interface ResetIntent {
  readonly message: ResetMessage;
  readonly origin: Origin;
}

/** Sends resets and tells what came of each, step by step. */
export class ResetService {
  readonly #changed = new Emitter<ResetRecord>();
  readonly #newId: () => string;
  readonly #now: () => number;

  /** Fires with every new state of every reset, in order. */
  readonly onDidChange = this.#changed.event;

  constructor(options: { readonly newId: () => string; readonly now: () => number }) {
    this.#newId = options.newId;
    this.#now = options.now;
  }

  /** Publishes the message on the bus. The record that it resolves to is settled; it never rejects. */
  async send(intent: ResetIntent, bus: Bus): Promise<ResetRecord> {
    let record = this.#begin(intent, bus.connection);
    record = this.#advance(record, { kind: 'sending' });
    const result = await bus.publish(resetSubject, encodeResetMessage(intent.message));
    return this.#advance(record, stateAfter(result));
  }

  /** Records a reset that could not even be handed to a connection. */
  fail(intent: ResetIntent, problem: Problem, connection?: string): ResetRecord {
    return this.#advance(this.#begin(intent, connection), { kind: 'failed', problem });
  }

  #begin({ message, origin }: ResetIntent, connection: string | undefined): ResetRecord {
    const record: ResetRecord = {
      id: this.#newId(),
      time: this.#now(),
      origin,
      message,
      ...(connection !== undefined && { connection }),
      state: { kind: 'requested' },
    };
    this.#changed.fire(record);
    return record;
  }

  #advance(record: ResetRecord, state: ResetState): ResetRecord {
    const next = { ...record, state };
    this.#changed.fire(next);
    return next;
  }
}

function stateAfter(result: PublishResult): ResetState {
  if (result.state === 'published') return { kind: 'published', server: result.server };
  const { state, problem, server } = result;
  return { kind: state, problem, ...(server !== undefined && { server }) };
}
