import { ConfigurationTarget, workspace } from 'vscode';
import { summarizeReset } from '../../res/resetMessage';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import { reasonOf } from '../../util/problem';
import { askService } from '../serviceQuestion';
import type { AutomaticResets } from '../gate';
import { nothingSentText } from '../withheld';
import { scheduleOnClock } from '../gather';
import { HeardResets } from '../heardResets';
import { passedText } from '../passedText';
import { ReconnectResets, type Hearing, type NotReset, type Staleness } from '../reconnectResets';
import { settings } from '../../shell/settings';
import type { AutomaticStatus } from './automaticStatus';
import type { AutomaticSwitch } from './automaticSwitch';
import type { RecoveryDeps } from './recoveryDeps';

/** After NATS was away, says which services have sent no reset since, and resets them where the person wants that always. */
export function registerResetOnReconnect(
  deps: RecoveryDeps,
  { gate, automatic, status }: { gate: AutomaticResets; automatic: AutomaticSwitch; status: AutomaticStatus },
): Disposable {
  const { connections, index, flow, notifier } = deps;
  const store = new DisposableStore();
  const resets = store.add(
    new ReconnectResets({
      gate,
      services: () => (workspace.isTrusted ? index.services().filter(({ name }) => name !== '') : []),
      listen: (bus) => new HeardResets(bus, () => performance.now()),
      ask: (bus, service) => askService(bus, service, deps),
      schedule: scheduleOnClock,
      isAlways: () => automatic.isOn && settings.resetOnReconnect.get(),
      wantAlways: async () => {
        await automatic.set(true);
        try {
          await settings.resetOnReconnect.set(true, ConfigurationTarget.Workspace);
        } catch (error) {
          void notifier.warn(
            l10n.t('“Always” could not be saved, so you will be asked again next time. {0}', reasonOf(error)),
          );
        }
      },
      notify: async (staleness) => {
        const reset = l10n.t('Reset Its Resources');
        const always = l10n.t('Always');
        const text = staleText(staleness, automatic.isOn);
        const chosen = await notifier.info(text, reset, always);
        return chosen === reset ? 'reset' : chosen === always ? 'always' : undefined;
      },
      sendAsked: (message, bus) => void flow.send(message, 'reconnect', bus),
      onPassed: (message, passed) => {
        status.report(passedText(summarizeReset(message), passed));
      },
      onNotReset: (service, why) => {
        status.report(notResetText(service, why));
      },
      onNothingSent: (why) =>
        void notifier.warn(
          why === 'silent' ? l10n.t('Nothing was sent: none of the services answers.') : nothingSentText(why),
        ),
    }),
  );
  const update = (): void => {
    resets.update(connections.bus(), connections.state.kind === 'connected');
  };
  store.add(connections.onDidChange(update));
  update();
  return store;
}

function staleText({ services, hearing }: Staleness, isOn: boolean): string {
  const names = services.join(', ');
  return [
    heardText(hearing, names),
    ...(isOn ? [] : [l10n.t('“Always” turns on all automatic resets in this workspace.')]),
  ].join(' ');
}

function heardText(hearing: Hearing, names: string): string {
  switch (hearing) {
    case 'all':
      return l10n.t(
        'The connection to NATS was lost and is back. No reset of {0} was seen since then, so its clients may have stale data.',
        names,
      );
    case 'denied':
      return l10n.t(
        'The connection to NATS was lost and is back. It has no permission to see whether {0} sent a reset since then; if not, its clients may have stale data.',
        names,
      );
    case 'since':
      return l10n.t(
        'The connection to NATS was lost, and has been opened again. Resets sent in between were not seen; if {0} sent none, its clients may have stale data.',
        names,
      );
  }
}

function notResetText(service: string, why: NotReset): string {
  switch (why) {
    case 'silent':
      return l10n.t('{0} was not reset after NATS was away: it does not answer.', service);
    case 'unaskable':
      return l10n.t('{0} was not reset: no resource is known that it could be asked for.', service);
  }
}
