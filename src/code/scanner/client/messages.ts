import type { Fact } from '../facts/fact';
import type { Search } from '../files/ripgrep';
import type { Reading } from '../files/sources';
import type { GrammarFolder } from '../outline/syntax';

/** Something that happened to a file; paths are absolute. `text` is what an editor holds, saved or not. */
export type Change =
  | { readonly file: string; readonly text: string }
  | { readonly file: string; readonly fromDisk: true }
  | { readonly file: string; readonly removed: true };

/** All that is now known of a file. Notes say why a file was left out. */
export interface FileResult {
  readonly file: string;
  readonly facts: readonly Fact[];
  readonly notes?: readonly string[];
}

/** A whole workspace to be scanned: found with ripgrep where that is at hand, else by the one who asks. */
export type ScanRequest = (
  { readonly searches: readonly Search[]; readonly ripgrep: string } | { readonly files: readonly string[] }
) & {
  /** What editors hold. It comes first, and is reported at once as far as no other files can change it. */
  readonly open?: readonly Change[];
  /** Where to cache what was found, and to find what an earlier scan cached. */
  readonly cacheFile?: string | undefined;
  /** Whether every file is to be read, whatever is cached. */
  readonly isFresh?: boolean;
};

/** A piece of a scan's answer. */
export interface ScanPart {
  readonly results: readonly FileResult[];
  /** Some of the files that the scan is about. */
  readonly listed?: readonly string[];
  /** How much of the work is done, up to 1. */
  readonly share: number;
  /** Whether all is reported by now that is known of the workspace. */
  readonly isWhole?: boolean;
}

/** To the worker. Requests are answered in the order in which they come; between a scan's parts others are. */
export type ToWorker =
  | { readonly kind: 'apply'; readonly id: number; readonly changes: readonly Change[] }
  | { readonly kind: 'scan'; readonly id: number; readonly request: ScanRequest }
  | { readonly kind: 'reading'; readonly reading: Reading }
  /** The part of a scan was taken in: the next one, please. */
  | { readonly kind: 'more'; readonly id: number }
  | { readonly kind: 'cancel'; readonly id: number };

/** From the worker. */
export type FromWorker =
  | { readonly kind: 'part'; readonly id: number; readonly part: ScanPart }
  /** The results of changes; a scan has reported all of its own in its parts. */
  | { readonly kind: 'applied'; readonly id: number; readonly results: readonly FileResult[] }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string };

/** What the worker is started with. */
export interface WorkerData {
  readonly grammarFolder: GrammarFolder;
}
