import {
  debug,
  ProcessExecution,
  ShellExecution,
  tasks,
  window,
  workspace,
  type DebugSession,
  type Task,
  type TaskExecution,
  type TerminalShellExecution,
} from 'vscode';
import path from 'node:path';
import { DisposableStore, type Disposable } from '../../util/disposable';
import type { Sign } from '../followRestart';
import { resetTaskType } from '../resetTask';
import { runOfConfiguration, wordsOf, type Run } from '../runningService';

/** Signs of the editor that something is run. `key` is the same for all signs of one run. */
export type OnRunSign = (sign: Sign, run: Run, key: object) => void;

/** Listens to debug sessions, tasks and terminals. */
export function listenToRuns(onSign: OnRunSign): Disposable {
  const store = new DisposableStore();
  const debugged = (sign: Sign, session: DebugSession): void => {
    const root = rootOf(session);
    onSign(sign, runOfSession(root), root);
  };
  store.listen(debug.onDidStartDebugSession, (session) => {
    debugged('start', session);
  });
  store.listen(debug.onDidTerminateDebugSession, (session) => {
    debugged('end', session);
  });
  store.add(
    debug.registerDebugAdapterTrackerFactory('*', {
      // There is no event for a restart, and an adapter can restart the program within one session.
      createDebugAdapterTracker: (session) => ({
        onWillReceiveMessage: (message: { type?: string; command?: string }) => {
          if (message.type === 'request' && message.command === 'restart') debugged('start', session);
        },
        onDidSendMessage: (message: { type?: string; event?: string }) => {
          if (message.type === 'event' && message.event === 'process') debugged('start', session);
        },
      }),
    }),
  );
  const ran = (sign: Sign, execution: TaskExecution): void => {
    const { task } = execution;
    // A reset is no restart, whatever a rule fits.
    if (task.definition.type !== resetTaskType) onSign(sign, runOfTask(task), execution);
  };
  store.listen(tasks.onDidStartTaskProcess, ({ execution }) => {
    ran('start', execution);
  });
  store.listen(tasks.onDidEndTaskProcess, ({ execution }) => {
    ran('end', execution);
  });
  store.listen(window.onDidStartTerminalShellExecution, ({ execution }) => {
    onSign('start', runOfCommand(execution), execution);
  });
  store.listen(window.onDidEndTerminalShellExecution, ({ execution }) => {
    onSign('end', runOfCommand(execution), execution);
  });
  return store;
}

function rootOf(session: DebugSession): DebugSession {
  return session.parentSession ? rootOf(session.parentSession) : session;
}

function runOfSession({ configuration, name, workspaceFolder }: DebugSession): Run {
  return runOfConfiguration(name, configuration, workspaceFolder?.uri.fsPath ?? '');
}

function runOfTask({ name, execution, scope }: Task): Run {
  const folder = typeof scope === 'object' ? scope : workspace.workspaceFolders?.[0];
  const root = folder?.uri.fsPath;
  const words =
    execution instanceof ProcessExecution
      ? [execution.process, ...execution.args]
      : execution instanceof ShellExecution
        ? [...wordsOf(execution.commandLine ?? textOf(execution.command)), ...execution.args.map(textOf)]
        : [];
  const options =
    execution instanceof ProcessExecution || execution instanceof ShellExecution
      ? execution.options
      : undefined;
  const cwd = root === undefined ? options?.cwd : path.resolve(root, inFolder(options?.cwd ?? '', root));
  return { name, words: words.map((word) => inFolder(word, root ?? '')), ...(cwd !== undefined && { cwd }) };
}

function textOf(word: ShellExecution['command'] | undefined): string {
  return typeof word === 'string' ? word : (word?.value ?? '');
}

/** What VS Code puts in the place of the variable when it runs the task. */
function inFolder(text: string, folder: string): string {
  return text.replaceAll('${workspaceFolder}', folder);
}

function runOfCommand({ commandLine, cwd }: TerminalShellExecution): Run {
  return { name: commandLine.value, words: wordsOf(commandLine.value), ...(cwd && { cwd: cwd.fsPath }) };
}
