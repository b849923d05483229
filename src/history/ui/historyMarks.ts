import { commands, window } from 'vscode';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import { entriesFor, entryFor } from './historyEntryPick';
import { entryLabel } from './historyItems';
import type { HistoryDeps } from './historyDeps';
import { commands as ids } from '../../shell/ids';

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
          title: on ? l10n.t('Pin') : l10n.t('Unpin'),
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
      const entry = await entryFor(deps, node, { title: l10n.t('Label') });
      if (!entry) return;
      const text = await window.showInputBox({
        title: l10n.t('Label {0}', entryLabel(entry)),
        prompt: l10n.t('Label (empty to remove)'),
        value: entry.label,
      });
      if (text !== undefined) history.label(entry.record.id, text.trim());
    }),
  );
  return store;
}
