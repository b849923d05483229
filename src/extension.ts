import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { commands, l10n, window, type ExtensionContext } from 'vscode';
import { FileHistoryStorage } from './history/log/fileHistoryStorage';
import { History } from './history/history';
import { recentResets } from './history/recentResets';
import { countCovered } from './code/index/coverage';
import { LiveNames } from './code/index/liveNames';
import { WorkspaceIndex } from './code/index/workspaceIndex';
import { expectedRequests } from './resets/observe/expectation';
import type { ConfirmRules } from './resets/askReasons';
import { ResetService } from './resets/resetService';
import { ScannerClient } from './code/scanner/client/client';
import { sourceExtensions } from './code/scanner/files/sourceExtensions';
import { registerCodeLenses } from './code/ui/codeLenses';
import { resetTarget } from './resets/ui/resetTarget';
import { registerConnectionFeatures } from './connections/ui/connectionFeatures';
import { FirstSteps } from './resets/ui/firstSteps';
import { registerHistoryView } from './history/ui/historyView';
import { contextKeys } from './shell/ids';
import { registerLiveNames } from './code/ui/liveNames';
import { createLog } from './shell/log';
import { registerMonitor } from './resets/ui/monitor';
import { OutcomeStatus } from './resets/ui/outcomeStatus';
import { rememberedTime } from './shell/rememberedTime';
import { registerReports } from './resets/ui/reports';
import { registerResetCommands } from './code/ui/resetCommands';
import { ResetFlow } from './resets/ui/resetFlow';
import { registerResourcesView } from './code/ui/resourcesView';
import { createApi } from './recovery/createApi';
import type { ResApi } from './recovery/extensionApi';
import { observeRules } from './resets/ui/observeRules';
import { askAbove, historyLimit } from './shell/settings';
import { WorkspaceScan } from './code/ui/workspaceScan';
import { setBundle } from './util/l10n';
import { problemText } from './util/problem';

/** Builds the services and registers the features. */
export function activate(context: ExtensionContext): ResApi {
  if (l10n.bundle) setBundle(l10n.bundle);
  const keep = <T extends { dispose(): unknown }>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const log = keep(createLog());
  const time = keep(rememberedTime(context.globalState));
  const connections = keep(registerConnectionFeatures({ context, logger: log.logger, time: time.person }));
  const logger = connections.redactor.logger(log.logger);

  const history = new History({
    storage: keep(new FileHistoryStorage((context.storageUri ?? context.globalStorageUri).fsPath)),
    logger,
    limit: historyLimit,
    onProblem: (problem) => void window.showWarningMessage(`RES: ${problemText(problem)}`),
  });
  const resets = new ResetService({
    newId: randomUUID,
    now: Date.now,
    observe: observeRules,
    recorded: () => history.written(),
  });
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
  const setContext = (key: string, value: boolean): void =>
    void commands.executeCommand('setContext', key, value);
  const firstSteps = new FirstSteps(context.globalState, setContext);
  keep(
    resets.onDidChange((record) => {
      firstSteps.follow(record);
    }),
  );
  const index = new WorkspaceIndex();
  const reports = keep(
    registerReports({
      extensionUri: context.extensionUri,
      history,
      index,
      time: time.person,
      onShow: () => {
        firstSteps.take('hasSeenReport');
      },
    }),
  );
  const live = new LiveNames();
  const known = { index, live };
  const rules: ConfirmRules = {
    expect: (message, connection) =>
      expectedRequests(message, connection, history.records(), (pattern) => countCovered(known, pattern)),
    askAbove,
  };
  const flow = new ResetFlow({
    resets,
    connections: connections.connections,
    confirm: rules,
    showLog: log.show,
    showReport: (id) => {
      reports.show(id);
    },
    status: keep(new OutcomeStatus()),
  });
  const scanner = keep(
    new ScannerClient({
      workerFile: context.asAbsolutePath('dist/scannerWorker.js'),
      grammarFolder: context.asAbsolutePath('dist/grammars'),
      logger,
    }),
  );
  const cacheFile = context.storageUri && path.join(context.storageUri.fsPath, 'facts');
  const scan = keep(new WorkspaceScan({ scanner, index, logger, extensions: sourceExtensions, cacheFile }));

  keep(registerResetCommands({ known, flow, recent: () => recentResets(history.entries()) }));
  keep(registerCodeLenses({ known, scan, flow, target: resetTarget(connections.service) }));
  const { notConnected } = connections;
  keep(registerResourcesView({ index, flow, notConnected }));
  keep(
    registerHistoryView({
      history,
      index,
      flow,
      connections: connections.store,
      placeOf: connections.placeOf,
      time: time.person,
      reports,
      notConnected,
    }),
  );
  keep(registerLiveNames({ connections: connections.service, live }));
  keep(registerMonitor({ connections: connections.service, resets, history, logger }));
  const { workspaceState: memory } = context;
  const recovery = { memory, connections: connections.service, flow, rules, history, index, live, logger };
  void import('./recovery/ui/recovery').then(({ registerRecovery }) => keep(registerRecovery(recovery)));
  void history.load();
  void scan.scanAll().then(() => {
    setContext(contextKeys.hasScanned, true);
  });
  return createApi({ connections: connections.service, resets, index, flow });
}
