import { EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import type { History, HistoryChange } from '../history';
import type { HistoryEntry } from '../historyEntry';
import { filterEntries, noFilter, type HistoryFilter } from '../historyFilter';
import { groupEntries, type HistoryGroup } from '../historyGroups';
import { RowRedraws, type RowLook } from '../rowRedraws';
import { observationOf } from '../../resets/resetRecord';
import type { WorkspaceIndex } from '../../code/index/workspaceIndex';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { DayTurn } from '../dayTurn';
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
  /** The entries whose details a person has looked at: these are part of how the row looks. */
  readonly #opened = new Set<string>();
  readonly #redraws = this.#store.add(
    new RowRedraws(
      (id) => this.#lookOf(id),
      (id) => {
        const node = this.#nodes.get(id);
        if (node) this.#changed.fire(node);
      },
    ),
  );
  readonly #today: DayTurn;
  #filter = noFilter;
  #shown: readonly HistoryEntry[] | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(history: History, index: WorkspaceIndex, time: PersonTime) {
    this.#history = history;
    this.#index = index;
    this.#time = time;
    // At midnight “Today” becomes “Yesterday”.
    this.#today = this.#store.add(
      new DayTurn(time, () => {
        this.#refresh();
      }),
    );
    this.#store.listen(time.onDidChange, () => {
      this.#refresh();
    });
    this.#store.listen(history.onDidChange, (change) => {
      this.#follow(change);
    });
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
        this.#opened.add(node.id);
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
    this.#store.dispose();
  }

  #groups(): HistoryGroup[] {
    this.#today.await();
    const groups = groupEntries(this.shown(), Date.now(), this.#time);
    const there = new Set(groups.flatMap(({ entries }) => entries.map(({ record }) => record.id)));
    for (const id of this.#nodes.keys()) if (!there.has(id)) this.#nodes.delete(id);
    for (const id of this.#opened) if (!there.has(id)) this.#opened.delete(id);
    this.#redraws.keepOnly(there);
    return groups;
  }

  #nodeOf(id: string): HistoryNode {
    let node = this.#nodes.get(id);
    if (!node) this.#nodes.set(id, (node = { kind: 'entry', id }));
    return node;
  }

  #follow(change: HistoryChange): void {
    const before = this.#shown;
    this.#shown = undefined;
    // Progress comes many times a second: it draws one row. Under a filter the row may come or go.
    if (change && this.#nodes.has(change.id) && before && isSameList(before, this.shown()))
      this.#redraws.changed(change.id);
    else this.#changed.fire(undefined);
  }

  #lookOf(id: string): RowLook | undefined {
    const entry = this.#history.get(id);
    if (!entry) return undefined;
    const { label, description, iconPath, accessibilityInformation } = entryItem(id, entry, this.#time);
    const { state } = entry.record;
    const observation = observationOf(state);
    return {
      text: JSON.stringify([label, description, iconPath, accessibilityInformation]),
      stage: `${state.kind} ${observation?.state ?? ''}`,
      ...(this.#opened.has(id) && { details: observation }),
    };
  }

  #refresh(): void {
    this.#shown = undefined;
    this.#changed.fire(undefined);
  }
}

/** Whether they are the same entries, however far these have come. */
function isSameList(before: readonly HistoryEntry[], after: readonly HistoryEntry[]): boolean {
  return (
    before.length === after.length && before.every(({ record }, at) => record.id === after[at]?.record.id)
  );
}
