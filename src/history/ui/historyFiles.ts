import { Uri, window, workspace } from 'vscode';
import { decodeEntries, encodeEntries } from '../exchange';
import type { Imported } from '../history';
import type { HistoryEntry } from '../historyEntry';
import { isFiltering } from '../historyFilter';
import * as l10n from '../../util/l10n';
import { problemText, type Problem } from '../../util/problem';
import type { HistoryDeps } from './historyDeps';
import { takeTexts } from '../../shell/lateTexts';

const filters = (): Record<string, string[]> => ({
  'JSON Lines': ['jsonl', 'ndjson'],
  [l10n.t('All files')]: ['*'],
});
/** What is read at once, in bytes. */
const mostBytes = 32 * 1024 * 1024;

takeTexts();

/** Writes entries into a file that the person chooses, as JSON Lines. */
export async function exportHistory(deps: HistoryDeps): Promise<void> {
  await deps.history.stored();
  const entries = await chooseEntries(deps);
  if (!entries) return;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const name = 'res-history.jsonl';
  const file = await window.showSaveDialog({
    title: l10n.t('Export history'),
    filters: filters(),
    defaultUri: folder ? Uri.joinPath(folder, name) : Uri.file(name),
  });
  if (!file) return;
  try {
    await workspace.fs.writeFile(file, await encodeEntries(entries));
  } catch (error) {
    showProblem(l10n.t('The history could not be exported'), error, l10n.t('Choose another location.'));
    return;
  }
  void window.showInformationMessage(`RES: ${exportedText(entries.length, file.fsPath)}`);
}

/** Adds what is in a file that the person chooses. */
export async function importHistory(deps: HistoryDeps): Promise<void> {
  const [file] = (await window.showOpenDialog({ title: l10n.t('Import history'), filters: filters() })) ?? [];
  if (file) await importFile(deps, file);
}

async function importFile({ history }: HistoryDeps, file: Uri): Promise<void> {
  const what = l10n.t('Nothing was imported');
  let data: Uint8Array;
  try {
    const { size } = await workspace.fs.stat(file);
    if (size > mostBytes) {
      const why = l10n.t('the file is larger than {0} MiB', mostBytes / 1024 / 1024);
      show({ what, why, remedy: l10n.t('Split it between any two lines.') });
      return;
    }
    data = await workspace.fs.readFile(file);
  } catch (error) {
    showProblem(what, error, l10n.t('Choose a file that you can read.'));
    return;
  }
  const { entries, badLines } = await decodeEntries(data);
  const imported = await history.importEntries(entries);
  const told = `RES: ${importText(imported, badLines)}`;
  if (badLines.length > 0) void window.showWarningMessage(told);
  else void window.showInformationMessage(told);
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

/** All entries; with a filter, the person says whether all or only those that it shows. */
async function chooseEntries({ history, tree }: HistoryDeps): Promise<readonly HistoryEntry[] | undefined> {
  const all = history.entries();
  if (all.length === 0) {
    void window.showInformationMessage(l10n.t('RES: The history is empty.'));
    return undefined;
  }
  if (!isFiltering(tree.filter)) return all;
  const shown = tree.shown();
  const choices = [
    { label: l10n.t('Filtered resets ({0})', shown.length), entries: shown },
    { label: l10n.t('All resets ({0})', all.length), entries: all },
  ];
  return (await window.showQuickPick(choices, { title: l10n.t('Export history') }))?.entries;
}

function showProblem(what: string, error: unknown, remedy: string): void {
  show({ what, why: error instanceof Error ? error.message : String(error), remedy });
}

function show(problem: Problem): void {
  void window.showErrorMessage(`RES: ${problemText(problem)}`);
}

function exportedText(count: number, file: string): string {
  return count === 1
    ? l10n.t('Exported 1 reset to {0}.', file)
    : l10n.t('Exported {0} resets to {1}.', count, file);
}
