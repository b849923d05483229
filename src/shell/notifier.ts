import { window } from 'vscode';
import type { Notifier } from '../util/notifier';

/** VS Code's own notifications; each says from whom it comes. */
export const notifier: Notifier = {
  info: async (text, ...actions) => window.showInformationMessage(`RES: ${text}`, ...actions),
  warn: async (text, ...actions) => window.showWarningMessage(`RES: ${text}`, ...actions),
  error: async (text, ...actions) => window.showErrorMessage(`RES: ${text}`, ...actions),
};
