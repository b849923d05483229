import type { Problem } from '../util/problem';
import { serverLabel, type ConnectionState } from './connectionState';
import type { ClientFailure } from './diagnosis';
import type { FlushResult, Link } from './link';

const sendAgain = 'Send it again once the connection is back.';

/** A server takes 4,096 characters in a line, unless it is told otherwise; some of them are for what else stands there. */
const maxSubjectLength = 4096 - 16;

/**
 * A subject with a space or a line break would be read as another command by the server, and one that is too long would end
 * the connection.
 */
export function subjectProblem(subject: string): Problem | undefined {
  if (subject.length > maxSubjectLength) {
    const why = `the subject has ${subject.length} characters, and a NATS server takes ${maxSubjectLength}`;
    return { what: 'Nothing was sent', why };
  }
  return /^[^\s.]+(\.[^\s.]+)*$/.test(subject)
    ? undefined
    : { what: 'Nothing was sent', why: 'the subject is not valid' };
}

/** The server refused the permission to do this. */
export function deniedProblem(what: string, connection: string): Problem {
  return {
    what: `The server does not allow "${connection}" to ${what}`,
    remedy: "Grant the permission in the server's configuration, or use another connection.",
  };
}

/** The client library did not take the message, so that nothing was written. */
export function sendProblem({ code, message }: ClientFailure, { server }: Link): Problem {
  const what = 'Nothing was sent';
  if (code !== 'MAX_PAYLOAD_EXCEEDED') return { what, why: message };
  const why = `the message is larger than the ${server.maxPayload} bytes that ${serverLabel(server)} takes`;
  return { what, why, remedy: 'Send fewer patterns at once.' };
}

/** The message was written, and then the server's word did not come. */
export function unconfirmedProblem(answer: Exclude<FlushResult, 'flushed'>, server: string): Problem {
  const why =
    answer === 'timeout'
      ? `${server} did not confirm it in time`
      : `the connection to ${server} was lost before it confirmed the message`;
  return { what: 'It is not known whether the message arrived', why, remedy: sendAgain };
}

/** There is no connection to send on. */
export function notConnectedProblem(state: ConnectionState, connection: string): Problem {
  const what = 'Nothing was sent';
  if (state.kind === 'reconnecting' || (state.kind === 'disconnected' && state.reason)) {
    const { reason } = state;
    return { what, ...(reason ? { why: reason.what } : {}), remedy: sendAgain };
  }
  return { what, why: `"${connection}" is not connected`, remedy: 'Connect, then send it again.' };
}
