import { commands, window } from 'vscode';
import { DisposableStore, type Disposable } from '../util/disposable';
import { entriesFor, entryFor } from './historyEntryPick';
import { entryLabel } from './historyItems';
import type { HistoryDeps } from './historyView';
import { commands as ids } from './ids';

/** Pin, unpin and label. */
export function registerHistoryMarks(deps: HistoryDeps): Disposable {
  const { history } = deps;
  const store = new DisposableStore();
  for (const [id, on] of [
    [ids.pinInHistory, true],
    [ids.unpinInHistory, false],
  ] as const) {
    store.add(
      commands.registerCommand(id, async (node?: unknown, selected?: unknown) => {
        const entries = await entriesFor(deps, node, selected, {
          title: on ? 'Pin' : 'Unpin',
          canBe: ({ isPinned }) => isPinned !== on,
        });
        history.pin(
          entries.map(({ record }) => record.id),
          on,
        );
      }),
    );
  }
  store.add(
    commands.registerCommand(ids.labelInHistory, async (node?: unknown) => {
      const entry = await entryFor(deps, node, { title: 'Label' });
      if (!entry) return;
      const text = await window.showInputBox({
        title: `Label ${entryLabel(entry)}`,
        prompt: 'What it is to be called in the history; empty for no label',
        value: entry.label,
      });
      if (text !== undefined) history.label(entry.record.id, text.trim());
    }),
  );
  return store;
}
