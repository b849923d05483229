import { Uri, commands, window, workspace } from 'vscode';
import { decodeEntries, encodeEntries } from '../history/exchange';
import type { Imported } from '../history/history';
import type { HistoryEntry } from '../history/historyEntry';
import { isFiltering } from '../history/historyFilter';
import { DisposableStore, type Disposable } from '../util/disposable';
import { problemText, type Problem } from '../util/problem';
import type { HistoryDeps } from './historyView';
import { commands as ids } from './ids';

const filters = { 'JSON Lines': ['jsonl', 'ndjson'], 'All files': ['*'] };
/** What is read at once, in bytes. */
const mostBytes = 32 * 1024 * 1024;

/** Export and import, as JSON Lines. */
export function registerHistoryFiles(deps: HistoryDeps): Disposable {
  const store = new DisposableStore();
  store.add(
    commands.registerCommand(ids.exportHistory, async () => {
      await deps.history.stored();
      const entries = await chooseEntries(deps);
      if (!entries) return;
      const folder = workspace.workspaceFolders?.[0]?.uri;
      const name = 'res-history.jsonl';
      const file = await window.showSaveDialog({
        title: 'Export history',
        filters,
        defaultUri: folder ? Uri.joinPath(folder, name) : Uri.file(name),
      });
      if (!file) return;
      try {
        await workspace.fs.writeFile(file, await encodeEntries(entries));
      } catch (error) {
        showProblem('The history could not be exported', error, 'Choose another place.');
        return;
      }
      void window.showInformationMessage(`RES: Exported ${resets(entries.length)} to ${file.fsPath}.`);
    }),
  );
  store.add(
    commands.registerCommand(ids.importHistory, async () => {
      const [file] = (await window.showOpenDialog({ title: 'Import history', filters })) ?? [];
      if (file) await importFile(deps, file);
    }),
  );
  return store;
}

async function importFile({ history }: HistoryDeps, file: Uri): Promise<void> {
  const what = 'Nothing was imported';
  let data: Uint8Array;
  try {
    const { size } = await workspace.fs.stat(file);
    if (size > mostBytes) {
      const why = `the file is larger than ${mostBytes / 1024 / 1024} MiB`;
      show({ what, why, remedy: 'Split it: each line stands for itself.' });
      return;
    }
    data = await workspace.fs.readFile(file);
  } catch (error) {
    showProblem(what, error, 'Choose a file that can be read.');
    return;
  }
  const { entries, badLines } = await decodeEntries(data);
  const imported = await history.importEntries(entries);
  const told = `RES: ${importText(imported, badLines)}`;
  if (badLines.length > 0) void window.showWarningMessage(told);
  else void window.showInformationMessage(told);
}

function importText({ added, known, beyondLimit }: Imported, badLines: readonly number[]): string {
  const parts = [`Imported ${resets(added)}.`];
  if (known > 0) parts.push(`${resets(known)} ${known === 1 ? 'was' : 'were'} there already and left as is.`);
  if (beyondLimit > 0) parts.push(`The oldest ${beyondLimit} are beyond the limit (res.history.limit).`);
  const [first] = badLines;
  if (first !== undefined) {
    const lines =
      badLines.length === 1 ? `Line ${first} holds` : `${badLines.length} lines, the first ${first}, hold`;
    parts.push(`${lines} no reset and ${badLines.length === 1 ? 'was' : 'were'} left out.`);
  }
  return parts.join(' ');
}

/** All entries; with a filter, the person says whether all or only those that it shows. */
async function chooseEntries({ history, tree }: HistoryDeps): Promise<readonly HistoryEntry[] | undefined> {
  const all = history.entries();
  if (all.length === 0) {
    void window.showInformationMessage('RES: There is nothing in the history to export.');
    return undefined;
  }
  if (!isFiltering(tree.filter)) return all;
  const shown = tree.shown();
  const choices = [
    { label: `What the filter shows: ${resets(shown.length)}`, entries: shown },
    { label: `All: ${resets(all.length)}`, entries: all },
  ];
  return (await window.showQuickPick(choices, { title: 'Export history' }))?.entries;
}

function showProblem(what: string, error: unknown, remedy: string): void {
  show({ what, why: error instanceof Error ? error.message : String(error), remedy });
}

function show(problem: Problem): void {
  void window.showErrorMessage(`RES: ${problemText(problem)}`);
}

function resets(count: number): string {
  return count === 1 ? '1 reset' : `${count} resets`;
}
