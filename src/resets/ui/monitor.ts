import { randomUUID } from 'node:crypto';
import { commands, workspace } from 'vscode';
import type { History } from '../../history/history';
import type { ConnectionService } from '../../connections/connectionService';
import type { Bus } from '../bus';
import { Monitor } from '../observe/monitor';
import type { ResetService } from '../resetService';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { Logger } from '../../util/logger';
import type { Notifier } from '../../util/notifier';
import { problemText } from '../../util/problem';
import { commands as ids, contextKeys, settings } from '../../shell/ids';
import { answerRules } from './observeRules';
import { readBoolean } from '../../shell/settings';

/** Records the resets of others in the history, for as long as the setting wants it and a connection is there. */
export function registerMonitor(deps: {
  connections: ConnectionService;
  resets: ResetService;
  history: History;
  logger: Logger;
  notifier: Pick<Notifier, 'warn'>;
}): Disposable {
  const { connections, resets, history, logger, notifier } = deps;
  const store = new DisposableStore();
  let running: { bus: Bus; monitor: Monitor } | undefined;

  const update = (): void => {
    const bus = isOn() ? connections.bus() : undefined;
    if (running?.bus === bus) return;
    running?.monitor.dispose();
    let isDenied = false;
    running = bus && {
      bus,
      monitor: new Monitor({
        bus,
        rules: answerRules(bus),
        isOwn: (message) => resets.takeOwn(message),
        newId: randomUUID,
        now: Date.now,
        logger,
        onRecord: (record) => {
          history.put(record);
        },
        onDenied: (problem) => {
          if (isDenied) return;
          isDenied = true;
          void notifier.warn(`${l10n.t('Resets of others cannot be recorded.')} ${problemText(problem)}`);
        },
        onProgress: (record) => {
          history.show(record);
        },
      }),
    };
    void commands.executeCommand('setContext', contextKeys.monitors, isOn());
  };

  store.add(connections.onDidChange(update));
  store.listen(workspace.onDidChangeConfiguration, (event) => {
    if (event.affectsConfiguration(`res.${settings.monitor}`)) update();
  });
  for (const [id, value] of [
    [ids.startMonitor, true],
    [ids.stopMonitor, false],
  ] as const) {
    store.add(
      commands.registerCommand(id, () =>
        workspace.getConfiguration('res').update(settings.monitor, value, true),
      ),
    );
  }
  update();
  void commands.executeCommand('setContext', contextKeys.monitors, isOn());
  return {
    dispose: () => {
      running?.monitor.dispose();
      store.dispose();
    },
  };
}

function isOn(): boolean {
  return readBoolean(settings.monitor, undefined, false);
}
