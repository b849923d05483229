import { commands, env, window, type TreeView } from 'vscode';
import type { ConnectionKey } from '../../resets/connections';
import type { ResetFlow } from '../../resets/resetFlow';
import { cancelled } from '../../resets/resetOutcome';
import type { Reports } from '../../resets/ui/reports';
import { commands as ids, internalCommands } from '../../shell/ids';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { Notifier } from '../../util/notifier';
import { problemText } from '../../util/problem';
import type { CopyForm } from '../copyAs';
import type { KnownConnection } from '../commands/commandTarget';
import { entriesFor, entryFor } from '../commands/entriesFor';
import type { History } from '../history';
import { entryLabel } from '../historyEntry';
import { isFiltering } from '../historyFilter';
import type { HistoryPrompts } from '../commands/prompts';
import { HistoryRemoving } from '../commands/removing';
import { HistorySending } from '../commands/sending';
import type { HistoryNode } from './historyItems';
import type { HistoryTree } from './historyTree';

/** What the commands of the history work with. */
export interface CommandDeps {
  readonly history: History;
  readonly tree: HistoryTree;
  readonly view: TreeView<HistoryNode>;
  readonly flow: ResetFlow;
  /** The connection that is meant, as it stands now. */
  readonly findConnection: (connection: ConnectionKey) => KnownConnection | undefined;
  /** Where a reset on this connection, or on the one that is used without any, goes to. */
  readonly placeOf: (connection: ConnectionKey | undefined) => string;
  readonly reports: Reports;
  readonly prompts: HistoryPrompts;
  readonly notifier: Notifier;
}

/** Registers what can be done with the entries of the history: on a row, on several, or from the palette. */
export function registerHistoryCommands(deps: CommandDeps): Disposable {
  const { history, tree, view, flow, findConnection, placeOf, reports, prompts, notifier } = deps;
  const sources = { history, prompts, notifier, selectedRows: () => view.selection };
  const store = new DisposableStore();
  const register = (id: string, run: (row?: unknown, selected?: unknown) => unknown): void => {
    store.add(commands.registerCommand(id, run));
  };

  // By a click, which leaves the focus in the list; or by Enter and the palette.
  register(internalCommands.openReport, (id) => {
    const [clicked] = view.selection;
    if (typeof id === 'string') reports.show(id);
    else if (clicked?.kind === 'entry') reports.show(clicked.id);
  });
  register(ids.showReport, async (row) => {
    const entry = await entryFor(sources, row, { title: l10n.t('Show report') });
    if (entry) reports.show(entry.record.id, { takeFocus: true });
  });

  const resetResources = (): void => void commands.executeCommand(ids.resetResources);
  const sending = new HistorySending({ history, flow, placeOf, prompts, notifier, resetResources });
  register(ids.sendAgain, async (row, selected) =>
    sending.sendAgain(await entriesFor(sources, row, selected, { title: l10n.t('Send again') })),
  );
  register(ids.editAndSend, async (row) => {
    const entry = await entryFor(sources, row, { title: l10n.t('Edit and send') });
    return entry ? sending.editAndSend(entry) : cancelled();
  });
  register(ids.repeatLastReset, () => sending.repeatLast());

  for (const on of [true, false]) {
    register(on ? ids.pinInHistory : ids.unpinInHistory, async (row, selected) => {
      const entries = await entriesFor(sources, row, selected, {
        title: on ? l10n.t('Pin') : l10n.t('Unpin'),
        canBe: ({ isPinned }) => isPinned !== on,
      });
      history.pin(
        entries.map(({ record }) => record.id),
        on,
      );
    });
  }
  register(ids.labelInHistory, async (row) => {
    const entry = await entryFor(sources, row, { title: l10n.t('Label') });
    if (!entry) return;
    const text = await window.showInputBox({
      title: l10n.t('Label {0}', entryLabel(entry)),
      prompt: l10n.t('Label (empty to remove)'),
      value: entry.label,
    });
    if (text !== undefined) history.label(entry.record.id, text.trim());
  });

  const removing = new HistoryRemoving(history, notifier);
  register(ids.removeFromHistory, async (row, selected) =>
    removing.remove(await entriesFor(sources, row, selected, { title: l10n.t('Remove from history') })),
  );
  register(ids.clearHistory, () =>
    removing.clear(() => ({ entries: tree.shown(), isFiltered: isFiltering(tree.filter) })),
  );
  register(ids.undoRemoval, () => {
    removing.undo();
  });

  register(ids.copyResetAs, async (row, selected) => {
    const title = l10n.t('Copy reset as…');
    const entries = await entriesFor(sources, row, selected, { title });
    if (entries.length === 0) return;
    const items = copyForms().map(({ id, what }) => ({ label: what, id }));
    const picked = await window.showQuickPick(items, { title, placeHolder: l10n.t('Choose a format') });
    const rows = entries.map(({ record }) => ({ kind: 'entry', id: record.id }));
    if (picked) await commands.executeCommand(picked.id, rows[0], rows);
  });
  for (const { id, form, what } of copyForms()) {
    register(id, async (row, selected) => {
      const entries = await entriesFor(sources, row, selected, { title: l10n.t('Copy as {0}', what) });
      if (entries.length === 0) return;
      const { copyText, shellOf } = await import('./historyFiles');
      const text = copyText(entries, form, shellOf(env.shell), findConnection);
      if (!text.ok) {
        void notifier.error(`${l10n.t('Nothing was copied.')} ${problemText(text.problem)}`);
        return;
      }
      await env.clipboard.writeText(text.value);
      window.setStatusBarMessage(`$(clippy) ${l10n.t('Copied as {0}', what)}`, 4000);
    });
  }

  const transfer = {
    history,
    notifier,
    filtered: () => (isFiltering(tree.filter) ? tree.shown() : undefined),
  };
  register(ids.exportHistory, async () => {
    const { exportHistory, chosenFiles: files } = await import('./historyFiles');
    await exportHistory({ ...transfer, files });
  });
  register(ids.importHistory, async () => {
    const { importHistory, chosenFiles: files } = await import('./historyFiles');
    await importHistory({ ...transfer, files });
  });
  return store;
}

function copyForms(): readonly { readonly id: string; readonly form: CopyForm; readonly what: string }[] {
  return [
    { id: ids.copyMessage, form: 'message', what: l10n.t('message') },
    { id: ids.copyNatsPub, form: 'natsPub', what: l10n.t('nats pub command') },
    { id: ids.copyGoRes, form: 'goRes', what: l10n.t('go-res code') },
    { id: ids.copyCSharp, form: 'cSharp', what: l10n.t('C# code') },
    { id: ids.copyJavaScript, form: 'javaScript', what: l10n.t('JavaScript code') },
  ];
}
