import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerData } from '../client/messages';
import type { LanguageSet } from '../languageSet';
import type { HelperData } from './outlineHelpers';
import { ScannerThread } from './scannerThread';
import { WorkspaceScanner } from './workspaceScanner';

/** The program of the scanner's thread, and of those that help it. */
const data = workerData as WorkerData | HelperData;
const loadLanguages = async (): Promise<LanguageSet> => (await import('../languages/index')).languages;
if ('claims' in data) {
  void import('./outlineHelper').then(async ({ helpOutline }) => {
    await helpOutline(data, await loadLanguages());
  });
} else {
  if (!parentPort) throw new Error('This program runs as a worker thread only');
  const { size, mtimeMs } = statSync(__filename);
  // Another build may see other facts in the same code.
  const version = `${size} ${mtimeMs}`;
  const scanner = new WorkspaceScanner(loadLanguages, data.grammarFolder, version, __filename);
  new ScannerThread(parentPort, scanner);
}
