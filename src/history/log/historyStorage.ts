/** A log of a window that is gone. */
export interface Orphan {
  readonly name: string;
  /** Why it could not be taken over; then it can only be read. */
  readonly kept?: string;
}

/** Something of another window's log; or why there is nothing of it. */
export type OthersPiece =
  | {
      readonly kind: 'text';
      readonly name: string;
      /** Whether it is read from its start. */
      readonly isStart: boolean;
      readonly text: string;
    }
  | { readonly kind: 'unreadable'; readonly name: string; readonly why: string };

/**
 * Where the history is kept: logs for each window, so that two windows can't overwrite each other. Only the window that
 * owns a log appends to it. Each log begins with `formatLine`.
 */
export interface HistoryStorage {
  /** What the other windows' logs hold that was not read before, in pieces of whole lines. What is taken counts as read. */
  readOthers(): AsyncIterable<OthersPiece>;
  /** Appends to this window's log, all of it or nothing; resolves when it is written, so that it outlives this process. */
  append(text: string): Promise<void>;
  /** Resolves when all that was appended is on the disk, so that it outlives the machine's power. */
  sync(): Promise<void>;
  /** Replaces what was appended until then by all pieces together, wholly or not at all. Appending goes on meanwhile. */
  replace(pieces: Iterable<string>): Promise<void>;
  /** Takes over the logs of windows that are gone; they stay until `discard`. */
  takeOver(): Promise<readonly Orphan[]>;
  /** The log of a window that is gone, in pieces of whole lines, and what stands behind the last. */
  read(name: string): AsyncIterable<string>;
  discard(name: string): Promise<void>;
  /** Keeps a log that was taken over out of the way; resolves to where it is now. */
  setAside(name: string): Promise<string>;
}
