import type { TextStep } from './editMessage';
import type { HistoryEntry } from '../historyEntry';

/** What a person is asked about the history. Each is undefined where they cancel. */
export interface HistoryPrompts {
  chooseEntry(entries: readonly HistoryEntry[], title: string): Promise<HistoryEntry | undefined>;
  /** Asks for one text after the other, with a way back. */
  enterTexts(title: string, steps: readonly TextStep[]): Promise<readonly string[] | undefined>;
}
