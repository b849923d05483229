import { QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import type { HistoryEntry } from '../historyEntry';
import { groupEntries } from '../historyGroups';
import * as l10n from '../../util/l10n';
import { entryDescription, entryLabel, type HistoryNode } from './historyItems';
import type { HistoryDeps } from './historyDeps';

/** What a keybinding of the view passes: the rows that are selected there. */
const selection = 'selection';

/** How to ask for an entry where none was given. */
interface Question {
  readonly title: string;
  /** Which entries can be meant; all without it. */
  readonly canBe?: (entry: HistoryEntry) => boolean;
}

interface EntryItem extends QuickPickItem {
  /** None for a heading. */
  readonly entry?: HistoryEntry;
}

/** The one entry that a command is meant for: the row that it was called on, or the one that the person picks. */
export async function entryFor(
  deps: HistoryDeps,
  argument: unknown,
  question: Question,
): Promise<HistoryEntry | undefined> {
  return (await entriesFor(deps, argument, undefined, question))[0];
}

/** The entries that a command is meant for: the rows that it was called on, or the one that the person picks. */
export async function entriesFor(
  deps: HistoryDeps,
  argument: unknown,
  selected: unknown,
  question: Question,
): Promise<readonly HistoryEntry[]> {
  const given = givenEntries(deps, argument, selected).filter(question.canBe ?? (() => true));
  if (given.length > 0 || argument === selection) return given;
  await deps.history.stored();
  const { title } = question;
  const items = itemsFor(deps, question);
  if (items.length === 0) {
    void window.showInformationMessage(l10n.t('RES: {0}: no matching reset in the history.', title));
    return [];
  }
  const placeHolder = l10n.t('Choose a reset');
  const picked = await window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  return picked?.entry ? [picked.entry] : [];
}

function givenEntries({ history, view }: HistoryDeps, argument: unknown, selected: unknown): HistoryEntry[] {
  const many = argument === selection ? view.selection : Array.isArray(selected) ? selected : [argument];
  return (many as unknown[]).flatMap((node) => {
    const entry = isEntryNode(node) ? history.get(node.id) : undefined;
    return entry ?? [];
  });
}

function isEntryNode(node: unknown): node is Extract<HistoryNode, { kind: 'entry' }> {
  return typeof node === 'object' && node !== null && 'kind' in node && node.kind === 'entry';
}

/** The entries to pick from, by day. */
function itemsFor({ history, time }: HistoryDeps, { canBe = () => true }: Question): EntryItem[] {
  return groupEntries(history.entries().filter(canBe), Date.now(), time).flatMap(({ label, entries }) => [
    { label, kind: QuickPickItemKind.Separator },
    ...entries.map((entry) => ({
      label: withoutIcons(entryLabel(entry)),
      description: withoutIcons(entryDescription(entry, time)),
      entry,
    })),
  ]);
}

/** What others have named can hold what a quick pick takes for an icon. */
function withoutIcons(text: string): string {
  return text.replaceAll('$(', '\\$(');
}
