import { window } from 'vscode';
import type { Message, Notifier } from '../util/notifier';
import { problemText } from '../util/problem';

/** VS Code's own notifications and dialogs: each notification says from whom it comes, and no secret passes here. */
export function createNotifier(redact: (text: string) => string): Notifier {
  const said = (message: Message): string =>
    `RES: ${redact(typeof message === 'string' ? message : problemText(message))}`;
  return {
    info: async (message, ...actions) => window.showInformationMessage(said(message), ...actions),
    warn: async (message, ...actions) => window.showWarningMessage(said(message), ...actions),
    error: async (message, ...actions) => window.showErrorMessage(said(message), ...actions),
    confirm: async (question, detail, action) => {
      const options = { modal: true, detail: redact(detail) };
      return (await window.showWarningMessage(redact(question), options, action)) === action;
    },
  };
}
