import type { ReportRow } from '../../src/resets/messages';
import { toneRanks } from '../../src/util/tone';

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

/** How rows are sorted by a column; not at all by the order of arrival. */
export function compareRows(sort: SortKey): ((a: ReportRow, b: ReportRow) => number) | undefined {
  switch (sort) {
    case 'arrival':
      return undefined;
    case 'outcome':
      return (a, b) => toneRanks[a.tone] - toneRanks[b.tone];
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

/** Round values for an axis from 0, at most `most` of them, the last at or above `end`. */
export function axisTicks(end: number, max: number): number[] {
  const raw = Math.max(end, 1) / max;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= raw) ?? raw;
  const ticks: number[] = [];
  for (let tick = 0; ; tick += step) {
    ticks.push(Math.round(tick * 1000) / 1000);
    if (tick >= end) return ticks;
  }
}
