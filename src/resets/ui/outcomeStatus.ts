import { StatusBarAlignment, window, type StatusBarItem } from 'vscode';
import type { Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import { internalCommands } from '../../shell/ids';

/** How long the outcome of a reset stands in the status bar, in milliseconds. */
const shownTime = 8000;

/** The last reset of this window in the status bar, for a moment; a click opens its report. */
export class OutcomeStatus implements Disposable {
  readonly #item: StatusBarItem;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    this.#item = window.createStatusBarItem('res.outcome', StatusBarAlignment.Left, -1000);
    this.#item.name = l10n.t('RES: Last reset');
  }

  /** Shows a text until `show` is called again, or for a moment where it is final. */
  show(id: string, text: string, isFinal: boolean): void {
    clearTimeout(this.#timer);
    this.#item.text = text;
    this.#item.tooltip = l10n.t('Show the report of this reset');
    this.#item.command = {
      command: internalCommands.openReport,
      title: l10n.t('Show report'),
      arguments: [id],
    };
    this.#item.show();
    if (isFinal)
      this.#timer = setTimeout(() => {
        this.#item.hide();
      }, shownTime);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#item.dispose();
  }
}
