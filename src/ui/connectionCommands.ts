import { commands, window } from 'vscode';
import { DisposableStore, type Disposable } from '../util/disposable';
import type { ConnectionActions } from './connectionActions';
import { connectionCommands } from './connectionIds';
import type { ConnectionPanel } from './connectionPanel';
import type { StoredProfile } from './connectionStore';
import { chooseProfile, pickProfile, type Connecting } from './ensureConnected';

/** Registers what the panel can do as commands. */
export function registerConnectionCommands(
  deps: Connecting & { readonly actions: ConnectionActions; readonly panel: ConnectionPanel },
): Disposable {
  const { service, store, actions, panel } = deps;
  const disposables = new DisposableStore();

  const register = (id: string, run: (argument: unknown) => Promise<void> | void): void => {
    disposables.add(commands.registerCommand(id, run));
  };
  /** The connection that an argument names, or the one that is picked. */
  const withProfile = (placeHolder: string, then: (stored: StoredProfile) => Promise<void>) => {
    return async (argument: unknown): Promise<void> => {
      const named = typeof argument === 'string' ? store.findByName(argument) : undefined;
      const profiles = store.profiles();
      if (profiles.length === 0) {
        await panel.openForm();
        return;
      }
      const stored = named ?? (await pickProfile(profiles, placeHolder, service.activeId));
      if (stored) await then(stored);
    };
  };

  register(connectionCommands.connect, async (argument) => {
    const named = typeof argument === 'string' ? store.findByName(argument) : undefined;
    const stored = named ?? (await chooseProfile(deps, { useMemory: false }));
    if (stored) await actions.connect(stored);
  });
  register(connectionCommands.disconnect, () => {
    service.disconnect();
  });
  register(connectionCommands.reconnect, async () => {
    if (service.bus()) service.reconnectNow();
    else {
      const stored = await chooseProfile(deps, { useMemory: true });
      if (stored) await actions.connect(stored);
    }
  });
  register(connectionCommands.add, () => panel.openForm());
  register(
    connectionCommands.edit,
    withProfile('Edit which connection?', ({ id }) => panel.openForm(id)),
  );
  register(
    connectionCommands.remove,
    withProfile('Remove which connection?', (stored) => actions.remove(stored)),
  );
  register(
    connectionCommands.test,
    withProfile('Test which connection?', async (stored) => {
      await window.withProgress(
        { location: { viewId: 'res.connection' }, title: `Testing ${stored.profile.name}` },
        () => actions.test(stored),
      );
    }),
  );
  return disposables;
}
