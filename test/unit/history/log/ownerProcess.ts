import { FileHistoryStorage } from '../../../../src/history/log/fileHistoryStorage';
import { History } from '../../../../src/history/history';
import { silentLogger } from '../../../host/silentLogger';
import { record } from '../records';
import { problemText } from '../../../../src/util/problem';

/** A window that has a reset under way, and never comes to its end. Prints a line once that is stored. */
async function leaveOpen(folder: string, id: string): Promise<void> {
  const history = new History({
    storage: new FileHistoryStorage(folder),
    logger: silentLogger,
    limit: () => 1000,
    onProblem: (problem) => {
      throw new Error(problemText(problem));
    },
  });
  history.put(record(id, { state: { kind: 'sending' } }));
  await history.stored();
  setInterval(() => undefined, 60_000);
  console.log('stored');
}

void leaveOpen(process.argv[2] ?? '', process.argv[3] ?? '');
