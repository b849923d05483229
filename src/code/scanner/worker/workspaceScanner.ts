import { setImmediate as breathe } from 'node:timers/promises';
import { type CachedFile, type CachedScan, readCache, writeCache } from '../cache/factCache';
import type { Fact } from '../facts/fact';
import type { Change, FileResult, ScanPart, ScanRequest } from '../client/messages';
import type { LanguageSet } from '../languageSet';
import type { Scanner } from '../scanner';
import { OutlineHelpers } from './outlineHelpers';
import { listings, parts } from './scanParts';
import { OutlineStore } from '../cache/outlineStore';
import { isWide } from '../files/decoding';
import { encodingOf } from '../files/encodings';
import { type Reading, defaultReading } from '../files/sources';
import type { GrammarFolder } from '../outline/syntax';
import { type Stamp, hasStamp, stampOf } from '../cache/stamps';

/** Files of a scan that are linked together: so many wait for the first of them. */
const chunkSize = 200;
/** How much of a scan's work is to read the files. */
const reading = 0.7;
/** How long work goes on before messages are looked at, in milliseconds. */
const patience = 5;

/** Scans whole workspaces, and starts from what an earlier scan found. Has all state of the worker. */
export class WorkspaceScanner {
  readonly #loadLanguages: () => Promise<LanguageSet>;
  readonly #grammarFolder: GrammarFolder;
  readonly #version: string;
  readonly #program: string | undefined;
  /** What earlier scans found is told before all that can parse is even loaded. */
  #scanner: Scanner | undefined;
  #reading = defaultReading;
  /** When the files on disk were written that the facts rest on. */
  readonly #stamps = new Map<string, Stamp>();
  readonly #facts = new Map<string, readonly Fact[]>();
  /** Files that changed since the scan under way has listed what there is. */
  readonly #changed = new Set<string>();
  #cache: { readonly file: string; readonly version: string } | undefined;
  #store: OutlineStore | undefined;

  /** What was kept by another `version` of the program is not used; `program` is the file of this thread, for further ones. */
  constructor(
    loadLanguages: () => Promise<LanguageSet>,
    grammarFolder: GrammarFolder,
    version: string,
    program?: string,
  ) {
    this.#loadLanguages = loadLanguages;
    this.#grammarFolder = grammarFolder;
    this.#version = version;
    this.#program = program;
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
    return this.#kept(await scanner.apply(changes, isCancelled));
  }

  /** Scans the files that a request is about; those that the scanner knew besides are forgotten. */
  async *scan(request: ScanRequest, isCancelled: () => boolean): AsyncGenerator<ScanPart> {
    const moment = Date.now();
    this.#changed.clear();
    const cache = (this.#cache = cacheOf(request, `${this.#version} ${JSON.stringify(this.#reading)}`));
    const cached = cache && !request.isFresh ? readCache(cache.file, cache.version) : undefined;
    // Most is known at once; that nothing was added since then shows a moment later.
    const restored = cached ? this.#restored(cached) : new Map<string, readonly Fact[]>();
    yield* parts([...restored].map(([file, facts]) => ({ file, facts })));

    const [files, found, same, scanner] = await Promise.all([
      listed(request),
      cached ? undefined : speaking(request, this.#loadLanguages),
      cached && unchanged(cached.others()),
      this.#started(),
    ]);
    yield* listings(files);
    const candidates =
      cached && same
        ? [...cached.speaking.keys(), ...files.filter((file) => !same.has(file))]
        : found && [...found, ...this.#unsearchable(files)];
    scanner.outlines.store = this.#storeFor(request);
    // What was kept need not be outlined.
    if (candidates && !cached) scanner.outlines.helpers = this.#helpersFor(candidates);
    try {
      yield* this.#take(scanner, files, candidates, restored, isCancelled);
    } finally {
      scanner.outlines.helpers?.stop();
      scanner.outlines.helpers = undefined;
    }
    if (isCancelled()) return;
    this.#stamps.clear();
    for (const file of files) {
      const stamp = scanner.isOpen(file) ? undefined : (same?.get(file) ?? stampOf(file, moment));
      if (stamp) this.#stamps.set(file, stamp);
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
    writeCache(this.#cache.file, this.#cache.version, { speaking, others: () => others });
  }

  /** Keeps more of what need not be read again at the next start; whether there is more to keep. */
  saveOutlines(): boolean {
    const end = performance.now() + patience;
    return this.#store?.save(() => performance.now() < end) ?? false;
  }

  /** Those that no literal can be looked for in. */
  #unsearchable(files: readonly string[]): string[] {
    const { encodings } = this.#reading;
    return encodings.length === 0 ? [] : files.filter((file) => isWide(encodingOf(file, encodings)));
  }

  #helpersFor(files: readonly string[]): OutlineHelpers | undefined {
    if (this.#program === undefined) return undefined;
    return OutlineHelpers.start(this.#program, {
      grammarFolder: this.#grammarFolder,
      files,
      chunkSize,
      reading: this.#reading,
    });
  }

  #storeFor({ cacheFile, isFresh }: ScanRequest): OutlineStore | undefined {
    const folder = cacheFile === undefined ? undefined : `${cacheFile}.outlines`;
    if (folder !== this.#store?.folder)
      this.#store = folder === undefined ? undefined : new OutlineStore(folder, this.#version);
    if (isFresh) this.#store?.clear();
    return this.#store;
  }

  /** What was kept, if all files are as they were on which it rests. */
  #restored({ speaking }: CachedScan): Map<string, readonly Fact[]> {
    const restored = new Map<string, readonly Fact[]>();
    for (const [file, { stamp, facts }] of speaking) {
      // What this scanner found by itself was told.
      if (this.#facts.has(file) || this.#scanner?.isOpen(file)) continue;
      if (!stamp || !hasStamp(file, stamp)) return new Map();
      if (facts.length > 0) restored.set(file, facts);
    }
    return restored;
  }

  /** Reads the candidates (all files where they aren't known), and corrects what was restored. */
  async *#take(
    scanner: Scanner,
    files: readonly string[],
    candidates: readonly string[] | undefined,
    restored: Map<string, readonly Fact[]>,
    isCancelled: () => boolean,
  ): AsyncGenerator<ScanPart> {
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
    for (let at = 0; at < todo.length && !isCancelled(); at += chunkSize) {
      const chunk = todo.slice(at, at + chunkSize).filter(({ file }) => !scanner.isOpen(file));
      await scanner.read(chunk, work, isCancelled);
      yield { results: [], share: reading * Math.min(1, (at + chunkSize) / todo.length) };
    }
    // All is read first: what a file says must not be found out again because of one that comes later.
    for await (const { results, share } of scanner.finish(work, chunkSize, isCancelled)) {
      const news = this.#kept(results).filter(({ file, facts, notes }) => {
        const known = restored.get(file);
        restored.delete(file);
        return notes !== undefined || JSON.stringify(known) !== JSON.stringify(facts);
      });
      yield* parts(news, reading + (1 - reading) * share);
    }
    // What was kept and is not found any more, rests on something that changed besides the file.
    if (!isCancelled()) yield* parts([...restored.keys()].map((file) => ({ file, facts: [] })));
  }

  async #started(): Promise<Scanner> {
    if (!this.#scanner) {
      const [{ Scanner }, languages] = await Promise.all([import('../scanner'), this.#loadLanguages()]);
      this.#scanner ??= new Scanner(languages, this.#grammarFolder);
      this.#scanner.reading = this.#reading;
    }
    return this.#scanner;
  }

  #kept(results: FileResult[]): FileResult[] {
    for (const { file, facts } of results) {
      if (facts.length > 0) this.#facts.set(file, facts);
      else this.#facts.delete(file);
    }
    return results;
  }
}

/** Another version of the program, or other settings, find other things. */
function cacheOf(request: ScanRequest, version: string): { file: string; version: string } | undefined {
  if (request.cacheFile === undefined) return undefined;
  const what = 'files' in request ? 'files' : JSON.stringify(request.searches);
  return { file: request.cacheFile, version: `${version} ${what}` };
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
