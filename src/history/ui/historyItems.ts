import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { entryLabel, type HistoryEntry } from '../historyEntry';
import type { HistoryGroup } from '../historyGroups';
import { handlerPlaces } from '../../code/index/handlerPlaces';
import type { WorkspaceIndex } from '../../code/index/workspaceIndex';
import { summarizeMessage } from '../../res/systemMessage';
import type { Observation, ObservedRequest } from '../../resets/observe/observation';
import { countRequests } from '../../resets/observe/expectation';
import { markOf, worstFirst } from '../../resets/observe/outcomes';
import { outcomeText, rowOutcome, shortOutcome } from '../../resets/observe/observationText';
import { observationOf } from '../../resets/resetRecord';
import { detailsOf, gatewaysLabel, originText, stateWord, type Detail } from '../../resets/resetText';
import { iconOfState, toneOfState } from '../../resets/resetTone';
import { boundedDurationText } from '../../util/duration';
import * as l10n from '../../util/l10n';
import { shortenedInMiddle } from '../../util/middle';
import type { PersonTime } from '../../util/personTime';
import type { Tone } from '../../util/tone';
import { internalCommands } from '../../shell/ids';

/** A row of the history. */
export type HistoryNode =
  | { readonly kind: 'group'; readonly group: HistoryGroup }
  | { readonly kind: 'entry'; readonly id: string }
  | ({ readonly kind: 'detail'; readonly observation?: Observation } & Detail)
  | { readonly kind: 'request'; readonly request: ObservedRequest; readonly gateways: number }
  /** How many requests are known by their number only. */
  | { readonly kind: 'more'; readonly count: number };

/** The entries of a day, or those that are pinned. */
export function groupItem({ id, label, entries }: HistoryGroup): TreeItem {
  const item = new TreeItem(label, TreeItemCollapsibleState.Expanded);
  item.id = `group:${id}`;
  item.description = String(entries.length);
  item.contextValue = 'group';
  if (id === 'pinned') item.iconPath = new ThemeIcon('pinned');
  item.accessibilityInformation = {
    label:
      entries.length === 1 ? l10n.t('{0}, 1 reset', label) : l10n.t('{0}, {1} resets', label, entries.length),
  };
  return item;
}

/** A label next to an outcome has at most so many characters, at least so many, and so many together with the outcome. */
const maxLabel = 20;
const minLabel = 8;
const maxTogether = 28;

/** A reset, with what came of it; an empty row where it has just gone. */
export function entryItem(id: string, entry: HistoryEntry | undefined, time: PersonTime): TreeItem {
  if (!entry) return new TreeItem('');
  const label = entryLabel(entry);
  const { state } = entry.record;
  const observation = observationOf(state);
  const item = new TreeItem(
    observation ? labelBeside(label, rowOutcome(observation)) : label,
    TreeItemCollapsibleState.Collapsed,
  );
  item.id = id;
  item.description = entryDescription(entry, time, rowOutcome);
  item.iconPath = entry.isImported
    ? new ThemeIcon('file-symlink-file')
    : icon(iconOfState(state), toneOfState(state));
  item.contextValue = entry.isPinned ? 'resetPinned' : 'reset';
  item.accessibilityInformation = {
    label: l10n.t('Reset of {0}, {1}', label, entryDescription(entry, time, shortOutcome)),
  };
  // A command with arguments is lost if the row is drawn anew in the moment of the click: the selection says which row it is.
  item.command = { command: internalCommands.openReport, title: l10n.t('Show report') };
  return item;
}

/** The label as long as it may be where the outcome must be seen in a narrow view: nothing else makes room for it. */
function labelBeside(label: string, outcome: string): string {
  const room = maxTogether - Array.from(outcome).length;
  return shortenedInMiddle(label, Math.max(minLabel, Math.min(maxLabel, room)));
}

/** The outcome and the origin of an entry in one line. The outcome comes first, since the end may be cut off. */
export function entryDescription(
  { record, label, isImported }: HistoryEntry,
  time: PersonTime,
  outcome: (observation: Observation) => string = shortOutcome,
): string {
  const { state, message, leftOut, connection, origin } = record;
  const observation = observationOf(state);
  const parts = [
    observation ? outcome(observation) : stateWord(state),
    isImported ? l10n.t('imported') : undefined,
    state.kind === 'received' && observation ? l10n.t('received') : undefined,
    label === '' ? undefined : summarizeMessage(message),
    leftOut === undefined ? undefined : l10n.t('{0} more not stored', leftOut),
    connection,
    origin === 'received' ? undefined : originText(origin),
    time.timeText(record.time),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** The rows below a reset. */
export function detailNodes(entry: HistoryEntry, time: PersonTime): HistoryNode[] {
  const observation = observationOf(entry.record.state);
  return entryDetails(entry, time).map((detail) => ({
    kind: 'detail',
    ...detail,
    ...(detail.label === gatewaysLabel() && observation && { observation }),
  }));
}

/** The rows below what the gateways did. */
export function requestNodes(observation: Observation | undefined): HistoryNode[] {
  if (!observation) return [];
  const { requests, gateways } = observation;
  const count = countRequests(observation) - requests.length;
  return [
    ...worstFirst(requests).map((request) => ({ kind: 'request', request, gateways }) as const),
    ...(count > 0 ? [{ kind: 'more', count } as const] : []),
  ];
}

/** The row that says that not all requests are listed. */
export function moreItem(count: number): TreeItem {
  const item = new TreeItem(l10n.t('{0} more', count), TreeItemCollapsibleState.None);
  item.description = l10n.t('Not listed (failures come first)');
  item.accessibilityInformation = { label: l10n.t('{0} more requests, not listed', count) };
  item.contextValue = 'more';
  return item;
}

/** One detail of a reset; the requests are below the detail about the gateways. */
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
  item.accessibilityInformation = { label: `${label}: ${value}` };
  item.contextValue = 'detail';
  return item;
}

/** One request of a gateway; a click opens the code that serves it. */
export function requestItem(request: ObservedRequest, gateways: number, index: WorkspaceIndex): TreeItem {
  const { kind, name, query, gateway, client, outcome, took, tookMin } = request;
  const item = new TreeItem(query === undefined ? name : `${name}?${query}`);
  const parts = [
    // The part in which rows of one resource differ comes first: in a narrow view the end is cut off.
    kind === 'get' ? undefined : kind,
    gateways > 1 ? l10n.t('gateway {0}', gateway) : undefined,
    client === undefined ? undefined : l10n.t('client {0}', client),
    outcomeText(kind, outcome),
    took === undefined ? undefined : boundedDurationText(took, tookMin),
  ];
  item.description = parts.filter((part) => part !== undefined).join(' · ');
  item.tooltip = `${kind} ${item.label as string}: ${item.description}`;
  item.accessibilityInformation = { label: l10n.t('Request {0}', item.tooltip) };
  const mark = markOf(outcome);
  item.iconPath = icon(mark.icon, mark.tone);
  item.contextValue = 'request';
  const [place] = handlerPlaces(index, name, kind);
  if (place)
    item.command = {
      command: internalCommands.openPlace,
      title: l10n.t('Open the handler'),
      arguments: [place],
    };
  return item;
}

/** The icon in the colour of how bad it is; the shape says what it is. */
function icon(shape: string, tone: Tone): ThemeIcon {
  const color = toneColors[tone];
  return new ThemeIcon(shape, color === undefined ? undefined : new ThemeColor(color));
}

const toneColors: Readonly<Record<Tone, string | undefined>> = {
  good: 'testing.iconPassed',
  warning: 'list.warningForeground',
  bad: 'testing.iconFailed',
  pending: undefined,
  unknown: undefined,
};

/** All that is known of an entry, to be read at a glance. */
export function entryTooltip(entry: HistoryEntry, time: PersonTime): MarkdownString {
  const text = new MarkdownString();
  for (const { label, value } of entryDetails(entry, time)) {
    text.appendText(`${label}: ${value}`);
    text.appendMarkdown('  \n');
  }
  return text;
}

function entryDetails({ record, label, isImported }: HistoryEntry, time: PersonTime): Detail[] {
  return [
    ...(label === '' ? [] : [{ label: l10n.t('label'), value: label }]),
    ...(isImported
      ? [{ label: l10n.t('imported'), value: l10n.t('Read from a file, not sent from here.') }]
      : []),
    ...detailsOf(record, (at) => time.dateTimeText(at)),
  ];
}
