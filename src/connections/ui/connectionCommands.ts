import { commands, window } from 'vscode';
import { commands as ids, views } from '../../shell/ids';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { Notifier } from '../../util/notifier';
import { problemText } from '../../util/problem';
import { choose, findConnection, type Choosing } from '../choosing';
import type { ConnectionActions } from '../connectionActions';
import type { ConnectionController } from '../connectionController';
import type { CliConnections } from '../contexts/cliConnections';
import type { StoredProfile } from '../store/connectionSettings';
import type { ConnectionForms } from './connectionForms';

/** Registers what the panel can do as commands. */
export function registerConnectionCommands(
  deps: Choosing & {
    readonly cli: CliConnections;
    readonly controller: ConnectionController<StoredProfile>;
    readonly actions: ConnectionActions;
    readonly forms: ConnectionForms;
    readonly notifier: Pick<Notifier, 'info'>;
  },
): Disposable {
  const { service, controller, store, cli, actions, forms, prompts, notifier } = deps;
  const disposables = new DisposableStore();

  const register = (id: string, run: (argument: unknown) => Promise<void> | void): void => {
    disposables.add(commands.registerCommand(id, run));
  };
  /** The connection that an argument names, the only one, or the one that is picked. */
  const withProfile = (
    placeHolder: string,
    of: () => readonly StoredProfile[],
    then: (stored: StoredProfile) => Promise<void> | void,
  ) => {
    return async (argument: unknown): Promise<void> => {
      const named =
        typeof argument === 'string' ? of().find(({ profile }) => profile.name === argument) : undefined;
      const profiles = of();
      if (profiles.length === 0) {
        forms.open();
        return;
      }
      // Somebody who names a connection does not mean another one.
      const only = profiles.length === 1 && typeof argument !== 'string' ? profiles[0] : undefined;
      const stored = named ?? only ?? (await prompts.pick(profiles, placeHolder, service.activeId));
      if (stored) await then(stored);
    };
  };

  const saved = (): readonly StoredProfile[] => store.saved();
  const all = (): readonly StoredProfile[] => store.profiles();

  register(ids.connect, async (argument) => {
    const named = typeof argument === 'string' ? findConnection(deps, argument) : undefined;
    const stored = named ?? (await choose(deps, { useMemory: false }));
    if (stored) await actions.connect(stored);
  });
  register(ids.disconnect, () => {
    controller.close();
  });
  register(ids.reconnect, async () => {
    if (service.activeId !== undefined) controller.reconnectNow();
    else await actions.connect();
  });
  register(ids.addConnection, () => {
    forms.open();
  });
  register(
    ids.editConnection,
    withProfile(l10n.t('Edit which connection?'), saved, ({ id }) => {
      forms.open(id);
    }),
  );
  register(
    ids.removeConnection,
    withProfile(l10n.t('Remove which connection?'), saved, (stored) => actions.remove(stored)),
  );
  register(
    ids.duplicateConnection,
    withProfile(l10n.t('Duplicate which connection?'), saved, (stored) => actions.duplicate(stored)),
  );
  for (const [id, by] of [
    [ids.moveConnectionUp, -1],
    [ids.moveConnectionDown, 1],
  ] as const) {
    register(
      id,
      withProfile(l10n.t('Move which connection?'), saved, (stored) => actions.move(stored, by)),
    );
  }
  for (const [id, on] of [
    [ids.protectConnection, true],
    [ids.unprotectConnection, false],
  ] as const) {
    const others = (): readonly StoredProfile[] => all().filter(({ profile }) => profile.protected !== on);
    const choose = withProfile(
      on ? l10n.t('Protect which connection?') : l10n.t('Unprotect which connection?'),
      others,
      (stored) => actions.protect(stored, on),
    );
    register(id, async (argument) => {
      await cli.reload();
      if (others().length > 0) await choose(argument);
      else
        void notifier.info(
          on ? l10n.t('There is no connection to protect.') : l10n.t('No connection is protected.'),
        );
    });
  }
  register(ids.importNatsContext, async (argument) => {
    await cli.reload();
    if (cli.profiles.length === 0) {
      const why = cli.unusable.map(({ problem }) => problemText(problem)).join(' ');
      await notifier.info(`${l10n.t('The NATS CLI has no context that can be imported.')} ${why}`.trim());
      return;
    }
    const named = cli.profiles.find(({ profile }) => profile.name === argument);
    const stored =
      named ?? (await prompts.pick(cli.profiles, l10n.t('Import which context?'), cli.selectedId));
    if (stored) await actions.duplicate(stored);
  });
  register(
    ids.testConnection,
    withProfile(l10n.t('Test which connection?'), all, async (stored) => {
      await window.withProgress(
        { location: { viewId: views.connection }, title: l10n.t('Testing {0}', stored.profile.name) },
        () => actions.test(stored),
      );
    }),
  );
  return disposables;
}
