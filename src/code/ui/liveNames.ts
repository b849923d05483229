import { commands } from 'vscode';
import type { LiveNames } from '../index/liveNames';
import type { ConnectionService } from '../../connections/connectionService';
import type { Bus } from '../../resets/bus';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { Notifier } from '../../util/notifier';
import { commands as ids, contextKeys } from '../../shell/ids';
import { settings } from '../../shell/settings';

/** Collects the names seen on the active connection, where the user has switched that on for it. */
export function registerLiveNames(deps: {
  connections: ConnectionService;
  live: LiveNames;
  notifier: Pick<Notifier, 'info'>;
}): Disposable {
  const { connections, live, notifier } = deps;
  const store = new DisposableStore();
  let running: { bus: Bus; listening: DisposableStore } | undefined;

  const update = (): void => {
    const bus = connections.bus();
    const wanted = bus && settings.liveConnections.get().includes(bus.connection) ? bus : undefined;
    void commands.executeCommand('setContext', contextKeys.liveNames, wanted !== undefined);
    if (running?.bus === wanted) return;
    running?.listening.dispose();
    running = undefined;
    live.clear();
    if (!wanted) return;
    const listening = new DisposableStore();
    for (const kind of ['get', 'access', 'call', 'event']) {
      listening.add(
        wanted.subscribe(`${kind}.>`, ({ subject }) => {
          live.seeSubject(subject, Date.now());
        }),
      );
    }
    running = { bus: wanted, listening };
  };

  const switchTo = async (isOn: boolean): Promise<void> => {
    const bus = connections.bus();
    if (!bus) {
      void notifier.info(l10n.t('Connect first: live names are turned on for each connection.'));
      return;
    }
    const others = settings.liveConnections.get().filter((name) => name !== bus.connection);
    const value = isOn ? [...others, bus.connection] : others;
    await settings.liveConnections.set(value);
  };

  store.add(connections.onDidChange(update));
  store.listen(settings.liveConnections.onDidChange, update);
  store.add(commands.registerCommand(ids.startLiveNames, () => switchTo(true)));
  store.add(commands.registerCommand(ids.stopLiveNames, () => switchTo(false)));
  update();
  return {
    dispose: () => {
      running?.listening.dispose();
      store.dispose();
    },
  };
}
