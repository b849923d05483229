import { Uri, commands, env, window, workspace, type WebviewPanel } from 'vscode';
import type { History } from '../../history/history';
import type { HistoryEntry } from '../../history/historyEntry';
import { handlerPlaces } from '../../code/index/handlerPlaces';
import type { WorkspaceIndex } from '../../code/index/workspaceIndex';
import { summarizeMessage } from '../../res/systemMessage';
import { takeTexts } from '../../shell/lateTexts';
import { sentText } from '../report';
import { observationOf } from '../resetRecord';
import type { Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { Notifier } from '../../util/notifier';
import { reasonOf } from '../../util/problem';
import type { PersonTime } from '../../util/personTime';
import { parseFromReport, type FromReport, type ReportAction, type ReportSlot } from '../messages';
import { commands as ids, internalCommands } from '../../shell/ids';
import { ReportFeed, type Shown } from './reportFeed';
import { loadReportPage } from './reportPanel';
import { reportCsv, reportJson } from './reportExport';
import { previousOf, reportHead } from './reportView';

/** What reports are made from. */
export interface ReportDeps {
  /** Somebody looks at one. */
  readonly onShow: () => void;
  readonly extensionUri: Uri;
  readonly history: History;
  readonly index: WorkspaceIndex;
  readonly time: PersonTime;
  readonly notifier: Pick<Notifier, 'info' | 'error'>;
}

/** One page with its one or two reports. It is a bundle of its own, with texts of its own. */
export class OpenReport implements Disposable {
  readonly #deps: ReportDeps;
  readonly #panel: WebviewPanel;
  readonly #feeds: Readonly<Record<ReportSlot, ReportFeed>>;
  readonly #ids: Record<ReportSlot, string | undefined>;
  #isReady = false;
  isKept: boolean;

  constructor(deps: ReportDeps, panel: WebviewPanel, id: string, isKept: boolean) {
    takeTexts();
    this.#deps = deps;
    this.#panel = panel;
    this.isKept = isKept;
    this.#ids = { main: id, previous: undefined };
    const feed = (slot: ReportSlot): ReportFeed =>
      new ReportFeed(
        slot,
        (message) => void panel.webview.postMessage(message),
        () => this.#shown(slot),
      );
    this.#feeds = { main: feed('main'), previous: feed('previous') };
    panel.webview.onDidReceiveMessage((value: unknown) => {
      const message = parseFromReport(value);
      if (message) void this.#receive(message);
    });
    panel.onDidDispose(() => {
      this.#feeds.main.end();
      this.#feeds.previous.end();
    });
    loadReportPage(panel, deps.extensionUri);
    this.#setTitle();
  }

  /** Shows another entry, without what it was compared with. */
  show(id: string, takeFocus: boolean): void {
    this.#panel.reveal(undefined, !takeFocus);
    if (this.#ids.main === id && this.#ids.previous === undefined) return;
    this.#ids.main = id;
    this.#ids.previous = undefined;
    this.#restart();
  }

  /** An entry has changed, or any where none is named. */
  follow(id: string | undefined): void {
    if (!this.#isReady) return;
    for (const slot of ['main', 'previous'] as const) {
      const shown = this.#ids[slot];
      if (shown !== undefined && (id === undefined || id === shown)) this.#feeds[slot].changed();
    }
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #restart(): void {
    this.#setTitle();
    if (!this.#isReady) return;
    this.#feeds.main.restart(this.isKept);
    this.#feeds.previous.restart(this.isKept);
  }

  #setTitle(): void {
    const entry = this.#entry('main');
    const name = entry && (entry.label === '' ? summarizeMessage(entry.record.message) : entry.label);
    this.#panel.title = name === undefined ? l10n.t('Reset report') : l10n.t('Reset: {0}', name);
  }

  #entry(slot: ReportSlot): HistoryEntry | undefined {
    const id = this.#ids[slot];
    return id === undefined ? undefined : this.#deps.history.get(id);
  }

  #shown(slot: ReportSlot): Shown | undefined {
    const entry = this.#entry(slot);
    if (!entry) return undefined;
    const { history, time } = this.#deps;
    const formatTime = (at: number): string => time.dateTimeText(at);
    const record = history.wholeRecord(entry.record.id) ?? entry.record;
    return {
      record,
      headOf: (tally) => {
        const hasPrevious = slot === 'main' && previousOf(entry, history.entries()) !== undefined;
        return reportHead(entry, record, { hasPrevious, formatTime }, tally);
      },
    };
  }

  async #receive(message: FromReport): Promise<void> {
    switch (message.type) {
      case 'ready':
        if (message.person) this.#deps.time.know(message.person);
        this.#isReady = true;
        this.#restart();
        return;
      case 'reveal':
        await this.#reveal(message.slot, message.index);
        return;
      case 'action':
        await this.#act(message.action);
    }
  }

  async #reveal(slot: ReportSlot, index: number): Promise<void> {
    const record = this.#shown(slot)?.record;
    const request = record && observationOf(record.state)?.requests[index];
    if (!request) return;
    const [place] = handlerPlaces(this.#deps.index, request.name, request.kind);
    if (place) await commands.executeCommand(internalCommands.openPlace, place);
    else
      window.setStatusBarMessage(
        `$(info) ${l10n.t('No code in this workspace serves {0}', request.name)}`,
        4000,
      );
  }

  async #act(action: ReportAction): Promise<void> {
    const entry = this.#entry('main');
    const shown = this.#shown('main');
    if (!entry || !shown) return;
    const node = { kind: 'entry', id: entry.record.id };
    switch (action) {
      case 'copyMessage':
        await env.clipboard.writeText(sentText(shown.record));
        window.setStatusBarMessage(`$(clippy) ${l10n.t('Message copied')}`, 4000);
        return;
      case 'copyAs':
        await commands.executeCommand(ids.copyResetAs, node);
        return;
      case 'sendAgain':
        await commands.executeCommand(ids.sendAgain, node);
        return;
      case 'editAndSend':
        await commands.executeCommand(ids.editAndSend, node);
        return;
      case 'exportJson':
        await save('json', reportJson(shown.record), this.#deps.notifier);
        return;
      case 'exportCsv':
        await save('csv', reportCsv(shown.record), this.#deps.notifier);
        return;
      case 'compare':
        this.#ids.previous = previousOf(entry, this.#deps.history.entries())?.record.id;
        this.#feeds.previous.restart(this.isKept);
        return;
      case 'endCompare':
        this.#ids.previous = undefined;
        this.#feeds.previous.restart(this.isKept);
        return;
      case 'keepOpen':
        this.isKept = true;
        this.#restart();
    }
  }
}

async function save(form: 'json' | 'csv', text: string, notifier: ReportDeps['notifier']): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const name = `reset-report.${form}`;
  const file = await window.showSaveDialog({
    title: l10n.t('Export report'),
    filters: { [form.toUpperCase()]: [form] },
    defaultUri: folder ? Uri.joinPath(folder, name) : Uri.file(name),
  });
  if (!file) return;
  try {
    await workspace.fs.writeFile(file, Buffer.from(text));
  } catch (error) {
    void notifier.error(
      l10n.t('The report could not be exported: {0}. Choose another location.', reasonOf(error)),
    );
    return;
  }
  void notifier.info(l10n.t('Exported the report to {0}.', file.fsPath));
}
