import path from 'node:path';
import { commands, window, workspace, type ExtensionContext } from 'vscode';
import type { ConnectionFeatures } from '../../connections/ui/connectionFeatures';
import type { History } from '../../history/history';
import { recentResets } from '../../history/recentResets';
import type { ResetFlow } from '../../resets/resetFlow';
import { resetTarget } from '../../resets/ui/resetTarget';
import { contextKeys } from '../../shell/ids';
import { progressAfter } from '../../shell/progressAfter';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { Logger } from '../../util/logger';
import type { Notifier } from '../../util/notifier';
import type { KnownNames } from '../index/coverage';
import { ScannerClient } from '../scanner/client/client';
import { sourceExtensions } from '../scanner/languages/data';
import { registerCodeLenses } from './codeLenses';
import { registerLiveNames } from './liveNames';
import { registerResetCommands } from './resetCommands';
import { registerResourcesView } from './resourcesView';
import { registerServiceNames } from './serviceNames';
import { WorkspaceWatcher } from '../watching/workspaceWatcher';
import { forwardWorkspaceEvents } from './workspaceEvents';
import { WorkspaceFiles } from './workspaceFiles';

/** Registers what the workspace's code is known for: lenses, the picker of the reset commands, the resources; and scans it. */
export function registerCodeFeatures(deps: {
  readonly context: ExtensionContext;
  readonly connections: ConnectionFeatures;
  readonly history: History;
  readonly known: Required<KnownNames>;
  readonly flow: ResetFlow;
  readonly logger: Logger;
  readonly notifier: Notifier;
}): Disposable {
  const { context, connections, history, known, flow, logger, notifier } = deps;
  const { index, live } = known;
  const store = new DisposableStore();
  const scanner = store.add(
    new ScannerClient({
      workerFile: context.asAbsolutePath('dist/scannerWorker.js'),
      grammarFolder: context.asAbsolutePath('dist/grammars'),
      logger,
    }),
  );
  const cacheFile = context.storageUri && path.join(context.storageUri.fsPath, 'facts');
  const files = new WorkspaceFiles(sourceExtensions);
  const watcher = store.add(
    new WorkspaceWatcher({
      scanner,
      index,
      logger,
      extensions: sourceExtensions,
      files,
      documents: () => workspace.textDocuments,
      visible: () => window.visibleTextEditors.map(({ document }) => document),
      reading: () => files.reading(),
      cacheFile,
      showProgress: () => progressAfter(2000, l10n.t('RES: Scanning the workspace')),
    }),
  );
  store.add(forwardWorkspaceEvents(watcher, files));
  const { naming } = store.add(registerServiceNames(index, flow, notifier));
  store.add(
    registerResetCommands({ known, flow, naming, notifier, recent: () => recentResets(history.entries()) }),
  );
  store.add(
    registerCodeLenses({
      known,
      watcher,
      extensions: sourceExtensions,
      flow,
      naming,
      target: resetTarget(connections.service),
    }),
  );
  store.add(registerResourcesView({ index, flow, naming, notifier, notConnected: connections.notConnected }));
  store.add(registerLiveNames({ connections: connections.service, live, notifier }));
  void watcher.scanAll().then(() => commands.executeCommand('setContext', contextKeys.hasScanned, true));
  return store;
}
