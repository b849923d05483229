import type { ExtensionContext } from 'vscode';
import { ConnectionService } from '../nats/connectionService';
import { createDial } from '../nats/dial';
import { Redactor } from '../nats/redact';
import { defaultTimings } from '../nats/timings';
import { DisposableStore, type Disposable } from '../util/disposable';
import type { Logger } from '../util/logger';
import { createConnectionActions } from './connectionActions';
import { registerConnectionCommands } from './connectionCommands';
import { registerConnectionPanel } from './connectionPanel';
import { registerConnectionStatusBar } from './connectionStatusBar';
import { ConnectionStore } from './connectionStore';
import { ensureConnected, type Ensured } from './ensureConnected';
import { createSecretStore } from './secretStore';

/** What other features use of the connection. */
export interface ConnectionFeatures extends Disposable {
  readonly service: ConnectionService;
  /** Masks every known secret in a text that is logged or shown. */
  readonly redactor: Redactor;
  /** A bus to send on: connects first if need be, asking only what can't be known. */
  ensureConnected(connectionName?: string): Promise<Ensured>;
}

/** Registers the connection panel, its commands and the status bar item. */
export function registerConnectionFeatures({
  context,
  logger,
}: {
  readonly context: ExtensionContext;
  readonly logger: Logger;
}): ConnectionFeatures {
  const disposables = new DisposableStore();
  const redactor = new Redactor();
  const secrets = createSecretStore(context.secrets, logger);
  const store = disposables.add(new ConnectionStore(secrets));
  const service = disposables.add(
    new ConnectionService({
      secrets,
      dial: createDial(defaultTimings.connectMs),
      timings: defaultTimings,
      redactor,
      logger,
    }),
  );
  const connecting = { service, store, memory: context.workspaceState };
  const actions = createConnectionActions({ ...connecting, redactor });
  const panel = disposables.add(
    registerConnectionPanel({ ...connecting, context, actions, logger: redactor.logger(logger) }),
  );
  disposables.add(registerConnectionCommands({ ...connecting, actions, panel }));
  disposables.add(registerConnectionStatusBar(service, store));
  return {
    service,
    redactor,
    ensureConnected: (name) => ensureConnected(connecting, name),
    dispose: () => {
      disposables.dispose();
    },
  };
}
