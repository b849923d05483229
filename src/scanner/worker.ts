import { parentPort, workerData } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerData } from './messages';
import { Scanner } from './scanner';

/** The scanner's thread: takes requests one after the other, and cancellations at any time. */
const port = parentPort;
if (!port) throw new Error('This program runs as a worker thread only');

const scanner = new Scanner((workerData as WorkerData).grammarFolder);
const cancelled = new Set<number>();
let last: Promise<void> = Promise.resolve();

port.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'cancel':
      cancelled.add(message.id);
      break;
    case 'apply':
      last = last.then(async () => {
        port.postMessage(await answer(message));
        cancelled.delete(message.id);
      });
      break;
  }
});

async function answer({ id, changes }: ToWorker & { kind: 'apply' }): Promise<FromWorker> {
  try {
    return { kind: 'applied', id, results: await scanner.apply(changes, () => cancelled.has(id)) };
  } catch (error) {
    return {
      kind: 'failed',
      id,
      why: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
