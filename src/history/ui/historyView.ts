import { commands, window } from 'vscode';
import type { History } from '../history';
import { filterText, isFiltering } from '../historyFilter';
import type { WorkspaceIndex } from '../../code/index/workspaceIndex';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { Notifier } from '../../util/notifier';
import { problemText } from '../../util/problem';
import type { PersonTime } from '../../util/personTime';
import { registerHistoryFilter } from './historyFilterPick';
import { registerHistoryCommands, type CommandDeps } from './historyCommands';
import { historyPrompts } from './historyPrompts';
import { HistoryTree } from './historyTree';
import { contextKeys, views } from '../../shell/ids';
import type { NotConnected } from '../../connections/notConnected';
import type { Reports } from '../../resets/ui/reports';
import type { ResetFlow } from '../../resets/resetFlow';

/** The sidebar's list of resets, and all that can be done with them. A click opens the details and never sends. */
export function registerHistoryView(deps: {
  history: History;
  index: WorkspaceIndex;
  flow: ResetFlow;
  findConnection: CommandDeps['findConnection'];
  placeOf: CommandDeps['placeOf'];
  time: PersonTime;
  reports: Reports;
  notConnected: NotConnected;
  notifier: Notifier;
}): Disposable {
  const { history, index, flow, findConnection, placeOf, time, reports, notConnected, notifier } = deps;
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
  store.listen(window.onDidChangeWindowState, ({ focused }) => {
    if (focused) void history.refresh();
  });

  const prompts = historyPrompts(time);
  store.add(
    registerHistoryCommands({
      history,
      tree,
      view,
      flow,
      findConnection,
      placeOf,
      reports,
      prompts,
      notifier,
    }),
  );
  store.add(registerHistoryFilter({ history, tree }));
  return store;
}
