import { commands, window, type TreeView } from 'vscode';
import type { History } from '../history/history';
import { filterText, isFiltering } from '../history/historyFilter';
import type { WorkspaceIndex } from '../index/workspaceIndex';
import { DisposableStore, type Disposable } from '../util/disposable';
import * as l10n from '../util/l10n';
import { problemText } from '../util/problem';
import type { ConnectionStore } from './connectionStore';
import type { PersonTime } from '../util/personTime';
import { registerHistoryCopies } from './historyCopies';
import { registerHistoryFiles } from './historyFiles';
import { registerHistoryFilter } from './historyFilterPick';
import type { HistoryNode } from './historyItems';
import { registerHistoryMarks } from './historyMarks';
import { registerHistoryRemovals } from './historyRemovals';
import { registerHistoryReports } from './historyReports';
import { registerHistorySends } from './historySends';
import { HistoryTree } from './historyTree';
import { contextKeys, views } from './ids';
import type { NotConnected } from './notConnected';
import type { Reports } from './reports';
import type { ResetFlow } from './resetFlow';

/** What the commands of the history work with. */
export interface HistoryDeps {
  readonly history: History;
  readonly tree: HistoryTree;
  readonly view: TreeView<HistoryNode>;
  readonly flow: ResetFlow;
  readonly connections: Pick<ConnectionStore, 'findByName'>;
  /** Where a reset on this connection, or on the one that is used without a name, goes to. */
  readonly placeOf: (connection: string | undefined) => string;
  readonly time: PersonTime;
  readonly reports: Reports;
}

/** The sidebar's list of resets, and all that can be done with them. A click opens the details and never sends. */
export function registerHistoryView(deps: {
  history: History;
  index: WorkspaceIndex;
  flow: ResetFlow;
  connections: HistoryDeps['connections'];
  placeOf: HistoryDeps['placeOf'];
  time: PersonTime;
  reports: Reports;
  notConnected: NotConnected;
}): Disposable {
  const { history, index, flow, connections, placeOf, time, reports, notConnected } = deps;
  const store = new DisposableStore();
  const tree = store.add(new HistoryTree(history, index, time));
  const view = store.add(
    window.createTreeView(views.history, { treeDataProvider: tree, canSelectMany: true }),
  );

  const describe = (): void => {
    const filtering = isFiltering(tree.filter);
    view.description = filtering ? l10n.t('filtered') : '';
    view.message = [
      history.trouble ? problemText(history.trouble) : '',
      filtering
        ? l10n.t('{0} of {1}: {2}', tree.shown().length, history.entries().length, filterText(tree.filter))
        : '',
      !filtering && history.entries().length > 0 ? notConnected.text : '',
    ]
      .filter((text) => text !== '')
      .join(' ');
    void commands.executeCommand('setContext', contextKeys.hasHistory, history.entries().length > 0);
    void commands.executeCommand('setContext', contextKeys.historyIsFiltered, filtering);
    void commands.executeCommand('setContext', contextKeys.historyCanUndo, history.lastRemoval !== undefined);
  };
  store.add(tree.onDidChangeTreeData(describe));
  store.add(notConnected.onDidChange(describe));
  store.add(
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) void history.refresh();
    }),
  );

  const all: HistoryDeps = { history, tree, view, flow, connections, placeOf, time, reports };
  for (const register of [
    registerHistoryReports,
    registerHistorySends,
    registerHistoryMarks,
    registerHistoryCopies,
    registerHistoryRemovals,
    registerHistoryFilter,
    registerHistoryFiles,
  ]) {
    store.add(register(all));
  }
  return store;
}
