import { commands, window } from 'vscode';
import type { Removal } from '../history/history';
import type { HistoryEntry } from '../history/historyEntry';
import { isFiltering } from '../history/historyFilter';
import { DisposableStore, type Disposable } from '../util/disposable';
import { entriesFor } from './historyEntryPick';
import { entryLabel } from './historyItems';
import type { HistoryDeps } from './historyView';
import { commands as ids } from './ids';

/** Remove, clear, and bring back what was removed. */
export function registerHistoryRemovals(deps: HistoryDeps): Disposable {
  const { history, tree } = deps;
  const store = new DisposableStore();

  const remove = (entries: readonly HistoryEntry[]): Removal =>
    history.remove(entries.map(({ record }) => record.id));
  const offerUndo = async (text: string, removal: Removal): Promise<void> => {
    const chosen = await window.showInformationMessage(`RES: ${text}`, 'Undo');
    if (chosen === 'Undo') history.restore(removal);
  };
  store.add(
    commands.registerCommand(ids.removeFromHistory, async (node?: unknown, selected?: unknown) => {
      const entries = await entriesFor(deps, node, selected, { title: 'Remove from history' });
      // What other windows know of these resets goes with them.
      await history.refresh();
      const [first] = entries;
      if (!first) return;
      const removal = remove(entries);
      const what = entries.length === 1 ? entryLabel(first) : resets(entries.length);
      await offerUndo(`Removed ${what} from the history.`, removal);
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
      const where = isFiltering(tree.filter) ? ' that the filter showed' : '';
      const kept = pinned === 0 ? '' : ` ${resets(pinned, 'pinned ')} ${pinned === 1 ? 'was' : 'were'} kept.`;
      await offerUndo(`Cleared ${resets(entries.length)}${where}.${kept}`, removal);
    }),
  );
  const clearPinned = async (pinned: readonly HistoryEntry[]): Promise<void> => {
    const answer = await window.showInformationMessage(
      `RES: Only ${resets(pinned.length, 'pinned ')} ${pinned.length === 1 ? 'is' : 'are'} left.`,
      'Clear Pinned Too',
    );
    if (answer === undefined) return;
    await offerUndo(`Cleared ${resets(pinned.length, 'pinned ')}.`, remove(pinned));
  };
  store.add(
    commands.registerCommand(ids.undoRemoval, () => {
      const removal = history.lastRemoval;
      if (removal) history.restore(removal);
      else
        void window.showInformationMessage(
          'RES: Nothing was removed in this window that could be brought back.',
        );
    }),
  );
  return store;
}

function resets(count: number, kind = ''): string {
  return count === 1 ? `1 ${kind}reset` : `${count} ${kind}resets`;
}
