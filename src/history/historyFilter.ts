import { checkPattern, overlaps } from '../res/pattern';
import { isTokenReset, summarizeMessage, type SystemMessage } from '../res/systemMessage';
import { observationOf, type ResetRecord } from '../resets/resetRecord';
import { stateText } from '../resets/resetText';
import * as l10n from '../util/l10n';
import { splitList } from '../util/typedList';
import { kindOf, type HistoryEntry } from './historyEntry';

/** The kinds of entries that the filter knows. */
export type FilterKind = 'sent' | 'received' | 'imported' | 'failed' | 'pinned';

/** Which entries to show: those of one of the kinds, on one of the connections, in which all words are found. */
export interface HistoryFilter {
  /** Empty for all. */
  readonly kinds: readonly FilterKind[];
  /** Empty for all. */
  readonly connections: readonly string[];
  /** Words; one that is a pattern, or a name with a dot in it, finds what it has a resource in common with. */
  readonly text: string;
}

/** Shows everything. */
export const noFilter: HistoryFilter = { kinds: [], connections: [], text: '' };

/** The kinds in the order of a list, and what each means. */
export function filterKinds(): readonly {
  readonly kind: FilterKind;
  readonly label: string;
  readonly what: string;
}[] {
  return [
    { kind: 'sent', label: l10n.t('Sent'), what: l10n.t('sent from this workspace') },
    { kind: 'received', label: l10n.t('Received'), what: l10n.t('sent by another client') },
    { kind: 'failed', label: l10n.t('Failed'), what: l10n.t('rejected by the server, or not confirmed') },
    { kind: 'pinned', label: l10n.t('Pinned'), what: l10n.t('kept beyond the limit and when cleared') },
    { kind: 'imported', label: l10n.t('Imported'), what: l10n.t('read from a file') },
  ];
}

export function isFiltering({ kinds, connections, text }: HistoryFilter): boolean {
  return kinds.length > 0 || connections.length > 0 || text.trim() !== '';
}

/** The filter in few words: `failed, pinned · local · “library.>”`. */
export function filterText({ kinds, connections, text }: HistoryFilter): string {
  const words = text.trim();
  const labels = filterKinds().filter(({ kind }) => kinds.includes(kind));
  const parts = [
    labels.map(({ label }) => label.toLowerCase()).join(', '),
    connections.join(', '),
    words === '' ? '' : `“${words}”`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** The entries that the filter shows, in their order. */
export function filterEntries(entries: readonly HistoryEntry[], filter: HistoryFilter): HistoryEntry[] {
  const { kinds, connections, text } = filter;
  const finders = splitList(text)
    .filter((word) => word !== '')
    .map(finderFor);
  return entries.filter(
    (entry) =>
      (kinds.length === 0 || kinds.some((kind) => isKind(entry, kind))) &&
      (connections.length === 0 || connections.includes(entry.record.connection ?? '')) &&
      finders.every((finds) => finds(entry)),
  );
}

/** The connections that the entries name, sorted. */
export function connectionsIn(entries: readonly HistoryEntry[]): string[] {
  return [...new Set(entries.flatMap(({ record }) => record.connection ?? []))].sort();
}

function isKind(entry: HistoryEntry, kind: FilterKind): boolean {
  switch (kind) {
    case 'failed':
      return entry.record.state.kind === 'failed' || entry.record.state.kind === 'rejected';
    case 'pinned':
      return entry.isPinned;
    default:
      return kindOf(entry) === kind;
  }
}

function finderFor(word: string): (entry: HistoryEntry) => boolean {
  const sought = word.toLowerCase();
  // A lone word such as `local` would have something in common with every `>`.
  const isPattern = /[.*>]/.test(word) && checkPattern(word) === undefined;
  return (entry) =>
    textOf(entry).includes(sought) ||
    (isPattern &&
      patternsOf(entry.record.message).some(
        (pattern) => checkPattern(pattern) === undefined && overlaps(pattern, word),
      ));
}

/** What was made of records before: a filter is applied at each key that is pressed. */
const recordTexts = new WeakMap<ResetRecord, string>();

/** All that a word can be found in, in lower case. */
function textOf({ record, label }: HistoryEntry): string {
  let text = recordTexts.get(record);
  if (text === undefined) recordTexts.set(record, (text = recordText(record)));
  return label === '' ? text : `${label.toLowerCase()}\n${text}`;
}

function recordText({ message, connection, state }: ResetRecord): string {
  const names = observationOf(state)?.requests.map(({ name }) => name) ?? [];
  const texts = [summarizeMessage(message), ...patternsOf(message), connection ?? '', stateText(state)];
  return [...texts, ...new Set(names)].join('\n').toLowerCase();
}

function patternsOf(message: SystemMessage): readonly string[] {
  if (isTokenReset(message)) return [...message.tids, message.subject];
  return [...(message.resources ?? []), ...(message.access ?? [])];
}
