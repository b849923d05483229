import { randomUUID } from 'node:crypto';
import { commands } from 'vscode';
import type { ConnectionService } from '../../connections/connectionService';
import type { Bus } from '../bus';
import { Monitor } from '../observe/monitor';
import type { ResetStore } from '../recording';
import type { ResetService } from '../resetService';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { Logger } from '../../util/logger';
import type { Notifier } from '../../util/notifier';
import { problemText } from '../../util/problem';
import { commands as ids, contextKeys } from '../../shell/ids';
import { answerRules } from './observeRules';
import { settings } from '../../shell/settings';

/** Records the resets of others in the history, for as long as the setting wants it and a connection is there. */
export function registerMonitor(deps: {
  connections: ConnectionService;
  resets: ResetService;
  recording: ResetStore;
  logger: Logger;
  notifier: Pick<Notifier, 'warn'>;
}): Disposable {
  const { connections, resets, recording, logger, notifier } = deps;
  const store = new DisposableStore();
  let running: { bus: Bus; monitor: Monitor } | undefined;

  const update = (): void => {
    const bus = settings.monitor.get() ? connections.bus() : undefined;
    if (running?.bus === bus) return;
    running?.monitor.dispose();
    let isDenied = false;
    running = bus && {
      bus,
      monitor: new Monitor({
        bus,
        rules: answerRules(bus),
        isOwn: resets.listener(),
        newId: randomUUID,
        now: Date.now,
        logger,
        onRecord: (record) => {
          recording.put(record);
        },
        onDenied: (problem) => {
          if (isDenied) return;
          isDenied = true;
          void notifier.warn(`${l10n.t('Resets of others cannot be recorded.')} ${problemText(problem)}`);
        },
        onProgress: (record) => {
          recording.show(record);
        },
      }),
    };
    void commands.executeCommand('setContext', contextKeys.monitors, settings.monitor.get());
  };

  store.add(connections.onDidChange(update));
  store.listen(settings.monitor.onDidChange, update);
  for (const [id, value] of [
    [ids.startMonitor, true],
    [ids.stopMonitor, false],
  ] as const) {
    store.add(commands.registerCommand(id, () => settings.monitor.set(value)));
  }
  update();
  void commands.executeCommand('setContext', contextKeys.monitors, settings.monitor.get());
  return {
    dispose: () => {
      running?.monitor.dispose();
      store.dispose();
    },
  };
}
