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
import type { WorkspaceIndex } from '../index/workspaceIndex';
import { covers } from '../res/pattern';
import { summarizeReset } from '../res/resetMessage';
import type { Observation, ObservedRequest, RequestOutcome } from '../reset/observation';
import { observationSummary, outcomeText } from '../reset/observationText';
import type { ResetRecord, ResetState } from '../reset/resetRecord';
import { detailsOf, gatewaysLabel, originText, stateWord, type Detail } from '../reset/resetText';
import { DisposableStore, type Disposable } from '../util/disposable';
import { commands as ids, internalCommands, views } from './ids';
import type { ResetFlow } from './resetFlow';

type Node =
  | { readonly kind: 'reset'; readonly record: ResetRecord }
  | ({ readonly kind: 'detail'; readonly observation?: Observation } & Detail)
  | { readonly kind: 'request'; readonly request: ObservedRequest; readonly gateways: number };

/** The sidebar's list of resets: a click opens the details and never sends. */
export function registerHistoryView(deps: {
  history: History;
  index: WorkspaceIndex;
  flow: ResetFlow;
}): Disposable {
  const { history, index, flow } = deps;
  const store = new DisposableStore();
  const changed = store.add(new EventEmitter<undefined>());
  const provider: TreeDataProvider<Node> = {
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
  const { state } = record;
  const observation = state.kind === 'published' ? state.observation : undefined;
  const parts = [
    stateWord(state),
    observation && observationSummary(observation),
    record.connection,
    originText(record.origin),
    clock(record.time),
  ];
  item.description = parts.filter((part) => part !== undefined).join(' · ');
  item.iconPath = iconOf(state);
  item.tooltip = tooltipOf(record);
  item.contextValue = 'reset';
  item.accessibilityInformation = { label: `Reset of ${item.label as string}, ${item.description}` };
  return item;
}

function detailNodes(record: ResetRecord): Node[] {
  const observation = record.state.kind === 'published' ? record.state.observation : undefined;
  return detailsOf(record, formatTime).map((detail) => ({
    kind: 'detail',
    ...detail,
    ...(detail.label === gatewaysLabel && observation && { observation }),
  }));
}

function requestNodes(observation: Observation | undefined): Node[] {
  const { requests = [], gateways = 0 } = observation ?? {};
  return requests.map((request) => ({ kind: 'request', request, gateways }));
}

function detailItem({ label, value, observation }: Extract<Node, { kind: 'detail' }>): TreeItem {
  const hasMore = (observation?.requests.length ?? 0) > 0;
  const item = new TreeItem(
    label,
    hasMore ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None,
  );
  item.description = value;
  item.tooltip = value;
  item.contextValue = 'detail';
  return item;
}

/** One request of a gateway; a click opens the code that serves it. */
function requestItem(request: ObservedRequest, gateways: number, index: WorkspaceIndex): TreeItem {
  const { kind, name, query, gateway, client, outcome, took } = request;
  const item = new TreeItem(query === undefined ? name : `${name}?${query}`);
  const parts = [
    kind === 'get' ? undefined : kind,
    outcomeText(kind, outcome),
    client === undefined ? undefined : `client ${client}`,
    gateways > 1 ? `gateway ${gateway}` : undefined,
    took === undefined ? undefined : `${took} ms`,
  ];
  item.description = parts.filter((part) => part !== undefined).join(' · ');
  item.tooltip = `${kind} ${item.label as string}: ${item.description}`;
  item.iconPath = outcomeIcon(outcome);
  item.contextValue = 'request';
  const handler = index
    .known()
    .wild.concat(index.get(name) ?? [])
    .find(({ pattern, handlers }) => handlers.length > 0 && covers(pattern, name));
  const place = handler?.handlers[0];
  if (place)
    item.command = { command: internalCommands.openPlace, title: 'Open the handler', arguments: [place] };
  return item;
}

function outcomeIcon({ kind }: RequestOutcome): ThemeIcon {
  switch (kind) {
    case 'answered':
    case 'granted':
      return new ThemeIcon('check', new ThemeColor('testing.iconPassed'));
    case 'notFound':
      return new ThemeIcon('trash', new ThemeColor('list.warningForeground'));
    case 'refused':
      return new ThemeIcon('lock', new ThemeColor('list.warningForeground'));
    case 'error':
    case 'malformed':
    case 'noAnswer':
      return new ThemeIcon('error', new ThemeColor('testing.iconFailed'));
    case 'pending':
      return new ThemeIcon('sync~spin');
    case 'unseen':
      return new ThemeIcon('question');
  }
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
