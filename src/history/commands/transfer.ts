import * as l10n from '../../util/l10n';
import type { Notifier } from '../../util/notifier';
import { problemText, reasonOf, type Problem, type Result } from '../../util/problem';
import { decodeEntries, encodeEntries } from '../exchange';
import type { History, Imported } from '../history';
import type { HistoryEntry } from '../historyEntry';

/** What is read at once, in bytes. */
const maxBytes = 32 * 1024 * 1024;

/** Files as a person chooses them; undefined where they cancel. */
export interface ChosenFiles {
  /** Lets the person choose which entries are written. */
  chooseEntries(
    choices: readonly { readonly label: string; readonly entries: readonly HistoryEntry[] }[],
  ): Promise<readonly HistoryEntry[] | undefined>;
  chooseTarget(name: string): Promise<ChosenFile | undefined>;
  chooseSource(): Promise<ChosenFile | undefined>;
}

/** A file; what it does rejects where it can't be done. */
export interface ChosenFile {
  readonly path: string;
  size(): Promise<number>;
  read(): Promise<Uint8Array>;
  write(data: Uint8Array): Promise<void>;
}

/** What export and import are built on. */
interface TransferPorts {
  readonly history: Pick<History, 'entries' | 'stored' | 'importEntries'>;
  /** The entries that the filter shows; undefined without a filter. */
  readonly filtered: () => readonly HistoryEntry[] | undefined;
  readonly files: ChosenFiles;
  readonly notifier: Notifier;
}

/** Writes entries into a file that the person chooses, as JSON Lines. */
export async function exportHistory({ history, filtered, files, notifier }: TransferPorts): Promise<void> {
  await history.stored();
  const all = history.entries();
  if (all.length === 0) {
    void notifier.info(l10n.t('The history is empty.'));
    return;
  }
  const shown = filtered();
  const entries = shown
    ? await files.chooseEntries([
        { label: l10n.t('Filtered resets ({0})', shown.length), entries: shown },
        { label: l10n.t('All resets ({0})', all.length), entries: all },
      ])
    : all;
  const file = entries && (await files.chooseTarget('res-history.jsonl'));
  if (!file) return;
  try {
    await file.write(await encodeEntries(entries));
  } catch (error) {
    const what = l10n.msg('The history could not be exported');
    const remedy = l10n.msg('Choose another location.');
    void notifier.error(problemText({ what, why: reasonOf(error), remedy }));
    return;
  }
  void notifier.info(
    entries.length === 1
      ? l10n.t('Exported 1 reset to {0}.', file.path)
      : l10n.t('Exported {0} resets to {1}.', entries.length, file.path),
  );
}

/** Adds what is in a file that the person chooses. */
export async function importHistory({ history, files, notifier }: TransferPorts): Promise<void> {
  const file = await files.chooseSource();
  if (!file) return;
  const data = await read(file);
  if (!data.ok) {
    void notifier.error(problemText(data.problem));
    return;
  }
  const { entries, badLines } = await decodeEntries(data.value);
  const text = importText(await history.importEntries(entries), badLines);
  void (badLines.length > 0 ? notifier.warn(text) : notifier.info(text));
}

async function read(file: ChosenFile): Promise<Result<Uint8Array>> {
  const refuse = (why: l10n.Text, remedy: l10n.Text): { ok: false; problem: Problem } => ({
    ok: false,
    problem: { what: l10n.msg('Nothing was imported'), why, remedy },
  });
  try {
    if ((await file.size()) > maxBytes)
      return refuse(
        l10n.msg('the file is larger than {0} MiB', maxBytes / 1024 / 1024),
        l10n.msg('Split it between any two lines.'),
      );
    return { ok: true, value: await file.read() };
  } catch (error) {
    return refuse(reasonOf(error), l10n.msg('Choose a file that you can read.'));
  }
}

function importText({ added, known, beyondLimit }: Imported, badLines: readonly number[]): string {
  const parts = [added === 1 ? l10n.t('Imported 1 reset.') : l10n.t('Imported {0} resets.', added)];
  if (known > 0) {
    parts.push(
      known === 1
        ? l10n.t('1 reset was already there and is unchanged.')
        : l10n.t('{0} resets were already there and are unchanged.', known),
    );
  }
  if (beyondLimit > 0)
    parts.push(l10n.t('The oldest {0} exceed the limit (res.history.limit).', beyondLimit));
  const [first] = badLines;
  if (first !== undefined) {
    parts.push(
      badLines.length === 1
        ? l10n.t('Line {0} was skipped: it is not a reset.', first)
        : l10n.t(
            '{0} lines were skipped, the first is line {1}: they are not resets.',
            badLines.length,
            first,
          ),
    );
  }
  return parts.join(' ');
}
