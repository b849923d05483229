import { commands, workspace, type Uri } from 'vscode';
import { commands as ids } from '../../shell/ids';
import { settings } from '../../shell/settings';
import { DisposableStore, type Disposable } from '../../util/disposable';
import type { WorkspaceWatcher } from '../watching/workspaceWatcher';
import type { WorkspaceFiles } from './workspaceFiles';

const settingsOfScan = [
  'files.exclude',
  'files.encoding',
  ...['exclude', 'followSymlinks', 'useIgnoreFiles', 'useParentIgnoreFiles', 'useGlobalIgnoreFiles'].map(
    (name) => `search.${name}`,
  ),
  settings.maxFileSize.id,
  settings.useIgnoreFiles.id,
];

/** Hands the watcher what happens to files, documents, folders and settings. */
export function forwardWorkspaceEvents(watcher: WorkspaceWatcher, found: WorkspaceFiles): Disposable {
  const store = new DisposableStore();
  let outerRules: Disposable | undefined;
  let isOver = false;
  const watchOuterRules = (): void => {
    void found.ready().then(() => {
      outerRules?.dispose();
      outerRules = isOver ? undefined : found.watchOuterRules(() => void watcher.scanAll());
    });
  };
  watchOuterRules();
  store.add({
    dispose: () => {
      isOver = true;
      outerRules?.dispose();
    },
  });
  const touched =
    (exists: boolean) =>
    ({ scheme, fsPath }: Uri): void => {
      if (scheme === 'file') watcher.touched(fsPath, exists);
    };
  const files = store.add(workspace.createFileSystemWatcher('**/*'));
  store.add(files.onDidCreate(touched(true)));
  store.add(files.onDidChange(touched(true)));
  store.add(files.onDidDelete(touched(false)));
  store.listen(workspace.onDidChangeTextDocument, ({ document, contentChanges }) => {
    if (contentChanges.length > 0) watcher.edited(document);
  });
  store.listen(workspace.onDidCloseTextDocument, (document) => {
    watcher.closed(document);
  });
  store.listen(workspace.onDidChangeWorkspaceFolders, () => {
    void watcher.scanAll();
    watchOuterRules();
  });
  store.listen(workspace.onDidChangeConfiguration, (event) => {
    if (!settingsOfScan.some((name) => event.affectsConfiguration(name))) return;
    watcher.settingsChanged();
    watchOuterRules();
  });
  store.add(commands.registerCommand(ids.rescanWorkspace, () => watcher.scanAll({ isFresh: true })));
  return store;
}
