import {
  CustomExecution,
  EventEmitter,
  Task,
  TaskScope,
  workspace,
  type Pseudoterminal,
  type TaskDefinition,
  type TaskProvider,
} from 'vscode';
import { serviceReset } from '../../code/index/serviceReset';
import * as l10n from '../../util/l10n';
import { problemText, reasonOf } from '../../util/problem';
import { askService } from '../serviceQuestion';
import { whyGone } from '../withheld';
import type { Bus } from '../../resets/bus';
import { failedEnd, readResetTask, resetTaskType as taskType, type TaskEnd } from '../resetTask';
import { runResetTask } from '../runResetTask';
import type { RecoveryDeps } from './recoveryDeps';

const problemMatcher = '$res';
/** What a terminal hears when Ctrl+C is pressed in it. */
const ctrlC = '\u0003';

/** The tasks of type `res`: those that stand in `tasks.json`, and one for each service in the code. */
export function resetTasks(deps: RecoveryDeps): TaskProvider {
  const taskOf = (
    definition: TaskDefinition,
    scope: Task['scope'],
    name: string,
    isBackground = false,
  ): Task => {
    const run = (resolved: TaskDefinition): Promise<Pseudoterminal> =>
      Promise.resolve(terminal(deps, resolved, { name, isBackground }));
    const task = new Task(
      definition,
      scope ?? TaskScope.Workspace,
      name,
      taskType,
      new CustomExecution(run),
      problemMatcher,
    );
    task.isBackground = isBackground;
    return task;
  };
  return {
    provideTasks: () =>
      deps.index
        .services()
        .filter(({ name }) => name !== '')
        .map((service) =>
          taskOf(
            { type: taskType, ...serviceReset(service) },
            TaskScope.Workspace,
            l10n.t('Reset {0}', service.name),
          ),
        ),
    resolveTask: ({ definition, scope, name, isBackground }) => taskOf(definition, scope, name, isBackground),
  };
}

function terminal(
  deps: RecoveryDeps,
  definition: TaskDefinition,
  { name, isBackground }: { readonly name: string; readonly isBackground: boolean },
): Pseudoterminal {
  const written = new EventEmitter<string>();
  const closed = new EventEmitter<number>();
  const abort = new AbortController();
  const say = (text: string): void => {
    written.fire(`${text.replaceAll('\n', '\r\n')}\r\n`);
  };
  const run = async (): Promise<TaskEnd> => {
    const read = readResetTask(definition);
    if (!read.ok) return failedEnd(problemText(read.problem));
    if (!isBackground && isBeforeLaunch(name))
      say(
        l10n.t(
          'Warning: a launch configuration runs this task as its “preLaunchTask”. The launch waits for the task, and the task for the service: set "isBackground": true and "problemMatcher": "{0}".',
          problemMatcher,
        ),
      );
    return runResetTask(read.value, taskPorts(deps, say), abort.signal);
  };
  const end = ({ code, text }: TaskEnd): void => {
    say(`RES: ${text}`);
    closed.fire(code);
  };
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: () => {
      void run()
        .catch((error: unknown) => failedEnd(reasonOf(error)))
        .then(end);
    },
    handleInput: (typed) => {
      if (typed.includes(ctrlC)) abort.abort();
    },
    // By then VS Code has reported the end of the task, and takes no exit code any more.
    close: () => {
      abort.abort();
    },
  };
}

function taskPorts(deps: RecoveryDeps, say: (line: string) => void): Parameters<typeof runResetTask>[1] {
  const { flow, connections } = deps;
  /** The connection that the task was started for: it goes to no other one. */
  let opened: Bus | undefined;
  const stillOpen = (): ReturnType<typeof connections.bus> => {
    const bus = connections.bus();
    return bus === opened ? bus : undefined;
  };
  return {
    say,
    connect: async (connection) => {
      const connected = await flow.connect(connection);
      if ('bus' in connected) {
        opened = connected.bus;
        return 'open';
      }
      const { state, reason = '' } = connected.ended;
      return state === 'cancelled' ? 'cancelled' : { reason };
    },
    whyGone: () => (opened && !stillOpen() ? whyGone(opened, connections.bus()) : undefined),
    answers: async (service) => {
      const bus = stillOpen();
      return bus ? askService(bus, service, deps) : 'unlinked';
    },
    settle: async (message) => {
      const settled = await flow.settle(message, 'task', opened);
      return settled.kind === 'settled' ? settled.record : undefined;
    },
    now: () => performance.now(),
  };
}

/** Whether a launch waits for the task. */
function isBeforeLaunch(name: string): boolean {
  const launch = workspace.getConfiguration('launch');
  const all = ['configurations', 'compounds'].flatMap((key) => launch.get<unknown[]>(key) ?? []);
  return all.some((one) => {
    const before = (one as { preLaunchTask?: unknown } | null)?.preLaunchTask;
    return before === name || before === `${taskType}: ${name}`;
  });
}
