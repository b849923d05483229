import {
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  commands,
  window,
  type TreeDataProvider,
} from 'vscode';
import type { History } from '../history/history';
import { summarizeReset } from '../res/resetMessage';
import type { ResetRecord, ResetState } from '../reset/resetRecord';
import { detailsOf, originText, stateWord, type Detail } from '../reset/resetText';
import { DisposableStore, type Disposable } from '../util/disposable';
import { commands as ids, views } from './ids';
import type { ResetFlow } from './resetFlow';

type Node = { readonly kind: 'reset'; readonly record: ResetRecord } | ({ readonly kind: 'detail' } & Detail);

/** The sidebar's list of resets: a click opens the details and never sends. */
export function registerHistoryView(deps: { history: History; flow: ResetFlow }): Disposable {
  const { history, flow } = deps;
  const store = new DisposableStore();
  const changed = store.add(new EventEmitter<undefined>());
  const provider: TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => {
      if (!node) return history.records().map((record) => ({ kind: 'reset', record }));
      if (node.kind === 'detail') return [];
      return detailsOf(node.record, formatTime).map((detail) => ({ kind: 'detail', ...detail }));
    },
    getTreeItem: (node) => (node.kind === 'reset' ? resetItem(node.record) : detailItem(node)),
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
    commands.registerCommand(ids.sendAgain, async (node: Node) => {
      if (node.kind !== 'reset') return undefined;
      return flow.run(node.record.message, 'history', node.record.connection);
    }),
  );
  store.add(
    commands.registerCommand(ids.removeFromHistory, (node: Node) => {
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

function resetItem(record: ResetRecord): TreeItem {
  const item = new TreeItem(summarizeReset(record.message), TreeItemCollapsibleState.Collapsed);
  item.id = record.id;
  const parts = [stateWord(record.state), record.connection, originText(record.origin), clock(record.time)];
  item.description = parts.filter((part) => part !== undefined).join(' · ');
  item.iconPath = iconOf(record.state);
  item.tooltip = tooltipOf(record);
  item.contextValue = 'reset';
  item.accessibilityInformation = { label: `Reset of ${item.label as string}, ${item.description}` };
  return item;
}

function detailItem({ label, value }: Detail): TreeItem {
  const item = new TreeItem(label);
  item.description = value;
  item.tooltip = value;
  item.contextValue = 'detail';
  return item;
}

function iconOf({ kind }: ResetState): ThemeIcon {
  switch (kind) {
    case 'requested':
    case 'sending':
      return new ThemeIcon('sync~spin');
    case 'published':
      return new ThemeIcon('check', new ThemeColor('testing.iconPassed'));
    case 'rejected':
      return new ThemeIcon('circle-slash', new ThemeColor('testing.iconFailed'));
    case 'failed':
      return new ThemeIcon('error', new ThemeColor('testing.iconFailed'));
  }
}

function tooltipOf(record: ResetRecord): MarkdownString {
  const text = new MarkdownString();
  for (const { label, value } of detailsOf(record, formatTime)) {
    text.appendText(`${label}: ${value}`);
    text.appendMarkdown('  \n');
  }
  return text;
}

function formatTime(time: number): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** The time alone for today, the date with it for other days. */
function clock(time: number): string {
  const date = new Date(time);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? date.toLocaleTimeString() : formatTime(time);
}
