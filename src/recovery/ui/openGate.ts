import { workspace } from 'vscode';
import { reasonsToAsk } from '../../resets/askReasons';
import * as l10n from '../../util/l10n';
import { AutomaticResets } from '../gate';
import type { AutomaticSwitch } from './automaticSwitch';
import type { RecoveryDeps } from './recoveryDeps';

/** The gate of this window. */
export function createGate(deps: RecoveryDeps, automatic: AutomaticSwitch): AutomaticResets {
  const { connections, flow, rules, notifier } = deps;
  return new AutomaticResets({
    isOn: () => automatic.isOn,
    isTrusted: () => workspace.isTrusted,
    openBus: () => connections.openBus,
    reasonsToAsk: (message, bus) => reasonsToAsk(message, bus, rules),
    send: (intent, bus) => flow.sendQuietly(intent, bus),
    offer: async ({ text }) => {
      const send = l10n.t('Reset…');
      const pause = l10n.t('Pause Automatic Resets');
      const chosen = await notifier.warn(text, send, pause);
      if (chosen === pause) await automatic.set(false);
      return chosen === send;
    },
    sendAsked: (message, origin, bus) => void flow.send(message, origin, bus),
    now: () => performance.now(),
  });
}
