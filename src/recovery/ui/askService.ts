import { questionFor } from '../serviceQuestion';
import type { RecoveryDeps } from './recoveryDeps';

/** How long a service may take to answer, in milliseconds. */
const answerMs = 1000;

/** Asks a service on the open connection whether it is there; undefined where it is not known what to ask it. */
export async function askService(
  { connections, index, live }: Pick<RecoveryDeps, 'connections' | 'index' | 'live'>,
  service: string,
): Promise<boolean | undefined> {
  const question = questionFor(service, { index, live });
  if (!question) return undefined;
  const bus = connections.bus();
  return bus ? bus.ask(question.subject, question.data, answerMs) : false;
}
