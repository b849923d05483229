import { commands, window } from 'vscode';
import type { Removal } from '../history';
import type { HistoryEntry } from '../historyEntry';
import { isFiltering } from '../historyFilter';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import { entriesFor } from './historyEntryPick';
import { entryLabel } from './historyItems';
import type { HistoryDeps } from './historyDeps';
import { commands as ids } from '../../shell/ids';

/** Remove, clear, and bring back what was removed. */
export function registerHistoryRemovals(deps: HistoryDeps): Disposable {
  const { history, tree } = deps;
  const store = new DisposableStore();

  const remove = (entries: readonly HistoryEntry[]): Removal =>
    history.remove(entries.map(({ record }) => record.id));
  const offerUndo = async (text: string, removal: Removal): Promise<void> => {
    const undo = l10n.t('Undo');
    const chosen = await window.showInformationMessage(`RES: ${text}`, undo);
    if (chosen === undo) history.restore(removal);
  };
  store.add(
    commands.registerCommand(ids.removeFromHistory, async (node?: unknown, selected?: unknown) => {
      const entries = await entriesFor(deps, node, selected, { title: l10n.t('Remove from history') });
      // What other windows know of these resets goes with them.
      await history.refresh();
      const [first] = entries;
      if (!first) return;
      const removal = remove(entries);
      const text =
        entries.length === 1
          ? l10n.t('Removed {0} from the history.', entryLabel(first))
          : l10n.t('Removed {0} resets from the history.', entries.length);
      await offerUndo(text, removal);
    }),
  );
  store.add(
    commands.registerCommand(ids.clearHistory, async () => {
      await history.refresh();
      // What can't be seen is not cleared: with a filter, only what it shows.
      const shown = tree.shown();
      const entries = shown.filter(({ isPinned }) => !isPinned);
      const pinned = shown.length - entries.length;
      if (entries.length === 0) {
        if (pinned > 0) await clearPinned(shown);
        return;
      }
      const removal = remove(entries);
      const texts = [clearedText(entries.length, isFiltering(tree.filter)), keptText(pinned)];
      await offerUndo(texts.join(' ').trim(), removal);
    }),
  );
  const clearPinned = async (pinned: readonly HistoryEntry[]): Promise<void> => {
    const answer = await window.showInformationMessage(
      pinned.length === 1
        ? l10n.t('RES: Only 1 pinned reset is left.')
        : l10n.t('RES: Only {0} pinned resets are left.', pinned.length),
      l10n.t('Clear Pinned Too'),
    );
    if (answer === undefined) return;
    const text =
      pinned.length === 1
        ? l10n.t('Cleared 1 pinned reset.')
        : l10n.t('Cleared {0} pinned resets.', pinned.length);
    await offerUndo(text, remove(pinned));
  };
  store.add(
    commands.registerCommand(ids.undoRemoval, () => {
      const removal = history.lastRemoval;
      if (removal) history.restore(removal);
      else void window.showInformationMessage(l10n.t('RES: Nothing to undo.'));
    }),
  );
  return store;
}

function clearedText(count: number, isFiltered: boolean): string {
  if (isFiltered)
    return count === 1 ? l10n.t('Cleared 1 filtered reset.') : l10n.t('Cleared {0} filtered resets.', count);
  return count === 1 ? l10n.t('Cleared 1 reset.') : l10n.t('Cleared {0} resets.', count);
}

function keptText(pinned: number): string {
  if (pinned === 0) return '';
  return pinned === 1 ? l10n.t('1 pinned reset was kept.') : l10n.t('{0} pinned resets were kept.', pinned);
}
