import { commands, type ExtensionContext } from 'vscode';
import { ConnectionService } from '../connectionService';
import { createDial } from '../link/dial';
import type { Redactor } from '../redaction/redact';
import { defaultTimings } from '../timings';
import type { ConnectionKey, Connections } from '../../resets/connections';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { Logger } from '../../util/logger';
import type { Notifier } from '../../util/notifier';
import type { PersonTime } from '../../util/personTime';
import { connectionsByKey, createController, findConnection, nextPlace, obviousProfile } from '../choosing';
import { createConnectionActions } from '../connectionActions';
import { NotConnected } from '../notConnected';
import { ConnectionDrafts } from '../store/connectionDrafts';
import type { StoredProfile } from '../store/connectionSettings';
import { ConnectionStore } from '../store/connectionStore';
import { MovedConnections } from '../store/movedConnections';
import { createSecretStore } from '../store/secretStore';
import { contextKeys } from '../../shell/ids';
import { followCliConnections } from './cliFiles';
import { registerConnectionCommands } from './connectionCommands';
import { registerConnectionForms } from './connectionForms';
import { registerConnectionPanel } from './connectionPanel';
import { registerConnectionStatusBar } from './connectionStatusBar';
import { windowPrompts } from './prompts';
import { windowSettings } from './windowSettings';

/** What other features use of the connection. */
export interface ConnectionFeatures extends Disposable {
  readonly service: ConnectionService;
  readonly store: ConnectionStore;
  /** Masks every known secret in a text that is logged or shown. */
  /** To send on: connects first if need be, asking only what can't be known. */
  readonly connections: Connections;
  /** Where a reset on this connection, or on the one that is used without any, goes to. */
  readonly placeOf: (connection: ConnectionKey | undefined) => string;
  /** The connection that is meant, as it stands now. */
  readonly findConnection: (connection: ConnectionKey) => StoredProfile | undefined;
  /** What the views say while a reset has to connect first. */
  readonly notConnected: NotConnected;
}

/** Registers the connection panel, its commands and the status bar item. */
export function registerConnectionFeatures({
  context,
  logger,
  time,
  redactor,
  notifier,
}: {
  readonly context: ExtensionContext;
  readonly logger: Logger;
  readonly time: PersonTime;
  readonly redactor: Redactor;
  readonly notifier: Notifier;
}): ConnectionFeatures {
  const disposables = new DisposableStore();
  const prompts = windowPrompts(notifier, redactor.redact);
  const secrets = createSecretStore({
    storage: context.secrets,
    memory: context.globalState,
    logger,
    onNotKept: () => void notifier.warn(noKeyring()),
  });
  const { cli } = disposables.add(followCliConnections());
  const store = disposables.add(
    new ConnectionStore(
      secrets,
      disposables.add(windowSettings()),
      cli,
      new MovedConnections(context.globalState),
    ),
  );
  const service = disposables.add(
    new ConnectionService({
      secrets,
      dial: createDial(defaultTimings.connectMs),
      timings: defaultTimings,
      redactor,
      logger,
    }),
  );
  const choosing = { service, store, cli, memory: context.workspaceState, prompts };
  const controller = disposables.add(createController({ ...choosing, redactor }));
  const drafts = new ConnectionDrafts(context.workspaceState);
  const actions = createConnectionActions({ ...choosing, controller, redactor, drafts });
  const shown = { ...choosing, drafts, time, context, actions, logger };
  const forms = disposables.add(registerConnectionForms(shown));
  disposables.add(registerConnectionPanel({ ...shown, redactor, forms }));
  disposables.add(registerConnectionCommands({ ...choosing, controller, actions, forms, notifier }));
  disposables.add(registerConnectionStatusBar(service));
  const hasConnections = (): boolean => store.profiles().length > 0;
  const setHasConnections = (): void => {
    void commands.executeCommand('setContext', contextKeys.hasConnections, hasConnections());
  };
  const notConnected = disposables.add(
    new NotConnected({
      service,
      onDidChangeConnections: store.onDidChange,
      hasConnections,
      next: () => obviousProfile(choosing)?.profile.name,
    }),
  );
  disposables.listen(store.onDidChange, () => {
    controller.applyChange();
    setHasConnections();
  });
  setHasConnections();
  return {
    service,
    store,
    connections: connectionsByKey(controller, choosing),
    findConnection: (connection) => findConnection(choosing, connection),
    placeOf: (connection) => nextPlace(choosing, connection),
    notConnected,
    dispose: () => {
      disposables.dispose();
    },
  };
}

const noKeyring = (): string =>
  l10n.t(
    'VS Code found no keyring, so secrets last for this session only. The connections are kept; you will be asked for their secrets again.',
  );
