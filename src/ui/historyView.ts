import { EventEmitter, commands, window, type TreeDataProvider } from 'vscode';
import type { History } from '../history/history';
import type { WorkspaceIndex } from '../index/workspaceIndex';
import { DisposableStore, type Disposable } from '../util/disposable';
import {
  detailItem,
  detailNodes,
  requestItem,
  requestNodes,
  resetItem,
  type HistoryNode,
} from './historyItems';
import { commands as ids, views } from './ids';
import type { ResetFlow } from './resetFlow';

/** The sidebar's list of resets: a click opens the details and never sends. */
export function registerHistoryView(deps: {
  history: History;
  index: WorkspaceIndex;
  flow: ResetFlow;
}): Disposable {
  const { history, index, flow } = deps;
  const store = new DisposableStore();
  const changed = store.add(new EventEmitter<undefined>());
  const provider: TreeDataProvider<HistoryNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => {
      if (!node) return history.records().map((record) => ({ kind: 'reset', record }));
      switch (node.kind) {
        case 'reset':
          return detailNodes(node.record);
        case 'detail':
          return requestNodes(node.observation);
        case 'request':
          return [];
      }
    },
    getTreeItem: (node) => {
      switch (node.kind) {
        case 'reset':
          return resetItem(node.record);
        case 'detail':
          return detailItem(node);
        case 'request':
          return requestItem(node.request, node.gateways, index);
      }
    },
  };
  store.add(
    history.onDidChange(() => {
      changed.fire(undefined);
    }),
  );
  store.add(window.createTreeView(views.history, { treeDataProvider: provider }));
  store.add(
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) void history.refresh();
    }),
  );
  store.add(
    commands.registerCommand(ids.sendAgain, async (node: HistoryNode) => {
      if (node.kind !== 'reset') return undefined;
      return flow.send(node.record.message, 'history', node.record.connection);
    }),
  );
  store.add(
    commands.registerCommand(ids.removeFromHistory, (node: HistoryNode) => {
      if (node.kind === 'reset') history.remove(node.record.id);
    }),
  );
  store.add(
    commands.registerCommand(ids.clearHistory, async () => {
      const count = history.records().length;
      if (count === 0) return;
      const detail = 'It can’t be brought back.';
      const answer = await window.showWarningMessage(
        `Forget ${count === 1 ? 'the reset' : `all ${count} resets`} in the history?`,
        { modal: true, detail },
        'Clear',
      );
      if (answer === 'Clear') history.clear();
    }),
  );
  return store;
}
