import * as l10n from '../util/l10n';
import { reasonOf, type Result } from '../util/problem';
import type { ConnectionProblem } from './connectionProblem';

/** What came of it. An exception, a fault of somebody else's code or of ours, becomes a problem too. */
export async function settled<T>(
  attempt: () => Promise<Result<T, ConnectionProblem>>,
): Promise<Result<T, ConnectionProblem>> {
  try {
    return await attempt();
  } catch (error) {
    const remedy = l10n.msg('Try again. If it keeps failing, report this, with the log.');
    return {
      ok: false,
      problem: {
        kind: 'other',
        what: l10n.msg('Connecting failed unexpectedly'),
        why: reasonOf(error),
        remedy,
      },
    };
  }
}
