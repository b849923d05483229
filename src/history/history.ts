import { shortenObservation } from '../reset/observation';
import { observationOf, type ResetRecord } from '../reset/resetRecord';
import { Emitter } from '../util/emitter';
import type { Logger } from '../util/logger';
import type { Problem } from '../util/problem';
import type { ExchangedEntry } from './exchange';
import type { HistoryEntry } from './historyEntry';
import { newestFirst, withinLimit } from './historyLimit';
import { decodeLog, type LogLine } from './historyLog';
import type { HistoryStorage, StoredLog } from './historyStorage';
import { LogWriter } from './logWriter';
import { MergedLog } from './mergedLog';
import { settleLost, settleLostLine } from './settleLost';
import { forEachSliced } from './slices';

/** So many requests of an observation are stored in full. */
const mostRequests = 500;
/** So many entries above the limit are let be before the oldest are forgotten. */
const slack = 100;
/** How long it is remembered that something was removed, in milliseconds: another window's log may still hold it. */
const removalTime = 30 * 24 * 3_600_000;

export interface HistoryOptions {
  readonly storage: HistoryStorage;
  readonly logger: Logger;
  /** How many entries of each kind are kept besides the pinned ones; read at each use. */
  readonly limit: () => number;
  /** Told when something could not be stored or a damaged log was set aside. */
  readonly onProblem: (problem: Problem) => void;
}

/** Entries that were removed together, and can be brought back together. */
export interface Removal {
  readonly lines: readonly LogLine[];
  readonly count: number;
}

/** What came of an import. */
export interface Imported {
  readonly added: number;
  /** Already there, so left as they are. */
  readonly known: number;
  /** Of those added, how many are beyond the limit, and so not kept. */
  readonly beyondLimit: number;
}

/** What changed: the state of the entry with this id and nothing else, or anything. */
export type HistoryChange = { readonly id: string } | undefined;

/** Every reset that was asked for or seen and what came of it, oldest forgotten first. */
export class History {
  readonly #options: HistoryOptions;
  readonly #writer: LogWriter;
  readonly #changed = new Emitter<HistoryChange>();
  readonly #log = new MergedLog();
  /** Records that go further than what is stored of them. */
  readonly #shown = new Map<string, ResetRecord>();
  readonly #removals: Removal[] = [];
  #entries: readonly HistoryEntry[] | undefined;
  #forgetAt = 0;
  #rev = 0;

  /** Fires when an entry was added, advanced or removed. */
  readonly onDidChange = this.#changed.event;

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#writer = new LogWriter({ ...options, allLines: () => this.#linesToKeep() });
  }

  /** Reads what is stored, and takes over what windows that are gone have left. Never rejects. */
  load(): Promise<void> {
    const { storage } = this.#options;
    return this.#writer.enqueue(async () => {
      const orphans = await storage.claimOrphans();
      const damaged: number[] = [];
      const left: LogLine[] = [];
      for (const log of orphans) {
        const read = await decodeLog(log.text);
        damaged.push(read.damaged);
        left.push(...read.lines.map(settleLostLine));
      }
      if (left.length > 0) {
        await this.#takeSliced(left);
        await this.#writer.replaceAll();
      }
      for (const [index, log] of orphans.entries()) await this.#leave(log, damaged[index] ?? 0);
      if (left.length === 0) await this.#readOthers();
    });
  }

  /** Reads what other windows on the same workspace have added. */
  refresh(): Promise<void> {
    return this.#writer.enqueue(() => this.#readOthers());
  }

  /** Newest first. */
  entries(): readonly HistoryEntry[] {
    return (this.#entries ??= this.#sortEntries());
  }

  /** What was sent from here or seen on the bus, newest first. */
  records(): readonly ResetRecord[] {
    return this.entries().flatMap(({ record, isImported }) => (isImported ? [] : [record]));
  }

  get(id: string): HistoryEntry | undefined {
    const entry = this.#log.get(id);
    return entry && this.#withShown(entry);
  }

  /** Adds a record, or replaces the one with its id. */
  put(record: ResetRecord): void {
    const isNew = !this.#log.get(record.id);
    this.#shown.delete(record.id);
    this.#write([{ rev: this.#nextRev(), put: shorten(record) }], isNew ? undefined : { id: record.id });
  }

  /** Shows what a record is about to become, without storing it. */
  show(record: ResetRecord): void {
    if (!this.#log.get(record.id)) return;
    this.#shown.set(record.id, record);
    this.#tell({ id: record.id });
  }

  pin(ids: readonly string[], on: boolean): void {
    this.#write(ids.map((id) => ({ rev: this.#nextRev(), pin: id, on })));
  }

  /** Names an entry; an empty text takes the name away. */
  label(id: string, text: string): void {
    this.#write([{ rev: this.#nextRev(), label: id, text }]);
  }

  /** Removes entries; what comes of them later does not bring them back. */
  remove(ids: readonly string[]): Removal {
    const there = ids.filter((id) => this.#log.get(id));
    const removal = { lines: there.flatMap((id) => this.#log.linesOf(id)), count: there.length };
    if (there.length > 0) {
      this.#removals.push(removal);
      this.#write(there.map((id) => ({ rev: this.#nextRev(), remove: id })));
    }
    return removal;
  }

  /** The latest removal in this window that was not undone. */
  get lastRemoval(): Removal | undefined {
    return this.#removals.at(-1);
  }

  /** Brings back what was removed, as it was; once. */
  restore(removal: Removal): void {
    const at = this.#removals.indexOf(removal);
    if (at < 0) return;
    this.#removals.splice(at, 1);
    const restored = removal.lines.flatMap((line) => ('put' in line ? [line.put.id] : []));
    this.#write([...removal.lines, ...restored.map((id) => ({ rev: this.#nextRev(), restore: id }))]);
  }

  /** Adds what was read from a file. What is there already stays as it is. */
  async importEntries(entries: readonly ExchangedEntry[]): Promise<Imported> {
    const added = new Set<string>();
    const lines: LogLine[] = [];
    let known = 0;
    await forEachSliced(entries, ({ record, isPinned, label }) => {
      const id = record.id.startsWith(importedMark) ? record.id : importedMark + record.id;
      if (this.#log.get(record.id) || this.#log.get(id) || added.has(id)) {
        known++;
        return;
      }
      added.add(id);
      const put = shorten({ ...record, id, state: settleLost(record.state) });
      lines.push({ rev: this.#nextRev(), put, imported: true }, { rev: this.#nextRev(), restore: id });
      if (isPinned) lines.push({ rev: this.#nextRev(), pin: id, on: true });
      if (label !== '') lines.push({ rev: this.#nextRev(), label: id, text: label });
    });
    await this.#takeSliced(lines);
    this.#writer.add(lines);
    const kept = this.entries().filter(({ record }) => added.has(record.id)).length;
    await this.stored();
    return { added: added.size, known, beyondLimit: added.size - kept };
  }

  /** Resolves when all that was done is stored, or has failed to be. */
  stored(): Promise<void> {
    return this.#writer.idle();
  }

  #write(lines: readonly LogLine[], change?: HistoryChange): void {
    if (lines.length === 0) return;
    for (const line of lines) this.#log.take(line);
    this.#tell(change);
    this.#writer.add(lines);
  }

  async #takeSliced(lines: readonly LogLine[]): Promise<void> {
    await forEachSliced(lines, (line) => {
      this.#log.take(line);
    });
    if (lines.length > 0) this.#tell(undefined);
  }

  #tell(change: HistoryChange): void {
    this.#entries = undefined;
    if (this.#log.size > this.#forgetAt + slack) this.#forget();
    this.#changed.fire(change);
  }

  /** All that is to stay when logs are rewritten: of what was removed, only that it was, unless another window has it. */
  async #linesToKeep(): Promise<Iterable<LogLine>> {
    await this.#readOthers();
    this.#forget();
    return this.#log.lines();
  }

  #forget(): void {
    const kept = new Set(this.entries().map(({ record }) => record.id));
    this.#log.forget((id) => kept.has(id), Date.now() - removalTime);
    for (const id of this.#shown.keys()) if (!kept.has(id)) this.#shown.delete(id);
    this.#forgetAt = this.#log.size;
  }

  #sortEntries(): HistoryEntry[] {
    const all = newestFirst(this.#log.entries());
    return withinLimit(all, this.#options.limit()).map((entry) => this.#withShown(entry));
  }

  #withShown(entry: HistoryEntry): HistoryEntry {
    const record = this.#shown.get(entry.record.id);
    return record ? { ...entry, record } : entry;
  }

  async #readOthers(): Promise<void> {
    for (const text of await this.#options.storage.readOthers()) {
      await this.#takeSliced((await decodeLog(text)).lines);
    }
  }

  async #leave(log: StoredLog, damaged: number): Promise<void> {
    if (damaged === 0) {
      await this.#options.storage.discard(log);
      return;
    }
    const where = await this.#options.storage.setAside(log);
    this.#options.onProblem({
      what: `The history holds ${damaged === 1 ? 'a line' : `${damaged} lines`} that can’t be read`,
      why: 'its file was damaged',
      remedy: `The rest was kept; the damaged file is now ${where}.`,
    });
  }

  #nextRev(): number {
    // The clock orders what several windows write; within one, a later step has a higher number in any case.
    return (this.#rev = Math.max(this.#rev + 1, this.#log.rev + 1, Date.now()));
  }
}

/** Sets what was imported apart from what was sent, even if the file came from here. */
const importedMark = 'imported:';

/** With at most so many requests in full; the counts stay whole. */
function shorten(record: ResetRecord): ResetRecord {
  const { state } = record;
  const observation = observationOf(state);
  if (!observation || (state.kind !== 'published' && state.kind !== 'received')) return record;
  return { ...record, state: { ...state, observation: shortenObservation(observation, mostRequests) } };
}
