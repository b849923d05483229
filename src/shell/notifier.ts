import { window } from 'vscode';
import type { Message, Notifier } from '../util/notifier';
import { problemText } from '../util/problem';

/**
 * VS Code's own notifications and dialogs. Each notification says from whom it comes, and no secret passes there. A question
 * shows the message and the place as they are, since that is what a person decides about: both are this window's own words.
 */
export function createNotifier(redact: (text: string) => string): Notifier {
  const said = (message: Message): string =>
    `RES: ${redact(typeof message === 'string' ? message : problemText(message))}`;
  return {
    info: async (message, ...actions) => window.showInformationMessage(said(message), ...actions),
    warn: async (message, ...actions) => window.showWarningMessage(said(message), ...actions),
    error: async (message, ...actions) => window.showErrorMessage(said(message), ...actions),
    confirm: async (question, detail, action) => {
      const options = { modal: true, detail };
      return (await window.showWarningMessage(question, options, action)) === action;
    },
  };
}
