import { FileHistoryStorage } from '../../../../src/history/log/fileHistoryStorage';

/** Appends to a log in the folder until a file can't grow on, then less. Prints what came of each. */
const [folder = ''] = process.argv.slice(2);
process.on('SIGXFSZ', () => undefined);

async function appendAll(): Promise<void> {
  const storage = new FileHistoryStorage(folder);
  for (const text of ['first', 'x'.repeat(9000), 'last']) {
    const done = await storage.append(`\n${text}\n`).then(
      () => 'appended',
      (error: unknown) => (error as NodeJS.ErrnoException).code,
    );
    console.log(done);
  }
}

void appendAll();
