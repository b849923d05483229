import * as vscode from 'vscode';
import { commands as ids } from '../../shell/ids';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { resetTaskType } from '../resetTask';
import { toolNames, wantsAutomaticResets, type RecoveryDeps } from './recoveryDeps';
import type { Recovery } from './recovery';
import { listenToRuns } from './restartSigns';

/**
 * Registers the resets that follow what a developer does. What they consist of is loaded when it is first needed: at the
 * start where the person has decided about them, else when something happens that they could follow.
 */
export function registerRecovery(deps: RecoveryDeps): Disposable {
  const store = new DisposableStore();
  let loading: Promise<Recovery> | undefined;
  const recovery = (): Promise<Recovery> =>
    (loading ??= import('./recovery').then(({ openRecovery }) => store.add(openRecovery(deps))));

  for (const id of [ids.pauseAutomaticResets, ids.resumeAutomaticResets, ids.addSaveRule])
    store.add(vscode.commands.registerCommand(id, async () => (await recovery()).commands[id]()));
  store.add(
    vscode.tasks.registerTaskProvider(resetTaskType, {
      provideTasks: async (token) => (await recovery()).tasks.provideTasks(token),
      resolveTask: async (task, token) => (await recovery()).tasks.resolveTask(task, token),
    }),
  );
  // Forks of the editor leave it out, whatever version they say they are.
  if ('lm' in vscode && typeof vscode.lm.registerTool === 'function')
    for (const name of toolNames)
      store.add(
        vscode.lm.registerTool<object>(name, {
          prepareInvocation: async (options, token) =>
            (await recovery()).tools[name].prepareInvocation?.(options, token),
          invoke: async (options, token) => (await recovery()).tools[name].invoke(options, token),
        }),
      );
  store.listen(vscode.workspace.onDidSaveTextDocument, (document) => {
    void recovery().then(({ saved }) => {
      saved(document);
    });
  });
  store.add(
    listenToRuns((sign, run, key) => {
      void recovery().then(({ ran }) => {
        ran(sign, run, key);
      });
    }),
  );
  // What is sent after a loss is to be heard, so it looks at each connection from the first on.
  store.add(deps.connections.onDidChange(() => void recovery()));
  if (wantsAutomaticResets(deps.memory) !== undefined) void recovery();
  return store;
}
