import { Uri, window, workspace } from 'vscode';
import * as l10n from '../../util/l10n';
import { takeTexts } from '../../shell/lateTexts';
import type { ChosenFile, ChosenFiles } from '../commands/transfer';

export { copyText } from '../commands/copying';
export { exportHistory, importHistory } from '../commands/transfer';
export { shellOf } from '../shellQuote';

takeTexts();

/** Files that are chosen in the editor's own dialogs. */
export const chosenFiles: ChosenFiles = {
  chooseEntries: async (choices) =>
    (await window.showQuickPick(choices, { title: l10n.t('Export history') }))?.entries,
  chooseTarget: async (name) => {
    const folder = workspace.workspaceFolders?.[0]?.uri;
    const uri = await window.showSaveDialog({
      title: l10n.t('Export history'),
      filters: filters(),
      defaultUri: folder ? Uri.joinPath(folder, name) : Uri.file(name),
    });
    return uri && fileAt(uri);
  },
  chooseSource: async () => {
    const [uri] =
      (await window.showOpenDialog({ title: l10n.t('Import history'), filters: filters() })) ?? [];
    return uri && fileAt(uri);
  },
};

function fileAt(uri: Uri): ChosenFile {
  return {
    path: uri.fsPath,
    size: async () => (await workspace.fs.stat(uri)).size,
    read: async () => workspace.fs.readFile(uri),
    write: async (data) => workspace.fs.writeFile(uri, data),
  };
}

function filters(): Record<string, string[]> {
  return { 'JSON Lines': ['jsonl', 'ndjson'], [l10n.t('All files')]: ['*'] };
}
