import { isTokenReset, type SystemMessage } from '../../res/systemMessage';
import { DisposableStore, type Disposable } from '../../util/disposable';
import type { Bus } from '../bus';
import { followWatch, type Following } from './followWatch';
import { hearAnswers, hearRequests } from './hearGateways';
import { LinkPulse } from './linkPulse';
import type { CutOffReason, Observation, RequestKind } from './observation';
import { defaultRules, ResetWatch, type WatchRules } from './resetWatch';

/** How resets are to be observed. */
export interface ObserverRules {
  /** Whether the services' answers are watched too, in the gateways' inboxes. */
  readonly answers: 'watched' | 'off';
  readonly rules?: WatchRules;
}

/** Requests of one kind that are listened to. */
export interface HeardRequests {
  readonly subject: string;
  readonly kind: RequestKind;
}

/** Gets what is known of an observation. */
interface ObserverReport {
  /** Now and then, what is known so far. */
  readonly onProgress?: (observation: Observation) => void;
  readonly onEnd: (observation: Observation) => void;
}

/** Observes on a bus, for as long as it lives, what gateways do because of resets. */
export class GatewayObserver implements Disposable {
  readonly #rules: ObserverRules;
  readonly #pulse: LinkPulse;
  readonly #store = new DisposableStore();
  readonly #watches = new Map<ResetWatch, { message: SystemMessage; following: Following }>();
  /** What the server does not let this connection see on this link: a kind of request, or answers. */
  readonly #denied = new Set<RequestKind | 'answers'>();

  constructor(bus: Bus, rules: ObserverRules, requests: Iterable<HeardRequests>) {
    this.#rules = rules;
    this.#pulse = LinkPulse.of(bus);
    const watches = (): Iterable<ResetWatch> => this.#watches.keys();
    for (const { subject, kind } of requests) {
      this.#store.add(
        hearRequests(bus, subject, watches, () => {
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
      this.#cutOff(why);
      // The next link says itself what it may not see.
      this.#denied.clear();
    });
  }

  /** How many resets are being observed. */
  get count(): number {
    return this.#watches.size;
  }

  /** Observes what comes of a message, from when the watch is told that it begins until it is over, or is ended. */
  observe(
    message: SystemMessage,
    { onProgress, onEnd }: ObserverReport,
  ): { readonly watch: ResetWatch; readonly end: () => void } {
    const { answers, rules = defaultRules } = this.#rules;
    const watch = new ResetWatch(message, answers, rules, this.#pulse.answering);
    for (const what of this.#denied) deny(watch, message, what);
    const following = followWatch(watch, this.#pulse, {
      ...(onProgress && { onProgress }),
      onEnd: (observation) => {
        this.#watches.delete(watch);
        onEnd(observation);
      },
    });
    this.#watches.set(watch, { message, following });
    return { watch, end: following.end };
  }

  /** Ends all that is being observed, for a reason, and listens no more. */
  stop(why: CutOffReason): void {
    this.#cutOff(why);
    this.dispose();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #deny(what: RequestKind | 'answers'): void {
    this.#denied.add(what);
    for (const [watch, { message }] of this.#watches) deny(watch, message, what);
  }

  /** One that has not begun misses nothing: its subscriptions move to the next link. */
  #cutOff(why: CutOffReason): void {
    for (const { following } of [...this.#watches.values()]) following.cutOff(why);
  }
}

/** Reports to the watch what it may not see, if that matters to it: the other kind of request only helps to recognise clients' requests. */
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
