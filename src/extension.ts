import { l10n, type ExtensionContext } from 'vscode';
import { LiveNames } from './code/index/liveNames';
import { WorkspaceIndex } from './code/index/workspaceIndex';
import { registerCodeFeatures } from './code/ui/codeFeatures';
import { Redactor } from './connections/redaction/redact';
import { registerConnectionFeatures } from './connections/ui/connectionFeatures';
import { registerHistoryView } from './history/ui/historyView';
import { openHistory } from './history/ui/openHistory';
import { createApi } from './recovery/createApi';
import type { ResApi } from './recovery/extensionApi';
import { registerRecovery } from './recovery/ui/recoveryFeatures';
import { registerResetFeatures } from './resets/ui/resetFeatures';
import { createLog } from './shell/log';
import { createNotifier } from './shell/notifier';
import { rememberedTime } from './shell/rememberedTime';
import { setBundle } from './util/l10n';

/** Builds the services and registers the features. */
export function activate(context: ExtensionContext): ResApi {
  if (l10n.bundle) setBundle(l10n.bundle);
  const keep = <T extends { dispose(): unknown }>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const redactor = new Redactor();
  const log = keep(createLog(redactor.redact));
  const notifier = createNotifier(redactor.redact);
  const { logger } = log;
  const time = keep(rememberedTime(context.globalState)).person;
  const connectionFeatures = keep(registerConnectionFeatures({ context, logger, time, redactor, notifier }));
  const { service: connections } = connectionFeatures;
  const known = { index: new WorkspaceIndex(), live: new LiveNames() };
  const { history } = keep(openHistory(context, logger, notifier));

  const shared = { context, connections: connectionFeatures, history, known, logger, notifier };
  const resetFeatures = keep(registerResetFeatures({ ...shared, time, showLog: log.show }));
  const { resets, recording, flow, rules, reports } = resetFeatures;
  keep(registerCodeFeatures({ ...shared, flow }));
  const { findConnection, placeOf, notConnected } = connectionFeatures;
  const sending = { flow, findConnection, placeOf, notConnected };
  keep(registerHistoryView({ ...sending, ...known, history, time, reports, notifier }));

  const memory = context.workspaceState;
  const follow = { memory, connections, resets, flow, rules, history, recording };
  keep(registerRecovery({ ...follow, ...known, logger, notifier }));
  void history.load();
  return createApi({ connections, resets, index: known.index, flow });
}
