import type { Fact } from './fact';
import type { GrammarFolder } from './syntax';

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

/** To the worker. Requests are answered in the order in which they come. */
export type ToWorker =
  | { readonly kind: 'apply'; readonly id: number; readonly changes: readonly Change[] }
  | { readonly kind: 'cancel'; readonly id: number };

/** From the worker. */
export type FromWorker =
  | { readonly kind: 'applied'; readonly id: number; readonly results: readonly FileResult[] }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string };

/** What the worker is started with. */
export interface WorkerData {
  readonly grammarFolder: GrammarFolder;
}
