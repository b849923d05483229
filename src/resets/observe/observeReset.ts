import { listenSubject } from '../../res/listenSubject';
import { minimalCover } from '../../res/pattern';
import { encodeMessage, isTokenReset, subjectOf, type SystemMessage } from '../../res/systemMessage';
import { DisposableStore } from '../../util/disposable';
import type { Bus } from '../bus';
import { followWatch } from './followWatch';
import { hearAnswers, hearRequests } from './hearGateways';
import { LinkPulse } from './linkPulse';
import type { Observation } from './observation';
import { defaultRules, ResetWatch, type WatchRules } from './resetWatch';

/** How a reset is to be observed. */
export interface ObserveOptions {
  /** Whether the services' answers are watched too, in the gateways' inboxes. */
  readonly answers: 'watched' | 'off';
  readonly rules?: WatchRules;
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
  const { answers, rules = defaultRules, onProgress } = options;
  const pulse = LinkPulse.of(bus);
  const watch = new ResetWatch(message, answers, rules, pulse.answering);
  const store = new DisposableStore();
  let finish: (observation: Observation) => void = () => undefined;
  const done = new Promise<Observation>((resolve) => {
    finish = resolve;
  });
  const following = followWatch(watch, pulse, {
    ...(onProgress && { onProgress }),
    onEnd: (observation) => {
      store.dispose();
      finish(observation);
    },
  });
  let sentAt: number | undefined;
  const begin = (): void => {
    sentAt = performance.now();
    watch.begin(sentAt);
  };

  const own = encodeMessage(message);
  let isSeen = false;
  store.add(
    bus.subscribe(subjectOf(message), ({ data, at, since }) => {
      // The server passes the reset on before any gateway can react to it: what came earlier is not its doing.
      if (sentAt === undefined || isSeen || Buffer.compare(data, own) !== 0) return;
      isSeen = true;
      watch.begin(at, sentAt, Math.max(sentAt, since));
    }),
  );
  const watches = (): readonly ResetWatch[] => [watch];
  for (const { subject, isListed } of requestsOf(message)) {
    store.add(
      hearRequests(bus, listenSubject(subject), watches, () => {
        // The other kind of request only helps to recognise clients' requests.
        if (isListed) watch.deny('requests');
      }),
    );
  }
  if (answers === 'watched') {
    store.add(
      hearAnswers(bus, watches, () => {
        watch.deny('answers');
      }),
    );
  }
  // Until the reset is sent, nothing is missed: the subscriptions move to the next link.
  store.listen(bus.onDidDisconnect, following.cutOff);
  await bus.flush();
  return { begin, done, stop: following.end };
}

/** What to listen to: both kinds of request for all that the message names; or the auth request. */
function requestsOf(message: SystemMessage): { subject: string; isListed: boolean }[] {
  if (isTokenReset(message)) return [{ subject: message.subject, isListed: true }];
  const { resources = [], access = [] } = message;
  const all = minimalCover([...resources, ...access]);
  return all.flatMap((pattern) => [
    { subject: `get.${pattern}`, isListed: resources.length > 0 },
    { subject: `access.${pattern}`, isListed: access.length > 0 },
  ]);
}
