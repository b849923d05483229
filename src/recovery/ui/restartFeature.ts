import { randomUUID } from 'node:crypto';
import { workspace } from 'vscode';
import { serviceReset } from '../../code/index/serviceReset';
import { summarizeReset, type ResetMessage } from '../../res/resetMessage';
import { settings } from '../../shell/ids';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import { pause } from '../../util/wait';
import type { RestartEnd } from '../followRestart';
import type { AutomaticResets } from '../gate';
import { passedText } from '../passedText';
import { RestartResets } from '../restartResets';
import { readRestartRules, servicesOfRun, type RunningService } from '../runningService';
import { askService } from './askService';
import type { AutomaticStatus } from './automaticStatus';
import type { AutomaticSwitch } from './automaticSwitch';
import type { BusEar } from './busEar';
import type { RecoveryDeps } from './recoveryDeps';
import { listenToRuns } from './restartSigns';

/** Resets what a service owns after it restarted, once it answers again. */
export function registerResetOnRestart(
  deps: RecoveryDeps,
  parts: { gate: AutomaticResets; automatic: AutomaticSwitch; status: AutomaticStatus; ear: BusEar },
): Disposable {
  const { index, connections, history, logger } = deps;
  const { gate, automatic, status, ear } = parts;
  const store = new DisposableStore();
  const tell = (text: string): void => {
    logger.info(text);
    status.tell(text);
  };
  const resets = new RestartResets({
    gate,
    ownedBy: (name) => {
      const service = index.service(name);
      return service && serviceReset(service);
    },
    isProtected: () => connections.bus()?.isProtected ?? false,
    portsFor: (service) => {
      const start = performance.now();
      return {
        ask: () => askService(deps, service),
        heard: () => ear.since(start),
        pause,
        now: () => performance.now(),
      };
    },
    onEnd: (service, end) => {
      const text = endText(service, end);
      if (text !== undefined) tell(text);
      if (end.kind === 'resetItself') noteOwnReset(end.message);
    },
    onPassed: (_service, message, passed, connection) => {
      tell(passedText(summarizeReset(message), passed, connection));
    },
  });

  const noteOwnReset = (message: ResetMessage): void => {
    const text = JSON.stringify(message);
    const time = Date.now();
    const recorded = history
      .records()
      .find(
        (one) =>
          one.origin === 'received' && one.time > time - 60_000 && JSON.stringify(one.message) === text,
      );
    const bus = connections.bus();
    history.put({
      id: randomUUID(),
      time,
      message,
      ...(bus && { connection: bus.connection }),
      state: { kind: 'received' },
      ...recorded,
      origin: 'self',
    });
  };

  /** What runs now: its program may watch its files. */
  const running = new Map<object, readonly RunningService[]>();
  store.add(
    listenToRuns((sign, run, key) => {
      const rules = readRestartRules(workspace.getConfiguration('res').get<unknown>(settings.resetOnRestart));
      if (!rules || !workspace.isTrusted) return;
      const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
      const services = running.get(key) ?? servicesOfRun(run, index.services(), folders, rules);
      if (sign === 'end') running.delete(key);
      else if (services.length > 0) running.set(key, services);
      const [first] = services;
      if (first && sign === 'start')
        automatic.offer(
          l10n.t(
            '{0} was started. Its resources can be reset by themselves whenever it restarts.',
            first.service,
          ),
        );
      for (const service of services) void resets.sign(sign, service);
    }),
  );
  store.add(
    workspace.onDidSaveTextDocument(() => {
      for (const services of running.values())
        for (const service of services) void resets.sign('hint', service);
    }),
  );
  store.add(
    automatic.onDidChange((isOn) => {
      if (!isOn) resets.stop();
    }),
  );
  store.add({
    dispose: () => {
      resets.stop();
    },
  });
  return store;
}

function endText(service: string, end: RestartEnd): string | undefined {
  switch (end.kind) {
    case 'answers':
      return end.wasSilent
        ? l10n.t('{0} answers again after its restart.', service)
        : l10n.t('{0} answered throughout its restart, as far as was seen.', service);
    case 'resetItself':
      return l10n.t('{0} has reset its resources itself, so nothing else was sent.', service);
    case 'unaskable':
      return l10n.t('{0} was not reset: no resource is known that it could be asked for.', service);
    case 'nothing':
      return undefined;
  }
}
