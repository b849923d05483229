import * as l10n from '../../util/l10n';
import type { Notifier } from '../../util/notifier';
import type { History, Removal } from '../history';
import { entryLabel, type HistoryEntry } from '../historyEntry';

/** The entries that the history shows: all, or those that pass its filter. */
interface ShownEntries {
  readonly entries: readonly HistoryEntry[];
  readonly isFiltered: boolean;
}

/** Remove, clear, and bring back what was removed. */
export class HistoryRemoving {
  readonly #history: Pick<History, 'refresh' | 'remove' | 'restore' | 'lastRemoval'>;
  readonly #notifier: Pick<Notifier, 'info'>;

  constructor(
    history: Pick<History, 'refresh' | 'remove' | 'restore' | 'lastRemoval'>,
    notifier: Pick<Notifier, 'info'>,
  ) {
    this.#history = history;
    this.#notifier = notifier;
  }

  /** Removes entries, with a way back. */
  async remove(entries: readonly HistoryEntry[]): Promise<void> {
    // What other windows know of these resets goes with them.
    await this.#history.refresh();
    const [first] = entries;
    if (!first) return;
    const text =
      entries.length === 1
        ? l10n.t('Removed {0} from the history.', entryLabel(first))
        : l10n.t('Removed {0} resets from the history.', entries.length);
    await this.#removeWithUndo(entries, text);
  }

  /** Removes the shown entries that are not pinned; where all of them are pinned, it asks. */
  async clear(shown: () => ShownEntries): Promise<void> {
    await this.#history.refresh();
    // Hidden entries are kept: with a filter, only those that pass it are cleared.
    const { entries, isFiltered } = shown();
    const cleared = entries.filter(({ isPinned }) => !isPinned);
    const pinned = entries.length - cleared.length;
    if (cleared.length > 0) {
      const texts = [clearedText(cleared.length, isFiltered), keptText(pinned)];
      await this.#removeWithUndo(cleared, texts.join(' ').trim());
    } else if (pinned > 0) await this.#clearPinned(entries);
  }

  /** Brings back what was removed last. */
  undo(): void {
    const removal = this.#history.lastRemoval;
    if (removal) this.#history.restore(removal);
    else void this.#notifier.info(l10n.t('Nothing to undo.'));
  }

  async #clearPinned(pinned: readonly HistoryEntry[]): Promise<void> {
    const left =
      pinned.length === 1
        ? l10n.t('Only 1 pinned reset is left.')
        : l10n.t('Only {0} pinned resets are left.', pinned.length);
    if ((await this.#notifier.info(left, l10n.t('Clear Pinned Too'))) === undefined) return;
    const text =
      pinned.length === 1
        ? l10n.t('Cleared 1 pinned reset.')
        : l10n.t('Cleared {0} pinned resets.', pinned.length);
    await this.#removeWithUndo(pinned, text);
  }

  async #removeWithUndo(entries: readonly HistoryEntry[], text: string): Promise<void> {
    const removal: Removal = this.#history.remove(entries.map(({ record }) => record.id));
    const chosen = await this.#notifier.info(text, l10n.t('Undo'));
    if (chosen !== undefined) this.#history.restore(removal);
  }
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
