import assert from 'node:assert/strict';
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sourceFiles } from '../../../../src/code/scanner/files/files';
import { languages } from '../../../../src/code/scanner/languages/index';
import type { Change, FileResult, ScanRequest } from '../../../../src/code/scanner/client/messages';
import { WorkspaceScanner } from '../../../../src/code/scanner/worker/workspaceScanner';
import { grammarFolder, loadLanguages } from './grammarFolder';

const nats = `const nc = require('nats').connect();\n`;
const serves = (name: string): string => `${nats}nc.subscribe('get.${name}', () => {});\n`;
const servesGiven = (end: string): string =>
  `require('nats');\nexports.serve = (nc, name) => nc.subscribe('get.' + name + '.${end}', () => {});\n`;
const calls = (name: string): string => `${nats}require('./given').serve(nc, '${name}');\n`;
/** The same in a file that is looked at only because of the other one. */
const callsUnseen = (name: string): string =>
  `exports.run = (nc) => require('./given').serve(nc, '${name}');\n`;

/** Files that can change, each with its texts: some say something alone, others only together. */
const texts: Readonly<Record<string, readonly string[]>> = {
  'own.js': [serves('own.a'), `\n${serves('own.a')}`, 'console.log(1);\n'],
  'plain.js': ['console.log(1);\n', serves('plain.a'), serves('plain.b')],
  'names.js': [`exports.name = 'library';\n`, `exports.name = 'archive';\n`, `\nexports.name = 'library';\n`],
  'main.js': [
    `${nats}nc.subscribe('get.' + require('./names').name + '.books', () => {});\n`,
    `\n${nats}nc.subscribe('get.' + require('./names').name + '.books', () => {});\n`,
    serves('main.a'),
  ],
  'given.js': [servesGiven('items'), servesGiven('orders'), `\n${servesGiven('items')}`],
  'first.js': [calls('shop'), calls('store'), 'console.log(1);\n'],
  'second.js': [calls('desk'), `\n${calls('desk')}`, callsUnseen('store')],
};
export const names = Object.keys(texts);
const textOf = (name: string, at: number): string => texts[name]?.[at] ?? '';

/** More than the host is given at once, and than is read at once. */
const unchanging: Readonly<Record<string, string>> = {
  'a.js': nats + Array.from({ length: 260 }, (_, at) => `nc.subscribe('get.n${at}.x', () => {});\n`).join(''),
  ...Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`more/m${at}.js`, serves(`more.m${at}`)])),
};

/** What can happen. */
export type Step =
  | { readonly kind: 'begin'; readonly isCached: boolean; readonly opensFirst: boolean }
  | { readonly kind: 'go on'; readonly steps: number }
  | { readonly kind: 'go on with a stopped one' | 'save' | 'restart' }
  | { readonly kind: 'stop'; readonly after: number }
  | { readonly kind: 'type'; readonly name: string; readonly at: number }
  | { readonly kind: 'open'; readonly name: string }
  | OnDisk;

type OnDisk =
  | { readonly kind: 'write'; readonly name: string; readonly at: number }
  | { readonly kind: 'close' | 'delete' | 'touch'; readonly name: string };

/** A scan that was begun; it stops when it has asked so often whether it has to. */
interface Scan {
  readonly steps: ReturnType<WorkspaceScanner['scan']>;
  asked: number;
  limit: number;
  until?: Promise<unknown> | undefined;
}

/** By files; as texts, to be compared. */
type Facts = Map<string, string>;

/** What is true of the files, by what is on disk and what editors hold. */
const truths = new Map<string, Facts>();
const unchanged: Facts = new Map();

/** What a new scanner finds. */
async function fromScratch(files: readonly string[], open: readonly Change[]): Promise<Facts> {
  const found: Facts = new Map();
  const scanner = new WorkspaceScanner(loadLanguages, grammarFolder, '1');
  for await (const { results } of scanner.scan({ files, open }, () => false))
    for (const { file, facts } of results)
      if (facts.length > 0) found.set(file, JSON.stringify(facts));
      else found.delete(file);
  return found;
}

/** An editor with a workspace: what was done to its files, and what a scanner has reported of them. */
export class ReportedHost {
  readonly #folder: string;
  readonly #cacheFile: string;
  readonly #held: Facts = new Map();
  readonly #disk = new Map<string, number>();
  readonly #open = new Map<string, number>();
  /** Texts that the scanner does not have yet. */
  readonly #unsent = new Set<string>();
  /** Files whose text is another one than when a scan last came to its end. */
  readonly #changed = new Set<string>();
  #truth: Facts = new Map();
  #scanner = new WorkspaceScanner(loadLanguages, grammarFolder, '1');
  #scan: Scan | undefined;
  readonly #stopped: Scan[] = [];
  #time = Date.parse('2026-01-01T00:00:00.5Z');

  /** The files in the folder are made anew. */
  constructor(folder: string, cacheFile: string) {
    this.#folder = folder;
    this.#cacheFile = cacheFile;
    for (const each of ['more', ...names]) rmSync(path.join(folder, each), { recursive: true, force: true });
    mkdirSync(path.join(folder, 'more'));
    for (const [each, text] of Object.entries(unchanging)) this.#put(each, text, 0);
    for (const each of names) {
      this.#put(each, textOf(each, 0), 0);
      this.#disk.set(each, 0);
    }
  }

  #put(name: string, text: string, later = (this.#time += 60_000)): void {
    const file = path.join(this.#folder, name);
    const time = new Date(later || this.#time);
    writeFileSync(file, text);
    utimesSync(file, time, time);
  }

  /** What is true by now. */
  async look(): Promise<void> {
    const state = JSON.stringify([[...this.#disk].sort(), [...this.#open].sort()]);
    let truth = truths.get(state);
    if (!truth) {
      const files = sourceFiles(this.#folder, languages);
      const isFirst = truths.size === 0;
      // The others say the same each time.
      const some = isFirst ? files : files.filter((file) => texts[path.relative(this.#folder, file)]);
      truth = await fromScratch(some, this.#texts(this.#open.keys()));
      if (isFirst)
        for (const [file, facts] of truth)
          if (!texts[path.relative(this.#folder, file)]) unchanged.set(file, facts);
      for (const [file, facts] of unchanged) truth.set(file, facts);
      truths.set(state, truth);
    }
    this.#truth = truth;
  }

  #request(): ScanRequest {
    return { files: sourceFiles(this.#folder, languages) };
  }

  #texts(files: Iterable<string>): Change[] {
    return [...files].map((each) => ({
      file: path.join(this.#folder, each),
      text: textOf(each, this.#open.get(each) ?? 0),
    }));
  }

  #take(results: readonly FileResult[]): void {
    for (const { file, facts } of results) {
      const text = facts.length > 0 ? JSON.stringify(facts) : undefined;
      const before = this.#held.get(file);
      if (text === undefined) this.#held.delete(file);
      else this.#held.set(file, text);
      const isThere = before !== undefined && before === this.#truth.get(file);
      if (isThere && !this.#changed.has(path.relative(this.#folder, file)))
        assert.equal(text, before, `lost what is there: ${path.relative(this.#folder, file)}`);
    }
  }

  async #apply(change: Change): Promise<void> {
    this.#unsent.delete(path.relative(this.#folder, change.file));
    this.#take(await this.#scanner.apply([change]));
    const { file } = change;
    const isAlone = path.basename(file) === 'own.js';
    if (isAlone) assert.equal(this.#held.get(file), this.#truth.get(file), 'what it says alone');
  }

  async #begin(isCached: boolean, opensFirst: boolean): Promise<void> {
    this.#stop(0);
    const open = opensFirst ? this.#texts(this.#unsent) : [];
    if (opensFirst) this.#unsent.clear();
    const scan: Scan = {
      steps: this.#scanner.scan(
        { ...this.#request(), open, cacheFile: this.#cacheFile, isFresh: !isCached },
        () => ++scan.asked > scan.limit,
      ),
      asked: 0,
      limit: Infinity,
    };
    this.#scan = scan;
    await this.#goOn(scan);
  }

  #stop(after: number): void {
    if (!this.#scan) return;
    // What was stopped once does not go on.
    this.#scan.limit = Math.min(this.#scan.limit, this.#scan.asked + after);
    if (after > 0) return;
    this.#stopped.push(this.#scan);
    this.#scan = undefined;
  }

  /** Takes a step of a scan; whether it has come to its end. */
  async #goOn(scan: Scan): Promise<boolean> {
    await scan.until;
    const next = await scan.steps.next();
    if (!next.done) {
      scan.until = next.value.until;
      this.#take(next.value.results);
      return false;
    }
    if (this.#scan === scan) this.#scan = undefined;
    if (scan.asked <= scan.limit) this.#changed.clear();
    return true;
  }

  async #goOnStopped(): Promise<void> {
    const [scan] = this.#stopped;
    if (scan && (await this.#goOn(scan))) this.#stopped.shift();
  }

  async #setText(name: string, change: () => void): Promise<void> {
    const before = this.#open.get(name) ?? this.#disk.get(name);
    change();
    if (before !== (this.#open.get(name) ?? this.#disk.get(name))) this.#changed.add(name);
    await this.look();
  }

  async do(step: Step): Promise<void> {
    switch (step.kind) {
      case 'begin':
        await this.#begin(step.isCached, step.opensFirst);
        break;
      case 'go on':
        for (let left = step.steps; left > 0 && this.#scan; left--) await this.#goOn(this.#scan);
        break;
      case 'go on with a stopped one':
        await this.#goOnStopped();
        break;
      case 'stop':
        this.#stop(step.after);
        break;
      case 'save':
        this.#scanner.save();
        break;
      case 'restart':
        this.#scanner = new WorkspaceScanner(loadLanguages, grammarFolder, '1');
        this.#held.clear();
        this.#changed.clear();
        this.#scan = undefined;
        this.#stopped.length = 0;
        for (const each of this.#open.keys()) this.#unsent.add(each);
        break;
      case 'type':
      case 'open': {
        const { name } = step;
        const at = step.kind === 'type' ? step.at : (this.#open.get(name) ?? this.#disk.get(name));
        if (at === undefined) break;
        await this.#setText(name, () => this.#open.set(name, at));
        await this.#apply({ file: path.join(this.#folder, name), text: textOf(name, at) });
        break;
      }
      default:
        await this.#doOnDisk(step);
    }
  }

  async #doOnDisk(step: OnDisk): Promise<void> {
    const { kind, name } = step;
    const file = path.join(this.#folder, name);
    const isOpen = this.#open.has(name);
    if ((kind === 'close' && !isOpen) || (kind === 'touch' && isOpen)) return;
    await this.#setText(name, () => {
      if (kind === 'close') this.#open.delete(name);
      if (kind === 'delete' && this.#disk.delete(name)) rmSync(file);
      if (step.kind === 'write') {
        this.#put(name, textOf(name, step.at));
        this.#disk.set(name, step.at);
        // One that was written counts as changed, whatever was written.
        this.#changed.add(name);
      }
    });
    // What an editor holds is not looked for on disk.
    if (isOpen && kind !== 'close') return;
    await this.#apply(this.#disk.has(name) ? { file, fromDisk: true } : { file, removed: true });
  }

  /** Scans once more, to the end; what was stopped before comes to its end meanwhile. */
  async finish(isCached = true): Promise<void> {
    await this.look();
    await this.#begin(isCached, true);
    while (this.#scan || this.#stopped.length > 0) {
      if (this.#scan) await this.#goOn(this.#scan);
      await this.#goOnStopped();
    }
    for (const change of this.#texts(this.#unsent)) await this.#apply(change);
  }

  check(): void {
    const sorted = (facts: Facts): [string, string][] => [...facts].sort();
    assert.deepEqual(sorted(this.#held), sorted(this.#truth));
  }
}
