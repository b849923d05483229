import { readFileSync } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';
import {
  type CachedFile,
  type CachedScan,
  ScanCache,
  type Stamp,
  hasStamp,
  stampOf,
} from '../cache/scanCache';
import type { Fact } from '../facts/fact';
import type { Change, FileResult, ScanRequest } from '../client/messages';
import type { LanguageSet } from '../languageSet';
import type { Scanner } from '../scanner';
import { type ScanStep, listings, parts } from './scanParts';
import { isWide } from '../files/decoding';
import { encodingOf } from '../files/encodings';
import { type Reading, defaultReading } from '../files/sources';
import type { GrammarFolder } from '../outline/syntax';

/** So many files of a scan are read, or so many milliseconds are linked, before others get their turn; how often it is told. */
const chunkSize = 10;
const stepTime = 50;
const tellTime = 250;
/** How much of a scan's work is to read the files. */
const reading = 0.7;
/** How long work goes on before messages are looked at, in milliseconds. */
const patience = 5;

/** Scans whole workspaces, and starts from what an earlier scan found. Has all state of the worker. */
export class WorkspaceScanner {
  readonly #loadLanguages: () => Promise<LanguageSet>;
  readonly #grammarFolder: GrammarFolder;
  readonly #version: string;
  /** What earlier scans found is told before all that can parse is even loaded. */
  #scanner: Scanner | undefined;
  #reading = defaultReading;
  /** When the files on disk were written that the facts rest on. */
  readonly #stamps = new Map<string, Stamp>();
  readonly #facts = new Map<string, readonly Fact[]>();
  /** Files that changed since the scan under way has listed what there is. */
  readonly #changed = new Set<string>();
  /** What was told because it was kept, and not found again yet, be it by a scan that was stopped. */
  readonly #restored = new Map<string, readonly Fact[]>();
  /** Whether all files are known: a scan came to its end, or none is asked for. */
  #knows: 'nothing asked' | 'not all' | 'all' = 'nothing asked';
  #cache: ScanCache | undefined;
  /** What the last scan was about. */
  #about = '';

  /** What was kept by another `version` of the program is not used. */
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
      const stamp = 'fromDisk' in change ? stampOf(change.file, Date.now()) : undefined;
      if (stamp) this.#stamps.set(change.file, stamp);
      else this.#stamps.delete(change.file);
    }
    const scanner = await this.#started();
    const results = this.#kept(await scanner.apply(changes, isCancelled));
    // What was kept of another text does not count until more is known.
    const gone = changes.filter(({ file }) => this.#restored.delete(file));
    return [...results, ...gone.map(({ file }) => ({ file, facts: [] }))];
  }

  /** Scans the files that a request is about; those that the scanner knew besides are forgotten. */
  async *scan(request: ScanRequest, isCancelled: () => boolean): AsyncGenerator<ScanStep> {
    const moment = Date.now();
    this.#changed.clear();
    if (this.#knows !== 'all') {
      this.#knows = 'not all';
      this.#scanner?.awaitMore();
    }
    try {
      if (request.open) yield { results: await this.apply(request.open), share: 0 };
      const cache = (this.#cache = this.#cacheFor(request));
      // Other settings find other things.
      this.#about = JSON.stringify([this.#reading, 'files' in request ? 'files' : request.searches]);
      const cached = request.isFresh ? undefined : cache?.scan(this.#about);
      // Most is known at once; that nothing was added since then shows a moment later.
      if (cached) yield* this.#restore(cached);
      const finding = Promise.all([
        listed(request),
        cached ? undefined : speaking(request, this.#loadLanguages),
        cached && unchanged(cached.others()),
        this.#started(),
      ]);
      yield { results: [], share: 0, until: finding };
      const [files, found, same, scanner] = await finding;
      yield* listings(files);
      const candidates =
        cached && same
          ? [...cached.speaking.keys(), ...files.filter((file) => !same.has(file))]
          : found && [...found, ...this.#unsearchable(files)];
      scanner.outlines.cache = cache;
      if (request.isFresh) cache?.forgetOutlines();
      yield* this.#take(scanner, files, candidates, isCancelled);
      if (isCancelled()) return;
      this.#knows = 'all';
      yield* parts(this.#news(scanner.complete()), 1);
      // What was kept and is not found any more, rests on something that changed besides the file.
      yield* parts([...this.#restored.keys()].map((file) => ({ file, facts: [] })));
      yield { results: [], share: 1, isWhole: true };
      this.#restored.clear();
      this.#stamps.clear();
      for (const file of files) {
        const stamp = scanner.isOpen(file) ? undefined : (same?.get(file) ?? stampOf(file, moment));
        if (stamp) this.#stamps.set(file, stamp);
      }
    } catch (error) {
      // Without ripgrep it is tried again with the files.
      if ('files' in request && this.#scanner) yield* parts(this.#kept(this.#scanner.complete()));
      throw error;
    }
    this.save();
  }

  /** Keeps what is known for the next start. */
  save(): void {
    if (!this.#cache || !this.#scanner || this.#stamps.size === 0) return;
    const speaking = new Map<string, CachedFile>();
    for (const file of [...this.#scanner.known, ...this.#facts.keys()])
      speaking.set(file, { stamp: this.#stamps.get(file), facts: this.#facts.get(file) ?? [] });
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

  /** Tells what was kept, if all files are as they were on which it rests. */
  *#restore({ speaking }: CachedScan): Generator<ScanStep> {
    const told: FileResult[] = [];
    for (const [file, { stamp, facts }] of speaking) {
      // What this scanner found by itself was told.
      if (this.#facts.has(file)) continue;
      if (!stamp || !hasStamp(file, stamp)) return;
      if (facts.length > 0 && this.#isAsOnDisk(file)) told.push({ file, facts });
    }
    for (const { file, facts } of told) this.#restored.set(file, facts);
    yield* parts(told);
    yield { results: [], share: 0, isWhole: true };
  }

  /** Whether what was kept counts for a file: where an editor holds it, only with the same text, and if nothing is known yet. */
  #isAsOnDisk(file: string): boolean {
    if (!this.#scanner?.isOpen(file)) return true;
    return readText(file) === this.#scanner.withheldText(file);
  }

  /** Reads the candidates (all files where they aren't known), and corrects what was restored. */
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
    if (candidates) scanner.holdBack(files.filter((file) => !wanted.has(file)));
    const todo: Change[] = [
      ...gone.map((file) => ({ file, removed: true as const })),
      ...[...wanted].filter((file) => isListed.has(file)).map((file) => ({ file, fromDisk: true as const })),
    ];
    const work = scanner.begin();
    let told = performance.now();
    for (let at = 0; at < todo.length && !isCancelled(); at += chunkSize) {
      const chunk = todo.slice(at, at + chunkSize).filter(({ file }) => !scanner.isOpen(file));
      await scanner.read(chunk, work, isCancelled);
      const step: ScanStep = { results: [], share: reading * Math.min(1, (at + chunkSize) / todo.length) };
      const isNews = performance.now() - told > tellTime;
      if (isNews) told = performance.now();
      yield isNews ? step : { ...step, until: breathe() };
    }
    // All is read first: what a file says must not be found out again because of one that comes later.
    for await (const { results, share } of scanner.finish(work, stepTime, isCancelled))
      yield* parts(this.#news(results), reading + (1 - reading) * share);
  }

  /** What is not known from what was restored. */
  #news(results: FileResult[]): FileResult[] {
    return results.filter((result) => {
      const known = this.#restored.get(result.file);
      this.#kept([result]);
      return result.notes !== undefined || JSON.stringify(known) !== JSON.stringify(result.facts);
    });
  }

  async #started(): Promise<Scanner> {
    if (!this.#scanner) {
      const [{ Scanner }, languages] = await Promise.all([import('../scanner'), this.#loadLanguages()]);
      this.#scanner ??= new Scanner(languages, this.#grammarFolder);
      this.#scanner.reading = this.#reading;
      if (this.#knows === 'not all') this.#scanner.awaitMore();
    }
    return this.#scanner;
  }

  #kept(results: FileResult[]): FileResult[] {
    for (const { file, facts } of results) {
      this.#restored.delete(file);
      if (facts.length > 0) this.#facts.set(file, facts);
      else this.#facts.delete(file);
    }
    return results;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

async function listed(request: ScanRequest): Promise<readonly string[]> {
  if ('files' in request) return request.files;
  const { listFiles } = await import('../files/ripgrep');
  const lists = await Promise.all(request.searches.map((search) => listFiles(request.ripgrep, search)));
  return [...new Set(lists.flat())];
}

/** The files that contain what a sieve of any language looks for; none where they have to be read one by one. */
async function speaking(
  request: ScanRequest,
  loadLanguages: () => Promise<LanguageSet>,
): Promise<readonly string[] | undefined> {
  if ('files' in request) return undefined;
  const [{ filesContaining }, { sieve }] = await Promise.all([import('../files/ripgrep'), loadLanguages()]);
  const lists = await Promise.all(
    request.searches.map((search) => filesContaining(request.ripgrep, search, sieve)),
  );
  return lists.flat();
}

/** The files that are as they were when they were looked at, with their stamps. */
async function unchanged(stamps: ReadonlyMap<string, Stamp>): Promise<ReadonlyMap<string, Stamp>> {
  const same = new Map<string, Stamp>();
  let rest = performance.now();
  for (const [file, stamp] of stamps) {
    if (hasStamp(file, stamp)) same.set(file, stamp);
    if (performance.now() - rest < patience) continue;
    // Meanwhile the files are being listed.
    await breathe();
    rest = performance.now();
  }
  return same;
}
