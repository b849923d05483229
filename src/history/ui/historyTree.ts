import { EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import type { History, HistoryChange } from '../history';
import type { HistoryEntry } from '../historyEntry';
import { filterEntries, isFiltering, noFilter, type HistoryFilter } from '../historyFilter';
import { groupEntries, type HistoryGroup } from '../historyGroups';
import type { WorkspaceIndex } from '../../code/index/workspaceIndex';
import { DisposableStore, type Disposable } from '../../util/disposable';
import type { PersonTime } from '../../util/personTime';
import {
  detailItem,
  detailNodes,
  entryItem,
  entryTooltip,
  groupItem,
  moreItem,
  requestItem,
  requestNodes,
  type HistoryNode,
} from './historyItems';

/** The rows of the history: groups of days, in them the resets, in them what is known of each. */
export class HistoryTree implements TreeDataProvider<HistoryNode>, Disposable {
  readonly #history: History;
  readonly #index: WorkspaceIndex;
  readonly #time: PersonTime;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<HistoryNode | undefined>());
  /** The same object for the same row, by which VS Code knows what to draw again. */
  readonly #nodes = new Map<string, Extract<HistoryNode, { kind: 'entry' }>>();
  #filter = noFilter;
  #shown: readonly HistoryEntry[] | undefined;
  #midnight: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(history: History, index: WorkspaceIndex, time: PersonTime) {
    this.#history = history;
    this.#index = index;
    this.#time = time;
    this.#store.add(
      time.onDidChange(() => {
        this.#refresh();
      }),
    );
    this.#store.add(
      history.onDidChange((change) => {
        this.#follow(change);
      }),
    );
  }

  get filter(): HistoryFilter {
    return this.#filter;
  }

  set filter(filter: HistoryFilter) {
    this.#filter = filter;
    this.#refresh();
  }

  /** The entries that the filter shows, newest first. */
  shown(): readonly HistoryEntry[] {
    return (this.#shown ??= filterEntries(this.#history.entries(), this.#filter));
  }

  getChildren(node?: HistoryNode): HistoryNode[] {
    if (!node) return this.#groups().map((group) => ({ kind: 'group', group }));
    switch (node.kind) {
      case 'group':
        return node.group.entries.map(({ record }) => this.#nodeOf(record.id));
      case 'entry': {
        const entry = this.#history.get(node.id);
        return entry ? detailNodes(entry, this.#time) : [];
      }
      case 'detail':
        return requestNodes(node.observation);
      case 'request':
      case 'more':
        return [];
    }
  }

  getTreeItem(node: HistoryNode): TreeItem {
    switch (node.kind) {
      case 'group':
        return groupItem(node.group);
      case 'entry':
        return entryItem(node.id, this.#history.get(node.id), this.#time);
      case 'detail':
        return detailItem(node);
      case 'request':
        return requestItem(node.request, node.gateways, this.#index);
      case 'more':
        return moreItem(node.count);
    }
  }

  resolveTreeItem(item: TreeItem, node: HistoryNode): TreeItem {
    const entry = node.kind === 'entry' ? this.#history.get(node.id) : undefined;
    if (entry) item.tooltip = entryTooltip(entry, this.#time);
    return item;
  }

  dispose(): void {
    clearTimeout(this.#midnight);
    this.#store.dispose();
  }

  #groups(): HistoryGroup[] {
    this.#awaitMidnight();
    const groups = groupEntries(this.shown(), Date.now(), this.#time);
    const there = new Set(groups.flatMap(({ entries }) => entries.map(({ record }) => record.id)));
    for (const id of this.#nodes.keys()) if (!there.has(id)) this.#nodes.delete(id);
    return groups;
  }

  #nodeOf(id: string): HistoryNode {
    let node = this.#nodes.get(id);
    if (!node) this.#nodes.set(id, (node = { kind: 'entry', id }));
    return node;
  }

  #follow(change: HistoryChange): void {
    this.#shown = undefined;
    // Progress comes several times a second: it draws one row. Under a filter the row may come or go.
    const node = change && !isFiltering(this.#filter) ? this.#nodes.get(change.id) : undefined;
    this.#changed.fire(node);
  }

  #refresh(): void {
    this.#shown = undefined;
    this.#changed.fire(undefined);
  }

  /** What is drawn names days: at midnight “Today” becomes “Yesterday”. */
  #awaitMidnight(): void {
    const now = Date.now();
    clearTimeout(this.#midnight);
    this.#midnight = setTimeout(
      () => {
        this.#refresh();
      },
      this.#time.nextDay(now) - now,
    );
  }
}
