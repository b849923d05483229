import type { KnownNames } from '../code/index/coverage';
import type { AskingBus } from '../resets/bus';
import type { Answer } from './followRestart';
import { questionFor } from './serviceQuestion';

/** How long a service may take to answer, in milliseconds. */
const answerMs = 1000;

/** Asks a service on a connection whether it is there. */
export async function askService(
  bus: Pick<AskingBus, 'ask' | 'server' | 'onDidDisconnect'>,
  service: string,
  known: KnownNames,
): Promise<Answer> {
  const question = questionFor(service, known);
  if (!question) return 'unaskable';
  let isUnlinked = bus.server === undefined;
  const listening = bus.onDidDisconnect(() => {
    isUnlinked = true;
  });
  const answers = await bus.ask(question.subject, question.data, answerMs);
  listening.dispose();
  return !answers && isUnlinked ? 'unlinked' : answers;
}
