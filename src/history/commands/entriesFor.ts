import * as l10n from '../../util/l10n';
import type { Notifier } from '../../util/notifier';
import type { History } from '../history';
import type { HistoryEntry } from '../historyEntry';
import type { HistoryPrompts } from './prompts';

/** What a keybinding of the view passes: the rows that are selected there. */
const selection = 'selection';

/** How to ask for an entry where none was given. */
interface Question {
  readonly title: string;
  /** Which entries can be meant; all without it. */
  readonly canBe?: (entry: HistoryEntry) => boolean;
}

/** Where the entries of a command come from. */
interface EntrySources {
  readonly history: Pick<History, 'get' | 'entries' | 'stored'>;
  /** The rows that are selected in the view. */
  readonly selectedRows: () => readonly unknown[];
  readonly prompts: Pick<HistoryPrompts, 'chooseEntry'>;
  readonly notifier: Pick<Notifier, 'info'>;
}

/**
 * The entries that a command is meant for: the row that it was called on, the `selected` ones where there are several, or
 * the one that the person picks.
 */
export async function entriesFor(
  { history, selectedRows, prompts, notifier }: EntrySources,
  argument: unknown,
  selected: unknown,
  { title, canBe = () => true }: Question,
): Promise<readonly HistoryEntry[]> {
  const rows: readonly unknown[] =
    argument === selection ? selectedRows() : Array.isArray(selected) ? selected : [argument];
  const given = rows.flatMap((row) => (isEntryRow(row) ? (history.get(row.id) ?? []) : [])).filter(canBe);
  if (given.length > 0 || argument === selection) return given;
  await history.stored();
  const entries = history.entries().filter(canBe);
  if (entries.length === 0) {
    void notifier.info(l10n.t('{0}: no matching reset in the history.', title));
    return [];
  }
  const chosen = await prompts.chooseEntry(entries, title);
  return chosen ? [chosen] : [];
}

/** The same for a command that is meant for one. */
export async function entryFor(
  sources: EntrySources,
  argument: unknown,
  question: Question,
): Promise<HistoryEntry | undefined> {
  return (await entriesFor(sources, argument, undefined, question))[0];
}

function isEntryRow(row: unknown): row is { readonly id: string } {
  return typeof row === 'object' && row !== null && 'kind' in row && row.kind === 'entry';
}
