import { setImmediate as breathe } from 'node:timers/promises';
import {
  type CachedFile,
  type CachedScan,
  ScanCache,
  type Stamp,
  hasStamp,
  stampOf,
} from '../cache/scanCache';
import { Reported } from '../facts/reported';
import type { Change, FileResult, ScanRequest } from '../client/messages';
import type { LanguageSet } from '../languageSet';
import type { Scanner } from '../scanner';
import { listed, patience, speaking, unchanged } from './finding';
import { type ScanStep, listings, parts } from './scanParts';
import { isWide } from '../files/decoding';
import { encodingOf } from '../files/encodings';
import { type Reading, defaultReading, textOnDisk } from '../files/sources';
import type { GrammarFolder } from '../outline/syntax';

/** So many files of a scan are read, or so many milliseconds are linked, before others get their turn; how often the share is reported. */
const chunkSize = 10;
const stepTime = 50;
const reportTime = 250;
/** How much of a scan's work is to read the files. */
const reading = 0.7;
/** Scans whole workspaces, and starts from what an earlier scan found. Has all state of the worker. */
export class WorkspaceScanner {
  readonly #loadLanguages: () => Promise<LanguageSet>;
  readonly #grammarFolder: GrammarFolder;
  readonly #version: string;
  /** What earlier scans found is reported before all that can parse is even loaded. */
  #scanner: Scanner | undefined;
  #reading = defaultReading;
  /** When the files on disk were written that the facts rest on. */
  readonly #stamps = new Map<string, Stamp>();
  readonly #reported = new Reported();
  /** Files that changed since the scan under way has listed what there is. */
  readonly #changed = new Set<string>();
  /** Whether a scan came to its end, so that all files are known. */
  #isWhole = false;
  #cache: ScanCache | undefined;
  /** What the last scan was about that came to its end. */
  #about = '';

  /** What was cached by another `version` of the program is not used. */
  constructor(loadLanguages: () => Promise<LanguageSet>, grammarFolder: GrammarFolder, version: string) {
    this.#loadLanguages = loadLanguages;
    this.#grammarFolder = grammarFolder;
    this.#version = version;
  }

  /** See `Scanner.reading`. */
  set reading(reading: Reading) {
    this.#reading = reading;
    if (this.#scanner) this.#scanner.reading = reading;
  }

  /** See `Scanner.apply`. */
  async apply(changes: readonly Change[], isCancelled?: () => boolean): Promise<FileResult[]> {
    for (const change of changes) {
      this.#changed.add(change.file);
      if (!this.#isAsReported(change)) this.#reported.outdate(change.file);
      if ('fromDisk' in change) this.#stamp(change.file);
      else this.#stamps.delete(change.file);
    }
    return (await this.#started()).apply(changes, isCancelled);
  }

  /** Scans the files that a request is about; those that the scanner knew besides are forgotten. */
  async *scan(request: ScanRequest, isCancelled: () => boolean): AsyncGenerator<ScanStep> {
    const moment = Date.now();
    this.#changed.clear();
    this.#reported.awaitsMore = !this.#isWhole;
    try {
      if (request.open) yield { results: await this.apply(request.open), share: 0 };
      const cache = (this.#cache = this.#cacheFor(request));
      // Other settings find other things.
      const about = JSON.stringify([this.#reading, 'files' in request ? 'files' : request.searches]);
      const cached = request.isFresh ? undefined : cache?.scan(about);
      // Most is known at once; that nothing was added since then shows a moment later.
      if (cached && !this.#isWhole) yield* this.#reportCached(cached, isCancelled);
      const finding = Promise.all([
        listed(request),
        cached ? undefined : speaking(request, this.#loadLanguages),
        cached && unchanged(cached.others()),
        this.#started(),
      ]);
      yield { results: [], share: 0, until: finding };
      const [files, found, same, scanner] = await finding;
      if (isCancelled()) return;
      yield* listings(files);
      const candidates =
        cached && same
          ? [...cached.speaking.keys(), ...files.filter((file) => !same.has(file))]
          : found && [...found, ...this.#unsearchable(files)];
      scanner.outlines.cache = cache;
      if (request.isFresh) cache?.forgetOutlines();
      yield* this.#take(scanner, files, candidates, isCancelled);
      if (isCancelled()) return;
      this.#isWhole = true;
      this.#about = about;
      yield* parts(scanner.complete(), 1);
      yield* parts(scanner.report(this.#reported.expire()));
      yield { results: [], share: 1, isWhole: true };
      this.#stamps.clear();
      for (const file of files) {
        const stamp = scanner.isOpen(file) ? undefined : (same?.get(file) ?? stampOf(file, moment));
        if (stamp) this.#stamps.set(file, stamp);
      }
    } catch (error) {
      // Without ripgrep it is tried again with the files.
      if ('files' in request && this.#scanner) yield* parts(this.#scanner.complete());
      throw error;
    }
    this.save();
  }

  /** Keeps what is known for the next start. */
  save(): void {
    if (!this.#cache || !this.#scanner || !this.#isWhole) return;
    const speaking = new Map<string, CachedFile>();
    for (const file of this.#scanner.known) speaking.set(file, { stamp: this.#stamps.get(file), facts: [] });
    for (const [file, { facts }] of this.#reported.all)
      speaking.set(file, { stamp: this.#stamps.get(file), facts });
    const others = new Map([...this.#stamps].filter(([file]) => !speaking.has(file)));
    this.#cache.keepScan(this.#about, { speaking, others: () => others });
  }

  /** Keeps more of what need not be read again at the next start; whether there is more to keep. */
  saveOutlines(): boolean {
    const end = performance.now() + patience;
    return this.#cache?.saveOutlines(() => performance.now() < end) ?? false;
  }

  /** Those that no literal can be looked for in. */
  #unsearchable(files: readonly string[]): string[] {
    const { encodings } = this.#reading;
    return encodings.length === 0 ? [] : files.filter((file) => isWide(encodingOf(file, encodings)));
  }

  #cacheFor({ cacheFile }: ScanRequest): ScanCache | undefined {
    if (cacheFile === this.#cache?.file) return this.#cache;
    return cacheFile === undefined ? undefined : new ScanCache(cacheFile, this.#version);
  }

  /** Reports what an earlier scan found, if all files are as they were on which it rests. */
  *#reportCached({ speaking }: CachedScan, isCancelled: () => boolean): Generator<ScanStep> {
    for (const [file, { stamp }] of speaking) {
      if (this.#reported.factsOf(file).length > 0) continue;
      if (!stamp || !hasStamp(file, stamp)) return;
    }
    yield* parts(this.#cachedFacts(speaking, isCancelled));
    yield { results: [], share: 0, isWhole: true };
  }

  *#cachedFacts(speaking: CachedScan['speaking'], isCancelled: () => boolean): Generator<FileResult> {
    for (const [file, { stamp, facts }] of speaking) {
      if (isCancelled()) return;
      const text = this.#scanner?.openText(file);
      // What this scanner found out since the scan has begun is newer.
      const isSame = text === undefined ? !this.#changed.has(file) : text === this.#textOnDisk(file);
      if (!isSame) continue;
      const results = this.#reported.reportCached(file, facts);
      if (results.length > 0 && stamp && text === undefined) this.#stamps.set(file, stamp);
      yield* results;
    }
  }

  /** Whether a change leaves a file the text in which was found what was reported of it. */
  #isAsReported(change: Change): boolean {
    const { file } = change;
    if ('removed' in change || this.#reported.factsOf(file).length === 0) return false;
    const stamp = this.#stamps.get(file);
    const isSameOnDisk = stamp !== undefined && hasStamp(file, stamp);
    const before = this.#scanner?.openText(file) ?? (isSameOnDisk ? this.#textOnDisk(file) : undefined);
    return before !== undefined && before === ('text' in change ? change.text : this.#textOnDisk(file));
  }

  #stamp(file: string): void {
    const stamp = stampOf(file, Date.now());
    if (stamp) this.#stamps.set(file, stamp);
    else this.#stamps.delete(file);
  }

  #textOnDisk(file: string): string | undefined {
    return textOnDisk(file, this.#reading);
  }

  /** Reads the candidates (all files where they aren't known), and corrects what was reported from the cache. */
  async *#take(
    scanner: Scanner,
    files: readonly string[],
    candidates: readonly string[] | undefined,
    isCancelled: () => boolean,
  ): AsyncGenerator<ScanStep> {
    const isListed = new Set(files);
    const gone = [...scanner.files].filter(
      (file) => !isListed.has(file) && !scanner.isOpen(file) && !this.#changed.has(file),
    );
    const wanted = candidates ? new Set([...candidates, ...scanner.known]) : isListed;
    if (candidates) scanner.skip(files.filter((file) => !wanted.has(file)));
    const todo: Change[] = [
      ...gone.map((file) => ({ file, removed: true as const })),
      ...[...wanted].filter((file) => isListed.has(file)).map((file) => ({ file, fromDisk: true as const })),
    ];
    const work = scanner.begin();
    let last = performance.now();
    for (let at = 0; at < todo.length && !isCancelled(); at += chunkSize) {
      const chunk = todo.slice(at, at + chunkSize).filter(({ file }) => !scanner.isOpen(file));
      // Until all files are known, this tells of one that is opened whether what was reported of it is of the same text.
      if (!this.#isWhole) for (const { file } of chunk) this.#stamp(file);
      await scanner.read(chunk, work, isCancelled);
      const step: ScanStep = { results: [], share: reading * Math.min(1, (at + chunkSize) / todo.length) };
      const isNews = performance.now() - last > reportTime;
      if (isNews) last = performance.now();
      yield isNews ? step : { ...step, until: breathe() };
    }
    // All is read first: what a file says must not be found out again because of one that comes later.
    for await (const { results, share } of scanner.finish(work, stepTime, isCancelled))
      yield* parts(results, reading + (1 - reading) * share);
  }

  async #started(): Promise<Scanner> {
    if (!this.#scanner) {
      const [{ Scanner }, languages] = await Promise.all([import('../scanner'), this.#loadLanguages()]);
      this.#scanner ??= new Scanner(languages, this.#grammarFolder, undefined, this.#reported);
      this.#scanner.reading = this.#reading;
    }
    return this.#scanner;
  }
}
