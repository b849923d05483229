import type { PublishResult } from '../resets/bus';
import { deniedProblem, sendProblem, unconfirmedProblem } from './busProblems';
import { serverLabel } from './connectionState';
import type { FlushResult, Link, LinkEvent } from './link/link';

/** A message, and the connection's name for what is said of it. */
interface Outgoing {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly connection: string;
  /** Called when it is about to be written. */
  readonly onSending?: (() => void) | undefined;
}

/**
 * Sends a message once on a live link and reports what is known of it. Neither publishing nor flushing fails when the
 * server denied it: that comes as an event, before the answer to the flush.
 */
export async function publishOn(
  link: Link,
  { subject, data, connection, onSending }: Outgoing,
  flush: () => Promise<FlushResult>,
): Promise<PublishResult> {
  const server = serverLabel(link.server);
  const denials: LinkEvent[] = [];
  const watch = link.onEvent((event) => {
    if (event.kind === 'denied' && event.operation === 'publish' && event.subject === subject)
      denials.push(event);
  });
  try {
    onSending?.();
    const sent = link.publish(subject, data);
    if (!sent.ok) return { state: 'failed', server, problem: sendProblem(sent.problem, link) };
    const answer = await flush();
    if (denials.length > 0)
      return {
        state: 'rejected',
        server,
        problem: deniedProblem('publish', subject, connection),
      };
    if (answer === 'flushed') return { state: 'published', server };
    return { state: 'failed', server, problem: unconfirmedProblem(answer, server) };
  } finally {
    watch.dispose();
  }
}
