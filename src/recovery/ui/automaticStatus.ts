import { StatusBarAlignment, ThemeColor, window, workspace, type StatusBarItem } from 'vscode';
import { commands as ids } from '../../shell/ids';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { Logger } from '../../util/logger';
import { problemText } from '../../util/problem';
import type { MarkedRule } from '../onSave/saveRule';
import type { AutomaticSwitch } from './automaticSwitch';

/** So much of what happened is shown. */
const maxNews = 3;

/** What automatic resets do, in the status bar; a click pauses them, and another one turns them on again. */
export class AutomaticStatus implements Disposable {
  readonly #store = new DisposableStore();
  readonly #logger: Logger;
  readonly #switch: AutomaticSwitch;
  readonly #item: StatusBarItem;
  readonly #marked = new Map<string, MarkedRule>();
  #news: readonly string[] = [];

  constructor(automatic: AutomaticSwitch, logger: Logger) {
    this.#logger = logger;
    this.#switch = automatic;
    this.#item = this.#store.add(window.createStatusBarItem('res.automatic', StatusBarAlignment.Left, -1001));
    this.#item.name = l10n.t('RES: Automatic resets');
    this.#store.listen(automatic.onDidChange, () => {
      this.#news = [];
      this.#show();
    });
    this.#store.listen(workspace.onDidGrantWorkspaceTrust, () => {
      this.#show();
    });
    this.#show();
  }

  /** Adds a line, here and in the log: why nothing was sent, or what was seen of a restart. */
  report(news: string): void {
    this.#logger.info(news);
    this.#news = [...this.#news.slice(1 - maxNews), news];
    this.#show();
  }

  /** Marks a rule that can't be used; without a mark it can be again. */
  mark(key: string, marked: MarkedRule | undefined): void {
    if (marked) this.#marked.set(key, marked);
    else this.#marked.delete(key);
    this.#show();
  }

  /** Takes all marks away. */
  unmark(): void {
    this.#marked.clear();
    this.#show();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #show(): void {
    if (this.#switch.isUndecided) {
      this.#item.hide();
      return;
    }
    const isOn = this.#switch.isOn && workspace.isTrusted;
    const marked = isOn ? [...this.#marked.values()] : [];
    const icon = marked.length > 0 ? 'warning' : isOn ? 'sync' : 'debug-pause';
    this.#item.text = `$(${icon}) ${isOn ? l10n.t('RES auto') : l10n.t('RES auto paused')}`;
    this.#item.backgroundColor =
      marked.length > 0 ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.tooltip = [
      !workspace.isTrusted
        ? l10n.t('Nothing is reset automatically: this workspace is not trusted.')
        : isOn
          ? l10n.t('Resources are reset automatically in this workspace. Click to pause.')
          : l10n.t('Automatic resets are paused in this workspace. Click to turn them on.'),
      ...marked.map(({ rule, problem }) => l10n.t('Rule “{0}”: {1}', rule, problemText(problem))),
      ...this.#news,
    ].join('\n\n');
    this.#item.command = this.#switch.isOn ? ids.pauseAutomaticResets : ids.resumeAutomaticResets;
    this.#item.show();
  }
}
