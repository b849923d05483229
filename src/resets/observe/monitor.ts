import { boundMessage } from '../../res/boundMessage';
import {
  isTokenReset,
  maxMessageBytes,
  readSystemMessage,
  type SystemMessage,
} from '../../res/systemMessage';
import { resetSubject } from '../../res/resetMessage';
import { tokenResetSubject } from '../../res/tokenReset';
import { DisposableStore, type Disposable } from '../../util/disposable';
import type { Problem } from '../../util/problem';
import type { Logger } from '../../util/logger';
import type { Bus, BusMessage, DisconnectReason } from '../bus';
import type { ArrivalTime } from '../duration';
import { followWatch, type Following } from './followWatch';
import { hearAnswers, hearRequests } from './hearGateways';
import { requestKinds, type RequestKind } from './observation';
import type { ObserveOptions } from './observeReset';
import { LinkPulse } from './linkPulse';
import type { IsOwn } from '../ownMessages';
import { onConnection, type ResetRecord } from '../resetRecord';
import { ResetWatch } from './resetWatch';

/** What the monitor needs. */
interface MonitorParts {
  readonly bus: Bus;
  readonly rules: Pick<ObserveOptions, 'answers' | 'rules'>;
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
  readonly #watches = new Map<
    ResetWatch,
    { readonly message: SystemMessage; readonly following: Following }
  >();
  /** What the server does not let this connection see on this link: a kind of request, or answers. */
  readonly #denied = new Set<RequestKind | 'answers'>();
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
    const watches = (): Iterable<ResetWatch> => this.#watches.keys();
    for (const kind of requestKinds) {
      this.#store.add(
        hearRequests(bus, `${kind}.>`, watches, () => {
          this.#deny(kind);
        }),
      );
    }
    if (rules.answers === 'watched') {
      this.#store.add(
        hearAnswers(bus, watches, () => {
          this.#deny('answers');
        }),
      );
    }
    this.#store.listen(bus.onDidDisconnect, (why) => {
      this.#endAll(why);
      // The next link says itself what it may not see.
      this.#denied.clear();
    });
  }

  dispose(): void {
    this.#endAll();
    this.#store.dispose();
  }

  #deny(what: RequestKind | 'answers'): void {
    this.#denied.add(what);
    for (const [watch, { message }] of this.#watches) deny(watch, message, what);
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
    if (this.#watches.size < maxWatches) this.#watch(record, message, { since, at });
  }

  #watch(record: ResetRecord, message: SystemMessage, { since, at }: ArrivalTime): void {
    const { bus, rules, onRecord, onProgress } = this.#parts;
    const pulse = LinkPulse.of(bus);
    const watch = new ResetWatch(message, rules.answers, rules.rules, pulse.answering);
    for (const what of this.#denied) deny(watch, message, what);
    watch.begin(at, at, since);
    const following = followWatch(watch, pulse, {
      onProgress: (observation) => {
        onProgress({ ...record, state: { kind: 'received', observation } });
      },
      onEnd: (observation) => {
        this.#watches.delete(watch);
        onRecord({ ...record, state: { kind: 'received', observation } });
      },
    });
    this.#watches.set(watch, { message, following });
  }

  #endAll(why?: DisconnectReason): void {
    for (const { following } of [...this.#watches.values()]) following.cutOff(why);
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

/** Reports to the watch which messages it may not see, if they matter to it. */
function deny(watch: ResetWatch, message: SystemMessage, what: RequestKind | 'answers'): void {
  if (what === 'answers') {
    watch.deny(what);
    return;
  }
  const asks = isTokenReset(message)
    ? ['auth']
    : [...(message.resources?.length ? ['get'] : []), ...(message.access?.length ? ['access'] : [])];
  if (asks.includes(what)) watch.deny('requests');
}
