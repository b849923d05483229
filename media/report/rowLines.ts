import * as l10n from '../../src/util/l10n';
import type { ReportRow } from '../../src/resets/messages';
import { compareRows, type RowOrder } from './reportRows';

/** A line of the table: a row by its place in the order of arrival, or the heading of a group. */
export type Line =
  | { readonly kind: 'row'; readonly index: number }
  | { readonly kind: 'group'; readonly label: string; readonly count: number; readonly bad: number };

type Group = Extract<Line, { kind: 'group' }>;

/**
 * The lines of a table, top to bottom. Rows that sort alike stay in the order of arrival. What changes is put into its place:
 * that costs little, however many rows there are.
 */
export class RowLines {
  #rows: readonly ReportRow[] = [];
  #order: RowOrder;
  #compare: (a: number, b: number) => number;
  #words: readonly string[] = [];
  /** What each row is found by; made when it is needed. */
  #texts: (string | undefined)[] = [];
  /** The rows that are shown, in order. */
  #shown: number[] = [];
  /** What stands between them: a line below 0 is the heading of a group. Undefined where there are no groups. */
  #grouped: number[] | undefined;
  #groups: Group[] = [];

  constructor(order: RowOrder) {
    this.#order = order;
    this.#compare = this.#comparison();
  }

  /** How many lines there are, and how many of them are rows. */
  get count(): number {
    return this.#grouped?.length ?? this.#shown.length;
  }
  get shownRows(): number {
    return this.#shown.length;
  }

  at(line: number): Line | undefined {
    const index = (this.#grouped ?? this.#shown)[line];
    if (index === undefined) return undefined;
    return index < 0 ? this.#groups[-1 - index] : { kind: 'row', index };
  }

  /** Other rows, or another order of them. */
  arrange(rows: readonly ReportRow[], order: RowOrder): void {
    if (rows !== this.#rows) this.#texts = [];
    this.#rows = rows;
    this.#order = order;
    this.#compare = this.#comparison();
    this.#words = wordsOf(order.filter);
    this.#shown = this.#sorted(rows.keys());
    this.#group();
  }

  /** These of the rows have come, have changed or are no longer there. */
  update(changed: Iterable<number>): void {
    const distinct = new Set(changed);
    if (distinct.size === 0) return;
    for (const index of distinct) this.#texts[index] = undefined;
    const others = this.#shown.filter((index) => !distinct.has(index));
    this.#shown = merged(others, this.#sorted(distinct), this.#compare);
    this.#group();
  }

  /** Those of some rows that are shown, in order. */
  #sorted(indexes: Iterable<number>): number[] {
    const found = [...indexes].filter((index) => this.#rows[index] && this.#isFound(index));
    return found.sort(this.#compare);
  }

  #comparison(): (a: number, b: number) => number {
    const { sort, isDescending } = this.#order;
    const compare = compareRows(sort);
    const sign = isDescending ? -1 : 1;
    if (!compare) return (a, b) => sign * (a - b);
    return (a, b) => sign * compare(this.#rows[a] as ReportRow, this.#rows[b] as ReportRow) || a - b;
  }

  #isFound(index: number): boolean {
    if (this.#words.length === 0) return true;
    const text = (this.#texts[index] ??= textOf(this.#rows[index] as ReportRow));
    return this.#words.every((word) => text.includes(word));
  }

  #group(): void {
    const { grouping } = this.#order;
    this.#grouped = undefined;
    this.#groups = [];
    if (grouping === 'none') return;
    const members = new Map<string | number, number[]>();
    for (const index of this.#shown) {
      const { gateway, name } = this.#rows[index] as ReportRow;
      const key = grouping === 'gateway' ? gateway : name;
      const group = members.get(key);
      if (group) group.push(index);
      else members.set(key, [index]);
    }
    // Gateways by their number; resources in the order of their first rows.
    const sorted = [...members];
    if (grouping === 'gateway') sorted.sort(([a], [b]) => Number(a) - Number(b));
    this.#grouped = [];
    for (const [key, indexes] of sorted) {
      const label = grouping === 'gateway' ? l10n.t('Gateway {0}', key) : String(key);
      const bad = indexes.reduce((sum, index) => sum + Number(this.#rows[index]?.tone === 'bad'), 0);
      this.#groups.push({ kind: 'group', label, count: indexes.length, bad });
      this.#grouped.push(-this.#groups.length);
      for (const index of indexes) this.#grouped.push(index);
    }
  }
}

function wordsOf(filter: string): readonly string[] {
  return filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** What a row is found by: its name, kind, gateway and result. */
function textOf({ kind, name, result, gateway }: ReportRow): string {
  return `${kind} ${name} ${result} ${l10n.t('gateway {0}', gateway)}`.toLowerCase();
}

function merged(
  a: readonly number[],
  b: readonly number[],
  compare: (a: number, b: number) => number,
): number[] {
  const all: number[] = [];
  let inB = 0;
  for (const index of a) {
    while (inB < b.length && compare(b[inB] as number, index) < 0) all.push(b[inB++] as number);
    all.push(index);
  }
  for (; inB < b.length; inB++) all.push(b[inB] as number);
  return all;
}
