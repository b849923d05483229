import { commands, Uri, ViewColumn, window, workspace } from 'vscode';

/** Opens the steps to the left and the client to the right, in a window that shows nothing yet. */
export async function activate(): Promise<void> {
  const folder = workspace.workspaceFolders?.[0];
  const client = process.env['RES_DEMO_CLIENT'];
  const isEmpty = window.tabGroups.all.every((group) => group.tabs.length === 0);
  if (folder === undefined || client === undefined || !isEmpty) return;
  await commands.executeCommand('markdown.showPreview', Uri.joinPath(folder.uri, 'README.md'));
  await commands.executeCommand('simpleBrowser.api.open', Uri.parse(client), {
    viewColumn: ViewColumn.Two,
    preserveFocus: true,
  });
}
