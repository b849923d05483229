import type { Sighting } from './witness';

interface Entry {
  readonly at: number;
  /** The reset that it is about; absent for what concerns all. */
  readonly key?: string;
  readonly text: string;
}

/** Everything that happened, and when. */
export class Timeline {
  readonly #entries: Entry[] = [];
  readonly #start = performance.now();

  /** Something that happens now, or at the given time of `performance.now()`. */
  note(text: string, key?: string, at = performance.now()): void {
    this.#entries.push({ at, text, ...(key !== undefined && { key }) });
  }

  /** What happened to one reset, and to all while it was under way. */
  of(key: string, sighting: Sighting): string {
    const own = this.#entries.filter((entry) => entry.key === key);
    const seen = sightings(sighting);
    const times = [...own, ...seen].map(({ at }) => at);
    const [from, to] = [Math.min(...times) - 5000, Math.max(...times) + 1000];
    const others = this.#entries.filter(
      (entry) => entry.key === undefined && entry.at > from && entry.at < to,
    );
    return [...own, ...seen, ...others]
      .sort((a, b) => a.at - b.at)
      .map(({ at, text }) => `    ${(at - this.#start).toFixed(0).padStart(8)} ms  ${text}`)
      .join('\n');
  }
}

function sightings({ at, requests }: Sighting): Entry[] {
  return [
    ...at.map((time) => ({ at: time, text: 'bus: the reset' })),
    ...requests.flatMap(({ kind, name, at: asked, answer }) => [
      { at: asked, text: `bus: ${kind}.${name}` },
      ...(answer ? [{ at: answer.at, text: `bus: ${answer.kind} to ${kind}.${name}` }] : []),
    ]),
  ];
}
