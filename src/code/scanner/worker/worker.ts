import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerData } from '../client/messages';
import { ScannerThread } from './scannerThread';
import { WorkspaceScanner } from './workspaceScanner';

/** The program of the scanner's thread. */
if (!parentPort) throw new Error('This program runs as a worker thread only');
const { grammarFolder } = workerData as WorkerData;
const { size, mtimeMs } = statSync(__filename);
// Another build may see other facts in the same code.
const version = `${size} ${mtimeMs}`;
const scanner = new WorkspaceScanner(
  async () => (await import('../languages/index')).languages,
  grammarFolder,
  version,
);
new ScannerThread(parentPort, scanner);
