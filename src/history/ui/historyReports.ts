import { commands } from 'vscode';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import { entryFor } from './historyEntryPick';
import type { HistoryDeps } from './historyDeps';
import { commands as ids, internalCommands } from '../../shell/ids';

/** Opens the report of an entry: by a click, which leaves the focus in the list, or by Enter and the palette. */
export function registerHistoryReports(deps: HistoryDeps): Disposable {
  const { reports, view } = deps;
  const store = new DisposableStore();
  store.add(
    commands.registerCommand(internalCommands.openReport, (id: unknown) => {
      const [clicked] = view.selection;
      if (typeof id === 'string') reports.show(id);
      else if (clicked?.kind === 'entry') reports.show(clicked.id);
    }),
  );
  store.add(
    commands.registerCommand(ids.showReport, async (node?: unknown) => {
      const entry = await entryFor(deps, node, { title: l10n.t('Show report') });
      if (entry) reports.show(entry.record.id, { takeFocus: true });
    }),
  );
  return store;
}
