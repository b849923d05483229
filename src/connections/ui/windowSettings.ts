import { homedir } from 'node:os';
import { ConfigurationTarget, Uri, workspace } from 'vscode';
import { settings } from '../../shell/ids';
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
  disposables.listen(workspace.onDidChangeConfiguration, (event) => {
    if (event.affectsConfiguration(`res.${settings.connections}`)) fire();
  });
  disposables.add(workspace.onDidGrantWorkspaceTrust(fire));
  disposables.add(workspace.onDidChangeWorkspaceFolders(fire));
  const configuration = ({ folder }: SettingsPlace) =>
    workspace.getConfiguration('res', folder && Uri.parse(folder.uri));
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
    read(place) {
      const found = configuration(place).inspect<unknown>(settings.connections);
      const values = {
        user: found?.globalValue,
        workspace: found?.workspaceValue,
        folder: found?.workspaceFolderValue,
      };
      return values[place.source];
    },
    async write(place, list) {
      const value = list.length === 0 ? undefined : list;
      await configuration(place).update(settings.connections, value, targets[place.source]);
    },
    dispose: () => {
      disposables.dispose();
    },
  };
}

function onDisk(uri: Uri): { readonly uri: string; readonly path?: string } {
  return { uri: uri.toString(), ...(uri.scheme === 'file' ? { path: uri.fsPath } : {}) };
}
