import { QuickPickItemKind, commands, window, type QuickPickItem } from 'vscode';
import { connectionsIn, filterKinds, noFilter, type FilterKind, type HistoryFilter } from '../historyFilter';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { History } from '../history';
import type { HistoryTree } from './historyTree';
import { commands as ids } from '../../shell/ids';

interface FilterItem extends QuickPickItem {
  readonly filterKind?: FilterKind;
  readonly connection?: string;
}

/** Chooses what the history shows, while the person looks on; and shows all again. */
export function registerHistoryFilter({
  history,
  tree,
}: {
  readonly history: History;
  readonly tree: HistoryTree;
}): Disposable {
  const store = new DisposableStore();
  store.add(
    commands.registerCommand(ids.filterHistory, () => {
      pickFilter(tree.filter, connectionsIn(history.entries()), (filter) => {
        tree.filter = filter;
      });
    }),
  );
  store.add(
    commands.registerCommand(ids.showAllHistory, () => {
      tree.filter = noFilter;
    }),
  );
  return store;
}

/** Calls `apply` with each change; with the filter of before when the person calls it off. */
function pickFilter(
  before: HistoryFilter,
  connections: readonly string[],
  apply: (filter: HistoryFilter) => void,
): void {
  const store = new DisposableStore();
  const pick = store.add(window.createQuickPick<FilterItem>());
  const items = itemsFor(connections);
  let isAccepted = false;
  const read = (): HistoryFilter => ({
    kinds: pick.selectedItems.flatMap(({ filterKind }) => filterKind ?? []),
    connections: pick.selectedItems.flatMap(({ connection }) => connection ?? []),
    text: pick.value,
  });
  pick.title = l10n.t('Filter history');
  pick.placeholder = l10n.t('Type a pattern, a resource name or any words, and check what to show');
  pick.canSelectMany = true;
  pick.items = items;
  pick.value = before.text;
  pick.selectedItems = items.filter(
    ({ filterKind, connection }) =>
      (filterKind !== undefined && before.kinds.includes(filterKind)) ||
      (connection !== undefined && before.connections.includes(connection)),
  );
  const applyNow = (): void => {
    apply(read());
  };
  store.add(pick.onDidChangeValue(applyNow));
  store.add(pick.onDidChangeSelection(applyNow));
  store.listen(pick.onDidAccept, () => {
    isAccepted = true;
    apply(read());
    pick.hide();
  });
  store.listen(pick.onDidHide, () => {
    if (!isAccepted) apply(before);
    store.dispose();
  });
  pick.show();
}

function itemsFor(connections: readonly string[]): FilterItem[] {
  return [
    { label: l10n.t('kinds'), kind: QuickPickItemKind.Separator },
    ...filterKinds().map(({ kind, label, what }) => ({
      label,
      description: what,
      filterKind: kind,
      alwaysShow: true,
    })),
    { label: l10n.t('connections'), kind: QuickPickItemKind.Separator },
    ...connections.map((connection) => ({
      label: connection.replaceAll('$(', '\\$('),
      connection,
      alwaysShow: true,
    })),
  ];
}
