import { isSettled, type ResetState } from '../../resets/resetRecord';
import * as l10n from '../../util/l10n';
import type { LogLine } from './historyLog';

/**
 * A reset that was under way when its window went: nobody can say any more whether it arrived. Not even of one that was
 * only asked for: its window may have been unable to write that it was sending it.
 */
export function settleLost(state: ResetState): ResetState {
  if (isSettled(state)) return state;
  return {
    kind: 'failed',
    problem: {
      what: l10n.msg('It is unknown whether the reset arrived'),
      why: l10n.msg('its window closed or crashed before the server confirmed it'),
      remedy: l10n.msg('Send it again if the data is still stale.'),
    },
  };
}

/** The line that settles what its window left under way; the line itself where there is nothing to settle. */
export function settleLostLine(line: LogLine): LogLine {
  if (!('put' in line) || isSettled(line.put.state)) return line;
  // Above the lost one, below whatever its window may still write.
  return { ...line, rev: line.rev + 0.5, put: { ...line.put, state: settleLost(line.put.state) } };
}
