import type { BusMessage } from './bus';

/** A message as it travels. */
type Travelling = Pick<BusMessage, 'subject' | 'data'>;

/** Tells of each message that is seen on the bus whether this window has published it; true once for each publish. */
export type IsOwn = (message: Travelling) => boolean;

/**
 * How long a message that the server did not confirm is still known as one's own, in milliseconds: it may wait in a stalled link, and
 * come once the link moves again. No longer, because an equal one of somebody else's would be taken for it.
 */
const lateMs = 5000;

/** One message that was published, until it can't be handed back any more. */
interface Sending {
  readonly key: string;
  /** Those who have been handed it back: the server hands it to each once. */
  readonly seenBy: WeakSet<IsOwn>;
}

/** The messages that this window is publishing, for those who listen to the bus and are handed them back. */
export class OwnMessages {
  readonly #sendings = new Set<Sending>();

  /**
   * A message is about to be published. What is returned is to be called with whether the server confirmed it: then it has handed
   * it to whoever listens here before, on the same link. What comes later is somebody else's.
   */
  publishing({ subject, data }: Travelling): (isConfirmed: boolean) => void {
    const sending = { key: keyOf(subject, data), seenBy: new WeakSet<IsOwn>() };
    this.#sendings.add(sending);
    return (isConfirmed) => {
      if (isConfirmed) this.#sendings.delete(sending);
      else setTimeout(() => this.#sendings.delete(sending), lateMs).unref();
    };
  }

  /** For one who listens. Each has their own, because each is handed back the same message. */
  listener(): IsOwn {
    const isOwn: IsOwn = ({ subject, data }) => {
      const key = keyOf(subject, data);
      for (const sending of this.#sendings) {
        if (sending.key !== key || sending.seenBy.has(isOwn)) continue;
        sending.seenBy.add(isOwn);
        return true;
      }
      return false;
    };
    return isOwn;
  }
}

function keyOf(subject: string, data: Uint8Array): string {
  return `${subject} ${new TextDecoder().decode(data)}`;
}
