import { existsSync } from 'node:fs';
import { commands, Uri, workspace } from 'vscode';

const parallel = 8;

/** Sends resets as another extension does, several at once, until there is a file `stop` in the workspace. */
export function activate(): void {
  const folder = workspace.workspaceFolders?.[0];
  if (!folder) return;
  const stop = Uri.joinPath(folder.uri, 'stop').fsPath;
  let count = 0;
  const send = async (): Promise<void> => {
    const resources = `stress.r${process.pid}${String(++count).padStart(5, '0')}.*`;
    await commands.executeCommand('res.resetResources', { resources, connection: 'local' });
  };
  const sendOn = async (): Promise<void> => {
    while (!existsSync(stop)) await send();
  };
  for (let lane = 0; lane < parallel; lane++) void sendOn();
}
