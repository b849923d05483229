import { randomUUID } from 'node:crypto';
import { workspace } from 'vscode';
import { serviceReset } from '../../code/index/serviceReset';
import { summarizeReset } from '../../res/resetMessage';
import { settings } from '../../shell/settings';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import { pause } from '../../util/wait';
import { askService } from '../serviceQuestion';
import type { RestartEnd } from '../followRestart';
import type { AutomaticResets } from '../gate';
import { HeardResets } from '../heardResets';
import { passedText } from '../passedText';
import { selfReset } from '../selfReset';
import { RestartResets } from '../restartResets';
import { Runs } from '../runs';
import {
  meaningOf,
  readRestartRules,
  servicesOfRun,
  type RestartRule,
  type RunningService,
} from '../runningService';
import type { AutomaticStatus } from './automaticStatus';
import type { AutomaticSwitch } from './automaticSwitch';
import type { RecoveryDeps } from './recoveryDeps';
import type { OnRunSign } from './restartSigns';

/** Resets what a service owns after it restarted, once it answers again. */
export function resetOnRestart(
  deps: RecoveryDeps,
  parts: { gate: AutomaticResets; automatic: AutomaticSwitch; status: AutomaticStatus },
): Disposable & { readonly ran: OnRunSign; readonly saved: () => void } {
  const { index, connections, history, recording } = deps;
  const { gate, automatic, status } = parts;
  const store = new DisposableStore();
  const resets = new RestartResets({
    gate,
    ownedBy: (name) => {
      const service = index.service(name);
      return service && serviceReset(service);
    },
    openBus: () => connections.openBus,
    portsFor: (service, bus) => {
      const now = (): number => performance.now();
      const heard = new HeardResets(bus, now, deps.resets.listener());
      return {
        ask: () => askService(bus, service, deps),
        heard: (since) => heard.since(since),
        pause,
        now,
        dispose: () => {
          heard.dispose();
        },
      };
    },
    onEnd: (service, end, bus) => {
      const text = endText(service, end);
      if (text !== undefined) status.report(text);
      if (end.kind === 'resetItself') recording.put(selfReset(end.reset, bus, history.records(), randomUUID));
    },
    onPassed: (message, passed, connection) => {
      status.report(passedText(summarizeReset(message), passed, connection));
    },
  });

  const rulesNow = (): readonly RestartRule[] | undefined => readRestartRules(settings.resetOnRestart.get());
  /** What runs now: its program may watch its files. */
  const runs = new Runs();
  const ran: OnRunSign = (sign, run, key) => {
    const rules = workspace.isTrusted ? rulesNow() : undefined;
    const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    const find =
      rules && ((): readonly RunningService[] => servicesOfRun(run, index.services(), folders, rules));
    const services = runs.sign(sign, key, find);
    const [first] = services;
    const meaning = meaningOf(sign, run);
    if (first && meaning === 'start')
      automatic.offer(
        l10n.t(
          '{0} was started. Its resources can be reset by themselves whenever it restarts.',
          first.service,
        ),
      );
    for (const service of services) void resets.sign(meaning, service);
  };
  const saved = (): void => {
    if (!rulesNow()) return;
    for (const service of runs.services) void resets.sign('hint', service);
  };
  store.listen(connections.onDidChange, () => {
    resets.keepTo(connections.bus());
  });
  store.listen(settings.resetOnRestart.onDidChange, () => {
    if (!rulesNow()) resets.stop();
  });
  store.listen(automatic.onDidChange, (isOn) => {
    if (!isOn) resets.stop();
  });
  return {
    ran,
    saved,
    dispose: () => {
      resets.stop();
      store.dispose();
    },
  };
}

function endText(service: string, end: RestartEnd): string | undefined {
  switch (end.kind) {
    case 'answers':
      return end.wasSilent
        ? l10n.t('{0} was silent and answers again.', service)
        : l10n.t('{0} answered throughout its restart, as far as was seen.', service);
    case 'resetItself':
      return l10n.t(
        'A reset of all that {0} serves was seen since it is back, so nothing else was sent.',
        service,
      );
    case 'unaskable':
      return l10n.t('{0} was not reset: no resource is known that it could be asked for.', service);
    case 'nothing':
      return undefined;
  }
}
