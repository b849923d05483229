import { encodeMessage, subjectOf, type SystemMessage } from '../res/systemMessage';
import { Emitter } from '../util/emitter';
import type { Problem } from '../util/problem';
import type { Bus, PublishResult } from './bus';
import { observeReset, type ObserveOptions } from './observe/observeReset';
import type { ConnectionKey } from './connections';
import { OwnMessages, type IsOwn } from './ownMessages';
import type { ResetStore } from './recording';
import { onConnection, type Origin, type ResetRecord, type ResetState } from './resetRecord';

/** A reset that a person, or a program in their name, has asked for; the message is checked and minimal. */
export interface ResetIntent {
  readonly message: SystemMessage;
  readonly origin: Origin;
  /** Asked when all is ready to publish it: why it is not wanted any more, if so. */
  readonly withdrawn?: () => Problem | undefined;
}

/** A reset that was handed to a connection. */
export interface SentReset {
  /** Settled: published, rejected or failed. */
  readonly record: ResetRecord;
  /** Resolves when nothing more is to be seen of it: with what the gateways did, if it was observed. */
  readonly observed: Promise<ResetRecord>;
}

/** How resets are observed; read for each. None where the user does not want it. */
export type ObserveRules = (bus: Bus) => Pick<ObserveOptions, 'answers' | 'rules'> | undefined;

/** Sends resets and reports each step of every one. */
export class ResetService {
  readonly #changed = new Emitter<ResetRecord>();
  readonly #own = new OwnMessages();
  readonly #newId: () => string;
  readonly #now: () => number;
  readonly #observe: ObserveRules;
  readonly #recording: ResetStore;

  /** Fires with every new state of every reset, in order, after it was recorded. */
  readonly onDidChange = this.#changed.event;

  constructor(options: {
    readonly newId: () => string;
    readonly now: () => number;
    readonly observe: ObserveRules;
    /** Gets each step before anybody else; nothing is published before it is written there. Must not throw. */
    readonly recording: ResetStore;
  }) {
    this.#newId = options.newId;
    this.#now = options.now;
    this.#observe = options.observe;
    this.#recording = options.recording;
  }

  /** Publishes the message on the bus, and observes what comes of it. It never rejects. */
  async send(intent: ResetIntent, bus: Bus): Promise<SentReset> {
    let record = this.#begin(intent, bus);
    const rules = this.#observe(bus);
    const observed =
      rules &&
      (await observeReset(bus, intent.message, {
        ...rules,
        onProgress: (observation) => {
          if (record.state.kind === 'published') {
            this.#recording.show({ ...record, state: { ...record.state, observation } });
          }
        },
      }));
    record = this.#advance(record, { kind: 'sending' });
    await this.#recording.written();
    const problem = intent.withdrawn?.();
    if (problem) {
      observed?.stop();
      record = this.#advance(record, { kind: 'failed', problem });
      return { record, observed: Promise.resolve(record) };
    }
    const [subject, data] = [subjectOf(intent.message), encodeMessage(intent.message)];
    const settled = this.#own.publishing({ subject, data });
    const result = await bus.publish(subject, data, observed?.begin);
    settled(result.state !== 'failed');
    record = this.#advance(record, stateAfter(result));
    if (!observed || record.state.kind !== 'published') {
      observed?.stop();
      return { record, observed: Promise.resolve(record) };
    }
    const { state } = record;
    return {
      record,
      observed: observed.done.then((observation) => this.#advance(record, { ...state, observation })),
    };
  }

  /** For one who listens to the bus: tells of each message that they see whether this service is just sending it. */
  listener(): IsOwn {
    return this.#own.listener();
  }

  /** Records a reset that could not even be handed to a connection. */
  fail(intent: ResetIntent, problem: Problem, connection?: ConnectionKey): ResetRecord {
    return this.#advance(this.#begin(intent, connection), { kind: 'failed', problem });
  }

  #begin({ message, origin }: ResetIntent, connection: ConnectionKey | undefined): ResetRecord {
    const record: ResetRecord = {
      id: this.#newId(),
      time: this.#now(),
      origin,
      message,
      ...(connection !== undefined && onConnection(connection)),
      state: { kind: 'requested' },
    };
    return this.#record(record);
  }

  #advance(record: ResetRecord, state: ResetState): ResetRecord {
    return this.#record({ ...record, state });
  }

  #record(record: ResetRecord): ResetRecord {
    this.#recording.put(record);
    this.#changed.fire(record);
    return record;
  }
}

function stateAfter(result: PublishResult): ResetState {
  if (result.state === 'published') return { kind: 'published', server: result.server };
  const { state, problem, server } = result;
  return { kind: state, problem, ...(server !== undefined && { server }) };
}
