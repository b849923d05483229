import type { LanguageModelTool, TaskProvider, TextDocument } from 'vscode';
import { takeTexts } from '../../shell/lateTexts';
import type { commands as ids } from '../../shell/ids';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { addSaveRule } from './addSaveRule';
import { AutomaticStatus } from './automaticStatus';
import { AutomaticSwitch } from './automaticSwitch';
import { createGate } from './openGate';
import type { RecoveryDeps, ToolName } from './recoveryDeps';
import { registerResetOnReconnect } from './reconnectFeature';
import { resetOnRestart } from './restartFeature';
import type { OnRunSign } from './restartSigns';
import { resetOnSave } from './saveFeature';
import { resetTasks } from './taskFeature';
import { createTools } from './tools';

/** What the stand-ins that are there from the start hand over to. */
export interface Recovery extends Disposable {
  readonly commands: Readonly<Record<RecoveryCommand, () => Promise<void>>>;
  readonly saved: (document: TextDocument) => void;
  readonly ran: OnRunSign;
  readonly tasks: TaskProvider;
  readonly tools: Readonly<Record<ToolName, LanguageModelTool<object>>>;
}

/** The commands of this room. */
type RecoveryCommand = (typeof ids)['pauseAutomaticResets' | 'resumeAutomaticResets' | 'addSaveRule'];

/** The resets that follow what a developer does. It is a bundle of its own, with texts of its own. */
export function openRecovery(deps: RecoveryDeps): Recovery {
  takeTexts();
  const store = new DisposableStore();
  const automatic = store.add(new AutomaticSwitch(deps.memory, deps.notifier));
  const status = store.add(new AutomaticStatus(automatic, deps.logger));
  const parts = { gate: createGate(deps, automatic), automatic, status };
  const onSave = store.add(resetOnSave(deps, parts));
  const onRestart = store.add(resetOnRestart(deps, parts));
  store.add(registerResetOnReconnect(deps, parts));
  return {
    commands: {
      'res.pauseAutomaticResets': () => automatic.set(false),
      'res.resumeAutomaticResets': () => automatic.set(true),
      'res.addSaveRule': () => addSaveRule(deps, automatic),
    },
    saved: (document) => {
      onSave.saved(document);
      onRestart.saved();
    },
    ran: onRestart.ran,
    tasks: resetTasks(deps),
    tools: createTools(deps),
    dispose: () => {
      store.dispose();
    },
  };
}
