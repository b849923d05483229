import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { WorkspaceIndex } from '../index/workspaceIndex';
import { summarizeMessage } from '../res/systemMessage';
import {
  worstFirst,
  type Observation,
  type ObservedRequest,
  type RequestOutcome,
} from '../reset/observation';
import { observationSummary, outcomeText } from '../reset/observationText';
import { observationOf, type ResetRecord, type ResetState } from '../reset/resetRecord';
import { detailsOf, gatewaysLabel, originText, stateWord, type Detail } from '../reset/resetText';
import { internalCommands } from './ids';

/** A row of the history. */
export type HistoryNode =
  | { readonly kind: 'reset'; readonly record: ResetRecord }
  | ({ readonly kind: 'detail'; readonly observation?: Observation } & Detail)
  | { readonly kind: 'request'; readonly request: ObservedRequest; readonly gateways: number };

/** A reset, with what came of it. */
export function resetItem(record: ResetRecord): TreeItem {
  const item = new TreeItem(summarizeMessage(record.message), TreeItemCollapsibleState.Collapsed);
  item.id = record.id;
  const { state } = record;
  const observation = observationOf(state);
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

/** The rows below a reset. */
export function detailNodes(record: ResetRecord): HistoryNode[] {
  const observation = observationOf(record.state);
  return detailsOf(record, formatTime).map((detail) => ({
    kind: 'detail',
    ...detail,
    ...(detail.label === gatewaysLabel && observation && { observation }),
  }));
}

/** The rows below what the gateways did. */
export function requestNodes(observation: Observation | undefined): HistoryNode[] {
  const { requests = [], gateways = 0 } = observation ?? {};
  return worstFirst(requests).map((request) => ({ kind: 'request', request, gateways }));
}

/** One detail of a reset; requests stand below the one that tells what the gateways did. */
export function detailItem({
  label,
  value,
  observation,
}: Extract<HistoryNode, { kind: 'detail' }>): TreeItem {
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
export function requestItem(request: ObservedRequest, gateways: number, index: WorkspaceIndex): TreeItem {
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
  const [place] = index.handlersOf(name);
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
    case 'received':
      return new ThemeIcon('radio-tower');
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
