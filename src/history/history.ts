import type { ResetRecord } from '../resets/resetRecord';
import { Emitter } from '../util/emitter';
import type { Problem } from '../util/problem';
import type { ExchangedEntry } from './exchange';
import type { HistoryEntry } from './historyEntry';
import type { LogLine, PutLine } from './log/historyLog';
import { settleLost } from './log/settleLost';
import { SharedLog, type SharedLogOptions } from './log/sharedLog';
import { shortened } from './shortened';
import { ShownHistory } from './shownHistory';
import { forEachSliced } from './log/slices';
import { WholeRecords } from './wholeRecords';

/** How many entries may exceed the limit before the oldest are forgotten. */
const maxSurplus = 100;
/** How long it is remembered that something was removed, in milliseconds: another window's log may still hold it. */
const removalTime = 30 * 24 * 3_600_000;

interface HistoryOptions extends SharedLogOptions {
  /** How many entries of each kind are kept besides the pinned ones; read at each use. */
  readonly limit: () => number;
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
  readonly #limit: () => number;
  readonly #changed = new Emitter<HistoryChange>();
  readonly #log: SharedLog;
  /** Records that go further than what is stored of them. */
  readonly #shown = new Map<string, ResetRecord>();
  readonly #whole = new WholeRecords();
  readonly #removals: Removal[] = [];
  #view: ShownHistory | undefined;
  #forgetAt = 0;

  /** Fires when an entry was added, advanced or removed. */
  readonly onDidChange = this.#changed.event;

  constructor(options: HistoryOptions) {
    this.#limit = options.limit;
    this.#log = new SharedLog({
      ...options,
      onRead: () => {
        this.#report(undefined);
      },
      forget: () => {
        this.#forget();
      },
      onTrouble: () => {
        this.#changed.fire(undefined);
      },
    });
  }

  /** Reads all logs, and takes over those of closed windows. Never rejects. */
  load(): Promise<void> {
    return this.#log.refresh();
  }

  /** Reads what open windows on the same workspace have added, and takes over the logs of closed ones. */
  refresh(): Promise<void> {
    return this.#log.refresh();
  }

  /** Newest first. */
  entries(): readonly HistoryEntry[] {
    return this.#viewNow().entries;
  }

  /** What was sent from here or seen on the bus, newest first. */
  records(): readonly ResetRecord[] {
    return this.entries().flatMap(({ record, isImported }) => (isImported ? [] : [record]));
  }

  get(id: string): HistoryEntry | undefined {
    return this.#viewNow().get(id);
  }

  /** The record with all of its requests, while this window lives; none where no more is known than what is stored. */
  wholeRecord(id: string): ResetRecord | undefined {
    return this.#shown.get(id) ?? this.#whole.get(id);
  }

  /** Adds a record, or replaces the one with its id. */
  put(record: ResetRecord): void {
    const isNew = !this.#log.merged.get(record.id);
    this.#shown.delete(record.id);
    const short = shortened(record);
    if (short !== record) this.#whole.keep(record);
    this.#write([this.#putLine(short)], isNew ? undefined : record.id);
  }

  /** Shows what a record is about to become, without storing it. */
  show(record: ResetRecord): void {
    if (!this.#log.merged.get(record.id)) return;
    this.#shown.set(record.id, record);
    this.#report(record.id);
  }

  pin(ids: readonly string[], on: boolean): void {
    this.#write(
      this.#viewNow()
        .allIds(ids)
        .map((id) => ({ rev: this.#log.nextRev(), pin: id, on })),
    );
  }

  /** Names an entry; an empty text takes the name away. */
  label(id: string, text: string): void {
    this.#write(
      this.#viewNow()
        .allIds([id])
        .map((label) => ({ rev: this.#log.nextRev(), label, text })),
    );
  }

  /** Removes entries; what comes of them later does not bring them back. */
  remove(ids: readonly string[]): Removal {
    const there = ids.filter((id) => this.get(id));
    const all = this.#viewNow().allIds(there);
    const removal = { lines: all.flatMap((id) => this.#log.merged.linesOf(id)), count: there.length };
    if (there.length > 0) {
      this.#removals.push(removal);
      this.#write(all.map((id) => ({ rev: this.#log.nextRev(), remove: id })));
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
    this.#write([...removal.lines, ...restored.map((id) => ({ rev: this.#log.nextRev(), restore: id }))]);
  }

  /** Adds what was read from a file. What is there already stays as it is. */
  async importEntries(entries: readonly ExchangedEntry[]): Promise<Imported> {
    const added = new Set<string>();
    const lines: LogLine[] = [];
    let known = 0;
    await forEachSliced(entries, ({ record, isPinned, label }) => {
      const id = record.id.startsWith(importedMark) ? record.id : importedMark + record.id;
      if (this.#log.merged.get(record.id) || this.#log.merged.get(id) || added.has(id)) {
        known++;
        return;
      }
      added.add(id);
      const put = shortened({ ...record, id, state: settleLost(record.state) });
      lines.push({ ...this.#putLine(put), imported: true }, { rev: this.#log.nextRev(), restore: id });
      if (isPinned) lines.push({ rev: this.#log.nextRev(), pin: id, on: true });
      if (label !== '') lines.push({ rev: this.#log.nextRev(), label: id, text: label });
    });
    await this.#log.writeMany(lines);
    this.#report(undefined);
    const kept = this.entries().filter(({ record }) => added.has(record.id)).length;
    await this.stored();
    return { added: added.size, known, beyondLimit: added.size - kept };
  }

  /** Why what is added is kept in memory only; none while it is stored. */
  get trouble(): Problem | undefined {
    return this.#log.trouble;
  }

  /** Resolves when all that was done outlives this process; or can't, or not soon: then there is `trouble`. */
  written(): Promise<void> {
    return this.#log.written();
  }

  /** Resolves when all that was done is stored, or has failed to be. */
  stored(): Promise<void> {
    return this.#log.stored();
  }

  #putLine(put: ResetRecord): PutLine {
    return { rev: this.#log.nextRev(), put, by: this.#log.window };
  }

  #write(lines: readonly LogLine[], changedId?: string): void {
    if (lines.length === 0) return;
    this.#log.write(lines);
    this.#report(changedId);
  }

  #report(changedId: string | undefined): void {
    this.#view = undefined;
    if (this.#log.merged.size > this.#forgetAt + maxSurplus) this.#forget();
    // What another window has recorded too is shown under one id.
    const shownId = changedId === undefined ? undefined : this.get(changedId)?.record.id;
    this.#changed.fire(shownId === undefined ? undefined : { id: shownId });
  }

  #forget(): void {
    const kept = new Set(this.#viewNow().allIds(this.entries().map(({ record }) => record.id)));
    this.#log.merged.forget((id) => kept.has(id), Date.now() - removalTime);
    for (const id of this.#shown.keys()) if (!kept.has(id)) this.#shown.delete(id);
    this.#forgetAt = this.#log.merged.size;
    this.#view = undefined;
  }

  #viewNow(): ShownHistory {
    if (this.#view) return this.#view;
    const { merged } = this.#log;
    const entries = [...merged.entries()].map((entry) => this.#withShown(entry));
    return (this.#view = new ShownHistory(entries, (id) => merged.writerOf(id), this.#limit()));
  }

  #withShown(entry: HistoryEntry): HistoryEntry {
    const record = this.#shown.get(entry.record.id);
    return record ? { ...entry, record } : entry;
  }
}

/** Makes ids of imported entries differ from those of sent ones, even if the file was exported here. */
const importedMark = 'imported:';
