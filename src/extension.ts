import { randomUUID } from 'node:crypto';
import { window, type ExtensionContext } from 'vscode';
import { History } from './history/history';
import { FileHistoryStorage } from './history/historyStorage';
import { WorkspaceIndex } from './index/workspaceIndex';
import { ResetService } from './reset/resetService';
import { ScannerClient } from './scanner/client';
import { sourceExtensions } from './scanner/sourceExtensions';
import { registerCodeLenses } from './ui/codeLenses';
import { registerConnectionFeatures } from './ui/connectionFeatures';
import { registerHistoryView } from './ui/historyView';
import { createLog } from './ui/log';
import { registerResetCommands } from './ui/resetCommands';
import { ResetFlow } from './ui/resetFlow';
import { registerResourcesView } from './ui/resourcesView';
import { observeRules } from './ui/observeRules';
import { historyLimit } from './ui/settings';
import { WorkspaceScan } from './ui/workspaceScan';
import { problemText } from './util/problem';

/** Builds the services and registers the features. */
export function activate(context: ExtensionContext): void {
  const keep = <T extends { dispose(): unknown }>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const log = keep(createLog());
  const connections = keep(registerConnectionFeatures({ context, logger: log.logger }));
  const logger = connections.redactor.logger(log.logger);

  const history = new History({
    storage: new FileHistoryStorage((context.storageUri ?? context.globalStorageUri).fsPath),
    logger,
    limit: historyLimit,
    onProblem: (problem) => void window.showWarningMessage(`RES: ${problemText(problem)}`),
  });
  const resets = new ResetService({ newId: randomUUID, now: Date.now, observe: observeRules });
  keep(
    resets.onDidChange((record) => {
      history.put(record);
    }),
  );
  keep(
    resets.onDidProgress((record) => {
      history.show(record);
    }),
  );
  const flow = new ResetFlow({
    resets,
    ensureConnected: (name) => connections.ensureConnected(name),
    showLog: log.show,
  });

  const index = new WorkspaceIndex();
  const scanner = keep(
    new ScannerClient({
      workerFile: context.asAbsolutePath('dist/scannerWorker.js'),
      grammarFolder: context.asAbsolutePath('dist/grammars'),
      logger,
    }),
  );
  const scan = keep(new WorkspaceScan({ scanner, index, logger, extensions: sourceExtensions }));

  keep(registerResetCommands({ index, flow }));
  keep(registerCodeLenses({ index, scan }));
  keep(registerResourcesView({ index, flow }));
  keep(registerHistoryView({ history, index, flow }));
  void history.load();
  void scan.scanAll();
}
