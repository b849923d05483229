import { window, workspace } from 'vscode';
import { serviceReset } from '../../code/index/serviceReset';
import type { KnownService } from '../../code/index/workspaceIndex';
import { summarizeReset } from '../../res/resetMessage';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import { coveringReset } from '../followRestart';
import { together, type AutomaticResets } from '../gate';
import { passedText } from '../passedText';
import { askService } from './askService';
import type { AutomaticStatus } from './automaticStatus';
import type { AutomaticSwitch } from './automaticSwitch';
import type { BusEar } from './busEar';
import type { RecoveryDeps } from './recoveryDeps';

/** The services have this long to connect again and to send their resets, in milliseconds. */
const servicesMs = 5000;
/** In the workspace's own memory of this machine. */
const memoryKey = 'res.resetOnReconnect';

/** After NATS was away: says once which services sent no reset since, and resets them where the person wants that always. */
export function registerResetOnReconnect(
  deps: RecoveryDeps,
  {
    gate,
    automatic,
    status,
    ear,
  }: { gate: AutomaticResets; automatic: AutomaticSwitch; status: AutomaticStatus; ear: BusEar },
): Disposable {
  const { connections, index, flow, memory, logger } = deps;
  const store = new DisposableStore();
  let wasLost = false;
  let timer: NodeJS.Timeout | undefined;
  let isTelling = false;

  const answering = async (services: readonly KnownService[]): Promise<KnownService[]> => {
    const answers = await Promise.all(services.map(({ name }) => askService(deps, name)));
    return services.filter((_, at) => answers[at] === true);
  };
  const isAlways = (): boolean => automatic.isOn && memory.get(memoryKey) === true;
  const resetAutomatically = async (stale: readonly KnownService[]): Promise<void> => {
    const isProtected = connections.bus()?.isProtected ?? false;
    const message = together((isProtected ? stale : await answering(stale)).map(serviceReset));
    if (!message) return;
    const text = passedText(summarizeReset(message), await gate.pass({ message, origin: 'reconnect' }));
    logger.info(text);
    status.tell(text);
  };
  const resetByHand = async (stale: readonly KnownService[], connection: string): Promise<void> => {
    const message = together((await answering(stale)).map(serviceReset));
    if (message) await flow.send(message, 'reconnect', connection);
    else void window.showWarningMessage(l10n.t('RES: Nothing was sent: none of the services answers.'));
  };

  const look = async (since: number): Promise<void> => {
    const bus = connections.state.kind === 'connected' ? connections.bus() : undefined;
    if (!bus || !workspace.isTrusted) return;
    const heard = ear.since(since);
    const stale = index
      .services()
      .filter((service) => service.name !== '' && !coveringReset(heard, serviceReset(service)));
    if (stale.length === 0) return;
    if (isAlways()) {
      await resetAutomatically(stale);
      return;
    }
    if (isTelling) return;
    isTelling = true;
    const reset = l10n.t('Reset Its Resources');
    const always = l10n.t('Always');
    const chosen = await window.showInformationMessage(
      l10n.t(
        'RES: The connection to NATS was lost and is back. No reset of {0} was seen since then, so its clients may have stale data.',
        stale.map(({ name }) => name).join(', '),
      ),
      reset,
      always,
    );
    isTelling = false;
    if (chosen === undefined) return;
    if (chosen === always) {
      await memory.update(memoryKey, true);
      await automatic.set(true);
    }
    await resetByHand(stale, bus.connection);
  };

  store.add(
    connections.onDidChange(({ kind }) => {
      if (kind === 'reconnecting') wasLost = true;
      else if (kind === 'connected' && wasLost) {
        wasLost = false;
        const since = performance.now();
        clearTimeout(timer);
        timer = setTimeout(() => void look(since), servicesMs);
      } else if (kind !== 'connected') wasLost = false;
    }),
  );
  store.add({
    dispose: () => {
      clearTimeout(timer);
    },
  });
  return store;
}
