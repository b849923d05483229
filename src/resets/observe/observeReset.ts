import { listenSubject } from '../../res/listenSubject';
import { minimalCover } from '../../res/pattern';
import { encodeMessage, isTokenReset, subjectOf, type SystemMessage } from '../../res/systemMessage';
import { DisposableStore } from '../../util/disposable';
import type { Bus } from '../bus';
import { GatewayObserver, type HeardRequests, type ObserverRules } from './gatewayObserver';
import type { Observation } from './observation';

/** How a reset is to be observed. */
export interface ObserveOptions extends ObserverRules {
  /** Gets now and then what is known so far. */
  readonly onProgress?: (observation: Observation) => void;
}

/** An observation under way. */
interface ObservedReset {
  /** The reset is about to be written to a link: from now on what comes can be its doing. Call it at most once. */
  readonly begin: () => void;
  /** Resolves when it is over. */
  readonly done: Promise<Observation>;
  /** Ends it without a result. */
  readonly stop: () => void;
}

/**
 * Subscribes to the requests that gateways will send because of the message, and to their answers. Resolves when the
 * server has the subscriptions: publish only then. When the observation is over, nothing stays subscribed.
 */
export async function observeReset(
  bus: Bus,
  message: SystemMessage,
  options: ObserveOptions,
): Promise<ObservedReset> {
  const { onProgress } = options;
  const own = encodeMessage(message);
  const store = new DisposableStore();
  let [sentAt, isSeen]: [number | undefined, boolean] = [undefined, false];
  const seeing = bus.subscribe(subjectOf(message), ({ data, at, since }) => {
    // The server passes the reset on before any gateway can react to it: what came earlier is not its doing.
    if (sentAt === undefined || isSeen || Buffer.compare(data, own) !== 0) return;
    isSeen = true;
    watch.begin(at, sentAt, Math.max(sentAt, since));
  });
  const observer = store.add(new GatewayObserver(bus, options, requestsOf(message)));
  store.add(seeing);
  let finish: (observation: Observation) => void = () => undefined;
  const done = new Promise<Observation>((resolve) => {
    finish = resolve;
  });
  const { watch, end } = observer.observe(message, {
    ...(onProgress && { onProgress }),
    onEnd: (observation) => {
      store.dispose();
      finish(observation);
    },
  });
  await bus.flush();
  const begin = (): void => {
    sentAt = performance.now();
    watch.begin(sentAt);
  };
  return { begin, done, stop: end };
}

/** What to listen to: both kinds of request for all that the message names; or the auth request. */
function requestsOf(message: SystemMessage): HeardRequests[] {
  if (isTokenReset(message)) return [{ subject: listenSubject(message.subject), kind: 'auth' }];
  const { resources = [], access = [] } = message;
  return minimalCover([...resources, ...access]).flatMap((pattern) =>
    (['get', 'access'] as const).map((kind) => ({ subject: listenSubject(`${kind}.${pattern}`), kind })),
  );
}
