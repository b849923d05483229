import { DisposableStore, type Disposable } from '../../util/disposable';
import { takeTexts } from '../../shell/lateTexts';
import { registerAddSaveRule } from './addSaveRule';
import { AutomaticStatus } from './automaticStatus';
import { AutomaticSwitch } from './automaticSwitch';
import { createGate } from './openGate';
import type { RecoveryDeps } from './recoveryDeps';
import { registerResetOnReconnect } from './reconnectFeature';
import { registerResetOnRestart } from './restartFeature';
import { registerResetOnSave } from './saveFeature';
import { registerResetTasks } from './taskFeature';
import { registerTools } from './tools';

/** Registers the resets that follow what a developer does. It is a bundle of its own, with texts of its own. */
export function registerRecovery(deps: RecoveryDeps): Disposable {
  takeTexts();
  const store = new DisposableStore();
  const automatic = store.add(new AutomaticSwitch(deps.memory));
  const status = store.add(new AutomaticStatus(automatic));
  const gate = createGate(deps, automatic);
  const parts = { gate, automatic, status };
  store.add(registerResetOnSave(deps, parts));
  store.add(registerResetOnRestart(deps, parts));
  store.add(registerResetOnReconnect(deps, parts));
  store.add(registerAddSaveRule(deps, automatic));
  store.add(registerResetTasks(deps));
  store.add(registerTools(deps));
  return store;
}
