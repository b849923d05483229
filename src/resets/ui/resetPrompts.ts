import { commands, ProgressLocation, window } from 'vscode';
import * as l10n from '../../util/l10n';
import type { Notifier } from '../../util/notifier';
import { commands as ids } from '../../shell/ids';
import type { ResetPrompts } from '../resetFlow';
import type { OutcomeStatus } from './outcomeStatus';
import type { Reports } from './reports';

/** Asks and shows in VS Code's own dialog, progress and status bar. */
export function resetPrompts(deps: {
  readonly status: OutcomeStatus;
  readonly reports: Reports;
  readonly notifier: Pick<Notifier, 'confirm'>;
  readonly showLog: () => void;
}): ResetPrompts {
  const { status, reports, notifier, showLog } = deps;
  return {
    confirm: ({ question, detail }) => notifier.confirm(question, detail, l10n.t('Reset')),
    showSending: async (title, send) =>
      window.withProgress({ location: ProgressLocation.Window, title }, send),
    showStatus: (id, text, isFinal) => {
      status.show(id, text, isFinal);
    },
    showReport: (id) => {
      reports.show(id);
    },
    showLog,
    chooseConnection: () => void commands.executeCommand(ids.connect),
  };
}
