import * as l10n from '../../src/util/l10n';
import type { ReportRow, ReportTone } from '../../src/resets/messages';

/** The columns by which rows can be sorted. */
export type SortKey = 'arrival' | 'outcome' | 'name' | 'time' | 'duration';
export type Grouping = 'none' | 'gateway' | 'resource';

/** How a person wants to see the rows. */
export interface RowOrder {
  readonly sort: SortKey;
  readonly isDescending: boolean;
  readonly grouping: Grouping;
  /** Only rows that hold all words of it. */
  readonly filter: string;
}

/** A line of the table: a row by its place in the order of arrival, or the heading of a group. */
export type Line =
  | { readonly kind: 'row'; readonly index: number }
  | { readonly kind: 'group'; readonly label: string; readonly count: number; readonly bad: number };

const badness: Readonly<Record<ReportTone, number>> = { bad: 0, warning: 1, unknown: 2, pending: 3, good: 4 };

/** The lines of a table, top to bottom. Rows that sort alike stay in the order of arrival. */
export function linesOf(rows: readonly ReportRow[], order: RowOrder): Line[] {
  const words = order.filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const shown: number[] = [];
  for (const [index, row] of rows.entries()) if (words.length === 0 || holds(row, words)) shown.push(index);
  const at = (index: number): ReportRow => rows[index] as ReportRow;
  const compare = comparison(order.sort);
  if (compare) {
    const sign = order.isDescending ? -1 : 1;
    shown.sort((a, b) => sign * compare(at(a), at(b)) || a - b);
  } else if (order.isDescending) shown.reverse();
  if (order.grouping === 'none') return shown.map((index) => ({ kind: 'row', index }));
  const groups = new Map<string, number[]>();
  for (const index of shown) {
    const label = order.grouping === 'gateway' ? l10n.t('Gateway {0}', at(index).gateway) : at(index).name;
    const group = groups.get(label);
    if (group) group.push(index);
    else groups.set(label, [index]);
  }
  // Gateways by their number; resources in the order of their first rows.
  const sorted = [...groups];
  if (order.grouping === 'gateway') sorted.sort(([a], [b]) => numberIn(a) - numberIn(b));
  return sorted.flatMap(([label, indexes]): Line[] => {
    const bad = indexes.filter((index) => at(index).tone === 'bad').length;
    const lines = indexes.map((index): Line => ({ kind: 'row', index }));
    return [{ kind: 'group', label, count: indexes.length, bad }, ...lines];
  });
}

/** What a row is found by: its name, kind, gateway and result. */
function holds(row: ReportRow, words: readonly string[]): boolean {
  const text = `${row.kind} ${row.name} ${row.result} ${l10n.t('gateway {0}', row.gateway)}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function comparison(sort: SortKey): ((a: ReportRow, b: ReportRow) => number) | undefined {
  switch (sort) {
    case 'arrival':
      return undefined;
    case 'outcome':
      return (a, b) => badness[a.tone] - badness[b.tone];
    case 'name':
      return (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
    case 'time':
      return (a, b) => (a.at ?? Infinity) - (b.at ?? Infinity) || 0;
    case 'duration':
      return (a, b) => durationOf(a) - durationOf(b);
  }
}

/** What was not answered took longest. */
function durationOf({ took, tone }: ReportRow): number {
  return took ?? (tone === 'unknown' ? -1 : Number.MAX_VALUE);
}

function numberIn(label: string): number {
  return Number(/\d+/.exec(label)?.[0] ?? 0);
}

/** Round values for an axis from 0, at most `most` of them, the last at or above `end`. */
export function axisTicks(end: number, most: number): number[] {
  const raw = Math.max(end, 1) / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= raw) ?? raw;
  const ticks: number[] = [];
  for (let tick = 0; ; tick += step) {
    ticks.push(Math.round(tick * 1000) / 1000);
    if (tick >= end) return ticks;
  }
}
