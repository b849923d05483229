import { unwatchFile, watchFile, type Stats } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { RelativePattern, Uri, workspace } from 'vscode';
import { settings } from '../../shell/settings';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { CliConnections } from '../contexts/cliConnections';
import { cliFolder, readCliProfiles } from '../contexts/cliContexts';

/** How often it is looked whether a folder came or went, in milliseconds. */
const lookInterval = 2_000;

/** The connections of the NATS CLI, kept current by its files and by the setting that protects them. */
export function followCliConnections(): { readonly cli: CliConnections } & Disposable {
  const places = { env: process.env, home: homedir() };
  const cli = new CliConnections({
    read: () => readCliProfiles(places),
    protectedContexts: () => settings.protectedContexts.get(),
    setProtectedContexts: (list) => settings.protectedContexts.set(list),
  });
  const disposables = new DisposableStore();
  const reload = (): void => void cli.reload();
  const folder = cliFolder(places);
  disposables.add(follow(folder, 'context.txt', reload));
  disposables.add(follow(path.join(folder, 'context'), '*.json', reload));
  disposables.listen(settings.protectedContexts.onDidChange, () => {
    cli.notice();
  });
  reload();
  return {
    cli,
    dispose: () => {
      disposables.dispose();
    },
  };
}

/** Follows the files in a folder, whether or not it is there yet. */
function follow(folder: string, files: string, changed: () => void): Disposable {
  let watcher = watch(folder, files, changed);
  // VS Code's watcher sees every edit, but nothing in a folder that was made after it.
  const look = (now: Stats, before: Stats): void => {
    if (now.ino !== before.ino || now.birthtimeMs !== before.birthtimeMs) {
      watcher.dispose();
      watcher = watch(folder, files, changed);
    }
    changed();
  };
  watchFile(folder, { interval: lookInterval, persistent: false }, look);
  return {
    dispose: () => {
      unwatchFile(folder, look);
      watcher.dispose();
    },
  };
}

function watch(folder: string, files: string, changed: () => void): Disposable {
  const store = new DisposableStore();
  const watcher = store.add(workspace.createFileSystemWatcher(new RelativePattern(Uri.file(folder), files)));
  for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete])
    store.add(event(changed));
  return store;
}
