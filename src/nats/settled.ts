import type { Result } from '../util/problem';
import type { ConnectionProblem } from './connectionProblem';

/** What came of it. An exception, a fault of somebody else's code or of ours, becomes a problem too. */
export async function settled<T>(
  attempt: () => Promise<Result<T, ConnectionProblem>>,
): Promise<Result<T, ConnectionProblem>> {
  try {
    return await attempt();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const remedy = 'Try again; if it stays like this, report it with what the log says.';
    return { ok: false, problem: { kind: 'other', what: 'Connecting failed unexpectedly', why, remedy } };
  }
}
