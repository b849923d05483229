import * as l10n from '../util/l10n';
import type { Problem } from '../util/problem';
import { serverLabel, type ConnectionState } from './connectionState';
import type { ClientFailure } from './diagnosis/diagnosis';
import type { FlushResult, Link } from './link/link';

const sendAgain = (): l10n.Code => l10n.msg('Send it again once the connection is back.');

/** A server takes 4,096 characters in a line, unless it is told otherwise; some of them are for what else stands there. */
const maxSubjectLength = 4096 - 16;

/**
 * A subject with a space or a line break would be read as another command by the server, and one that is too long would end
 * the connection.
 */
export function subjectProblem(subject: string): Problem | undefined {
  if (subject.length > maxSubjectLength) {
    const why = l10n.msg(
      'the subject has {0} characters; a NATS server accepts {1}',
      subject.length,
      maxSubjectLength,
    );
    return { what: l10n.msg('Nothing was sent'), why };
  }
  return /^[^\s.]+(\.[^\s.]+)*$/.test(subject)
    ? undefined
    : { what: l10n.msg('Nothing was sent'), why: l10n.msg('the subject is not valid') };
}

/** The server refused the permission to do this. */
export function deniedProblem(
  operation: 'publish' | 'subscribe',
  subject: string,
  connection: string,
): Problem {
  return {
    what:
      operation === 'publish'
        ? l10n.msg('The server does not allow "{0}" to publish to {1}', connection, subject)
        : l10n.msg('The server does not allow "{0}" to subscribe to {1}', connection, subject),
    remedy: l10n.msg("Grant the permission in the server's configuration, or use another connection."),
  };
}

/** The client library did not take the message, so that nothing was written. */
export function sendProblem({ code, message }: ClientFailure, { server }: Link): Problem {
  const what = l10n.msg('Nothing was sent');
  if (code !== 'MAX_PAYLOAD_EXCEEDED') return { what, why: l10n.verbatim(message) };
  const why = l10n.msg(
    'the message is larger than the {0} bytes that {1} accepts',
    server.maxPayload,
    serverLabel(server),
  );
  return { what, why, remedy: l10n.msg('Send fewer patterns at once.') };
}

/** The message was written, and then the server's word did not come. */
export function unconfirmedProblem(answer: Exclude<FlushResult, 'flushed'>, server: string): Problem {
  const why =
    answer === 'timeout'
      ? l10n.msg('{0} did not confirm it in time', server)
      : l10n.msg('the connection to {0} was lost before it confirmed the message', server);
  return { what: l10n.msg('It is unknown whether the message arrived'), why, remedy: sendAgain() };
}

/** There is no connection to send on. */
export function notConnectedProblem(state: ConnectionState, connection: string): Problem {
  const what = l10n.msg('Nothing was sent');
  if (state.kind === 'reconnecting' || (state.kind === 'disconnected' && state.reason)) {
    const { reason } = state;
    return { what, ...(reason ? { why: reason.what } : {}), remedy: sendAgain() };
  }
  return {
    what,
    why: l10n.msg('"{0}" is not connected', connection),
    remedy: l10n.msg('Connect, then send it again.'),
  };
}
