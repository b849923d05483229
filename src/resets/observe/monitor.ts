import { boundMessage } from '../../res/boundMessage';
import { maxMessageBytes, readSystemMessage, type SystemMessage } from '../../res/systemMessage';
import { resetSubject } from '../../res/resetMessage';
import { tokenResetSubject } from '../../res/tokenReset';
import { DisposableStore, type Disposable } from '../../util/disposable';
import type { Problem } from '../../util/problem';
import type { Logger } from '../../util/logger';
import type { Bus, BusMessage } from '../bus';
import type { ArrivalTime } from '../duration';
import { GatewayObserver, type ObserverRules } from './gatewayObserver';
import { requestKinds, type Observation } from './observation';
import type { IsOwn } from '../ownMessages';
import { onConnection, type ResetRecord } from '../resetRecord';

/** What the monitor needs. */
interface MonitorParts {
  readonly bus: Bus;
  readonly rules: ObserverRules;
  /** Whether this window itself has sent the message. */
  readonly isOwn: IsOwn;
  readonly newId: () => string;
  readonly now: () => number;
  readonly logger: Logger;
  /** A reset was received, or an earlier one was watched to its end. */
  readonly onRecord: (record: ResetRecord) => void;
  /** The server does not let this connection see the resets themselves. */
  readonly onDenied?: (problem: Problem) => void;
  /** More is known of one that is being watched. */
  readonly onProgress: (record: ResetRecord) => void;
}

/** So many resets of others are watched at once, and so many a minute are recorded; the others are counted. */
const maxWatches = 20;
const maxInMinute = 60;

/**
 * Records the resets that others send, and what the gateways do because of them. It listens for as long as it lives: to
 * all requests, since nobody says in advance what will be reset.
 */
export class Monitor implements Disposable {
  readonly #parts: MonitorParts;
  readonly #store = new DisposableStore();
  readonly #observer: GatewayObserver;
  #minute = 0;
  #inMinute = 0;

  constructor(parts: MonitorParts) {
    this.#parts = parts;
    const { bus, rules } = parts;
    for (const subject of [resetSubject, tokenResetSubject]) {
      this.#store.add(
        bus.subscribe(
          subject,
          (message) => {
            this.#receive(message);
          },
          parts.onDenied,
        ),
      );
    }
    const all = requestKinds.map((kind) => ({ subject: `${kind}.>`, kind }));
    this.#observer = new GatewayObserver(bus, rules, all);
  }

  /** What it is observing is then said to have been stopped with it. */
  dispose(): void {
    this.#observer.stop('monitorOff');
    this.#store.dispose();
  }

  #receive({ subject, data, at, since }: BusMessage): void {
    if (this.#parts.isOwn({ subject, data })) return;
    const message = readSystemMessage(subject, data);
    if (!message) {
      // Gateways take it, and may act on it. Only a server with a raised limit lets it pass.
      if (data.length > maxMessageBytes)
        this.#parts.logger.warn(
          `Received ${data.length} bytes on ${subject}: too long to be read, so not in the history`,
        );
      else this.#parts.logger.info(`Received ${data.length} bytes on ${subject} that no gateway understands`);
      return;
    }
    if (!this.#isWithinRate()) return;
    const { message: kept, leftOut } = boundMessage(message);
    const record: ResetRecord = {
      id: this.#parts.newId(),
      time: this.#parts.now(),
      origin: 'received',
      ...onConnection(this.#parts.bus),
      message: kept,
      ...(leftOut > 0 && { leftOut }),
      state: { kind: 'received' },
    };
    this.#parts.onRecord(record);
    if (this.#observer.count < maxWatches) this.#observe(record, message, { since, at });
  }

  #observe(record: ResetRecord, message: SystemMessage, { since, at }: ArrivalTime): void {
    const { onRecord, onProgress } = this.#parts;
    const seen = (observation: Observation): ResetRecord => ({
      ...record,
      state: { kind: 'received', observation },
    });
    const { watch } = this.#observer.observe(message, {
      onProgress: (observation) => {
        onProgress(seen(observation));
      },
      onEnd: (observation) => {
        onRecord(seen(observation));
      },
    });
    watch.begin(at, at, since);
  }

  #isWithinRate(): boolean {
    const minute = Math.floor(this.#parts.now() / 60_000);
    if (minute !== this.#minute) {
      const left = this.#inMinute - maxInMinute;
      if (left > 0) this.#parts.logger.warn(`${left} more resets of others were not recorded in a minute`);
      this.#minute = minute;
      this.#inMinute = 0;
    }
    return ++this.#inMinute <= maxInMinute;
  }
}
