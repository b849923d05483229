import type { Disposable } from '../../util/disposable';
import type { Bus } from '../bus';
import type { ResetWatch } from './resetWatch';

/** Resgate's inboxes have two parts; most other clients' have three and stay out of it. */
const gatewayInboxes = '_INBOX.*';

/** Hands the requests on a subject to the watches that there are then. */
export function hearRequests(
  bus: Bus,
  subject: string,
  watches: () => Iterable<ResetWatch>,
  onDenied: () => void,
): Disposable {
  return bus.subscribe(
    subject,
    ({ subject: asked, reply, data, at, since }) => {
      for (const watch of watches()) watch.request(asked, reply, data, at, since);
    },
    onDenied,
  );
}

/** Hands what services answer to the gateways to the watches that there are then. */
export function hearAnswers(bus: Bus, watches: () => Iterable<ResetWatch>, onDenied: () => void): Disposable {
  return bus.subscribe(
    gatewayInboxes,
    ({ subject, data, at, since }) => {
      for (const watch of watches()) watch.reply(subject, data, at, since);
    },
    onDenied,
  );
}
