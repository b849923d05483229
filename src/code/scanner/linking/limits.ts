import { SetMap } from '../../../util/setMap';

/** What was not followed to its end, reported once. */
export class Limits {
  readonly #reported = new SetMap<string, string>();
  readonly #news = new SetMap<string, string>();
  readonly #limits = new Set<string>();

  /** Notes that a limit was reached because of a file. */
  reached(limit: string, file: string): void {
    if (this.#reported.get(limit)?.has(file)) return;
    this.#reported.add(limit, file);
    this.#news.add(limit, file);
    this.#limits.add(limit);
  }

  /** What is new: a limit is reported with one of the files and the number of the others. */
  take(): { file: string; why: string }[] {
    const news = [...this.#limits].flatMap((limit) => {
      const [file, ...others] = [...(this.#news.get(limit) ?? [])].sort();
      this.#news.clear(limit);
      if (file === undefined) return [];
      return [{ file, why: others.length > 0 ? `${limit} (and ${others.length} other files)` : limit }];
    });
    this.#limits.clear();
    return news;
  }
}
