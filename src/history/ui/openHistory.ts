import type { ExtensionContext } from 'vscode';
import { settings } from '../../shell/settings';
import type { Disposable } from '../../util/disposable';
import type { Logger } from '../../util/logger';
import type { Notifier } from '../../util/notifier';
import { History } from '../history';
import { FileHistoryStorage } from '../log/fileHistoryStorage';

/** The history of this workspace; of all windows without one. It is empty until it is loaded. */
export function openHistory(
  { storageUri, globalStorageUri }: ExtensionContext,
  logger: Logger,
  notifier: Pick<Notifier, 'warn'>,
): Disposable & { readonly history: History } {
  const storage = new FileHistoryStorage((storageUri ?? globalStorageUri).fsPath);
  const history = new History({
    storage,
    logger,
    limit: () => settings.historyLimit.get(),
    onProblem: (problem) => void notifier.warn(problem),
  });
  return {
    history,
    dispose: () => {
      storage.dispose();
    },
  };
}
