import { homedir } from 'node:os';
import { ConfigurationTarget, Uri, workspace } from 'vscode';
import { settings } from '../../shell/settings';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { Emitter } from '../../util/emitter';
import type { FormScope } from '../messages';
import type { SettingsPlace, WindowSettings } from '../store/connectionSettings';

const targets: Readonly<Record<FormScope, ConfigurationTarget>> = {
  user: ConfigurationTarget.Global,
  workspace: ConfigurationTarget.Workspace,
  folder: ConfigurationTarget.WorkspaceFolder,
};

/** The settings of this window. */
export function windowSettings(): WindowSettings & Disposable {
  const changed = new Emitter<undefined>();
  const disposables = new DisposableStore();
  const fire = (): void => {
    changed.fire(undefined);
  };
  disposables.add(changed);
  disposables.listen(settings.connections.onDidChange, fire);
  disposables.add(workspace.onDidGrantWorkspaceTrust(fire));
  disposables.add(workspace.onDidChangeWorkspaceFolders(fire));
  const scopeOf = ({ folder }: SettingsPlace): Uri | undefined => folder && Uri.parse(folder.uri);
  return {
    get isTrusted() {
      return workspace.isTrusted;
    },
    get folders() {
      return (workspace.workspaceFolders ?? []).map(({ name, uri }) => ({ name, ...onDisk(uri) }));
    },
    get workspaceFile() {
      return workspace.workspaceFile && onDisk(workspace.workspaceFile);
    },
    env: process.env,
    home: homedir(),
    onDidChange: changed.event,
    read: (place) => settings.connections.written(scopeOf(place))[place.source],
    async write(place, list) {
      const value = list.length === 0 ? undefined : list;
      await settings.connections.set(value, targets[place.source], scopeOf(place));
    },
    dispose: () => {
      disposables.dispose();
    },
  };
}

function onDisk(uri: Uri): { readonly uri: string; readonly path?: string } {
  return { uri: uri.toString(), ...(uri.scheme === 'file' ? { path: uri.fsPath } : {}) };
}
