/** A duration, for a person: `<1 ms`, `105 ms`, `3.5 s`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1) return '<1 ms';
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}

/** A duration of which only bounds are known, where there is a `min`: `≤ 200 ms`, `25–230 ms`. */
export function boundedDurationText(max: number, min: number | undefined): string {
  if (min === undefined) return durationText(max);
  // Outwards: the bounds that are shown must hold.
  const upper = durationText(max < 1000 ? Math.ceil(max) : max);
  if (min < 1) return `≤ ${upper}`;
  const lower = durationText(min < 1000 ? Math.floor(min) : min);
  const [value, unit] = lower.split(' ');
  return upper.endsWith(` ${unit}`) ? `${value}–${upper}` : `${lower} – ${upper}`;
}
