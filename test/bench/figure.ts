/** One measured figure. */
export interface Figure {
  readonly bench: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | '×' | 'messages/s';
  /** What it is compared with, measured in the same run, and the figure's share of it. */
  readonly peer?: number;
  readonly ratio?: number;
  /** What was set out to be reached, and whether it was. */
  readonly goal?: string;
  readonly holds?: boolean;
}

/** A figure that must not be larger than a limit. */
export function atMost(figure: Figure, limit: number): Figure {
  return { ...figure, goal: `≤ ${limit} ${figure.unit}`, holds: figure.value <= limit };
}

/** A figure that must not be larger than some multiple of what its peer took. */
export function comparedWith(figure: Figure, peer: number, name: string, limit?: number): Figure {
  const ratio = Math.round((figure.value / peer) * 1000) / 1000;
  const compared = { ...figure, peer: rounded(peer), ratio };
  return limit === undefined
    ? { ...compared, goal: `(${name})` }
    : { ...compared, goal: `≤ ${limit} × ${name}`, holds: ratio <= limit };
}

/** To three significant digits, or to one place after the point. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The middle one of some values. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value that so many percent of the values do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? NaN;
}

/** The figures as a table for a terminal. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ bench, figure, value, unit, peer, ratio, goal, holds }) => [
    bench,
    figure,
    `${value} ${unit}`,
    peer === undefined ? '' : `${peer} ${unit}`,
    ratio === undefined ? '' : `${ratio} ×`,
    goal ?? '',
    holds === undefined ? '' : holds ? 'holds' : 'MISSED',
  ]);
  const all = [['bench', 'figure', 'value', 'peer', 'ratio', 'goal', ''], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
