import { randomUUID } from 'node:crypto';
import { commands, type ExtensionContext } from 'vscode';
import { countCovered, type KnownNames } from '../../code/index/coverage';
import type { ConnectionFeatures } from '../../connections/ui/connectionFeatures';
import type { History } from '../../history/history';
import { settings } from '../../shell/settings';
import { DisposableStore, type Disposable } from '../../util/disposable';
import type { Logger } from '../../util/logger';
import type { Notifier } from '../../util/notifier';
import type { PersonTime } from '../../util/personTime';
import type { ConfirmRules } from '../askReasons';
import { expectedRequests } from '../observe/expectation';
import { Recording, type ResetStore } from '../recording';
import { ResetService } from '../resetService';
import { FirstSteps } from './firstSteps';
import { registerMonitor } from './monitor';
import { observeRules } from './observeRules';
import { OutcomeStatus } from './outcomeStatus';
import { registerReports, type Reports } from './reports';
import { ResetFlow } from '../resetFlow';
import { resetPrompts } from './resetPrompts';

/** What sends resets, and shows what came of them. */
interface ResetFeatures extends Disposable {
  readonly resets: ResetService;
  /** Where what becomes of resets is recorded. */
  readonly recording: ResetStore;
  /** A reset as a person asks for it, with its questions. */
  readonly flow: ResetFlow;
  /** When it asks first. */
  readonly rules: ConfirmRules;
  readonly reports: Reports;
}

/** Registers sending, its record in the history, the reports, and the monitor of what others send. */
export function registerResetFeatures(deps: {
  readonly context: ExtensionContext;
  readonly connections: ConnectionFeatures;
  readonly history: History;
  readonly known: KnownNames;
  readonly time: PersonTime;
  readonly logger: Logger;
  readonly notifier: Notifier;
  readonly showLog: () => void;
}): ResetFeatures {
  const { context, connections, history, known, time, logger, notifier, showLog } = deps;
  const store = new DisposableStore();
  const recording = new Recording({
    store: history,
    logger,
    onProblem: (problem) => void notifier.warn(problem),
  });
  const resets = new ResetService({
    newId: randomUUID,
    now: Date.now,
    observe: observeRules,
    recording,
  });
  const firstSteps = new FirstSteps(
    context.globalState,
    (key, value) => void commands.executeCommand('setContext', key, value),
  );
  store.listen(resets.onDidChange, (record) => {
    firstSteps.follow(record);
  });
  const reports = store.add(
    registerReports({
      extensionUri: context.extensionUri,
      history,
      index: known.index,
      time,
      notifier,
      onShow: () => {
        firstSteps.take('hasSeenReport');
      },
    }),
  );
  const rules: ConfirmRules = {
    expect: (message, connection) =>
      expectedRequests(message, connection, history.records(), (pattern) => countCovered(known, pattern)),
    askAbove: () => settings.askAbove.get(),
  };
  const status = store.add(new OutcomeStatus());
  const flow = new ResetFlow({
    resets,
    connections: connections.connections,
    rules,
    prompts: resetPrompts({ status, reports, notifier, showLog }),
    notifier,
  });
  store.add(registerMonitor({ connections: connections.service, resets, recording, logger, notifier }));
  return {
    resets,
    recording,
    flow,
    rules,
    reports,
    dispose: () => {
      store.dispose();
    },
  };
}
