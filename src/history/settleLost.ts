import { isSettled, type ResetState } from '../reset/resetRecord';
import type { LogLine } from './historyLog';

/** A reset that was under way when its window went: nobody can say any more whether it arrived. */
export function settleLost(state: ResetState): ResetState {
  if (isSettled(state)) return state;
  const sent = state.kind === 'sending';
  return {
    kind: 'failed',
    problem: {
      what: sent ? 'It is not known whether the reset arrived' : 'The reset was not sent',
      why: sent
        ? 'the window closed before the server confirmed it'
        : 'the window closed before it could be sent',
      remedy: 'Send it again if the data is still stale.',
    },
  };
}

/** The line that settles what its window left under way; the line itself where there is nothing to settle. */
export function settleLostLine(line: LogLine): LogLine {
  if (!('put' in line) || isSettled(line.put.state)) return line;
  // Above the lost one, below whatever its window may still write.
  return { ...line, rev: line.rev + 0.5, put: { ...line.put, state: settleLost(line.put.state) } };
}
