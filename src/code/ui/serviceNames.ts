import path from 'node:path';
import { Uri, commands, env, window, workspace } from 'vscode';
import type { ResetFlow } from '../../resets/resetFlow';
import type { Origin } from '../../resets/resetRecord';
import { commands as ids } from '../../shell/ids';
import { settings } from '../../shell/settings';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { Notifier } from '../../util/notifier';
import { namedPattern, type ServiceName } from '../index/serviceNames';
import { handlerReset } from '../index/serviceReset';
import type { UnnamedService, WorkspaceIndex } from '../index/workspaceIndex';
import { FolderNames } from '../naming/folderNames';
import { nameService, type NamingPorts, type ToName } from '../naming/serviceNaming';
import type { Fact } from '../scanner/facts/fact';

/** What a person does about services that have no name. */
export interface Naming {
  /** Asks for the name; from a file, if that is where the person stands. */
  name(service: ToName, file?: string): Promise<ServiceName | undefined>;
  /** Asks for the name, and resets what the handler serves. */
  reset(
    service: ToName,
    handler: Pick<Fact, 'pattern' | 'serves'>,
    origin: Origin,
    file?: string,
  ): Promise<void>;
}

/** Names the services of the index as the settings of their folders say, and lets a person name them. */
export function registerServiceNames(
  index: WorkspaceIndex,
  flow: ResetFlow,
  notifier: Pick<Notifier, 'warn'>,
): Disposable & { naming: Naming } {
  const store = new DisposableStore();
  const names = new FolderNames({
    settingOf: (folder) => settings.serviceNames.get(folderUri(folder)),
    report: (problem) => void notifier.warn(problem),
  });
  const apply = (): void => {
    index.setNames((file) => {
      const place = placeIn(file);
      return { ...place, names: names.of(place.folder) };
    });
  };
  const ports: NamingPorts = {
    choose: async (title, labels) => window.showQuickPick(labels, { title, ignoreFocusOut: true }),
    ask: async ({ title, prompt, problemOf }) =>
      window.showInputBox({ title, prompt, ignoreFocusOut: true, validateInput: problemOf }),
    settingOf: writtenSetting,
    write: writeSetting,
    keep: (folder, entry) => {
      names.keep(folder, entry);
      apply();
    },
    offerCopy: (message, text) => {
      const copy = l10n.t('Copy');
      void notifier.warn(message, copy).then(async (chosen) => {
        if (chosen === copy) await env.clipboard.writeText(text);
      });
    },
  };
  const naming: Naming = {
    name: (service, file) =>
      nameService({ ...service, ...(file !== undefined && { path: placeIn(file).path }) }, ports),
    reset: async (service, handler, origin, file) => {
      const named = await naming.name(service, file);
      if (!named) return;
      await flow.run(
        handlerReset({ ...handler, pattern: namedPattern(handler.pattern, named.name) }),
        origin,
      );
    },
  };
  const renew = (): void => {
    names.forget();
    apply();
  };
  store.listen(settings.serviceNames.onDidChange, renew);
  store.add(workspace.onDidChangeWorkspaceFolders(renew));
  store.add(
    commands.registerCommand(ids.nameService, ({ service }: { service: UnnamedService }) =>
      naming.name(service),
    ),
  );
  apply();
  return {
    naming,
    dispose: () => {
      store.dispose();
    },
  };
}

function folderUri(folder: string): Uri | undefined {
  return folder === '' ? undefined : Uri.file(folder);
}

function placeIn(file: string): { readonly folder: string; readonly path: string } {
  const folder = workspace.getWorkspaceFolder(Uri.file(file))?.uri.fsPath;
  const inFolder = folder === undefined ? file : path.relative(folder, file);
  return { folder: folder ?? '', path: inFolder.split(path.sep).join('/') };
}

/** The value in the folder's own settings, or else the one that applies there. */
function writtenSetting(folder: string): unknown {
  const uri = folderUri(folder);
  return settings.serviceNames.writtenIn(uri) ?? settings.serviceNames.get(uri);
}

/** Resolves to why the setting could not be written. */
async function writeSetting(folder: string, entries: readonly unknown[]): Promise<string | undefined> {
  const uri = folderUri(folder);
  if (!uri) return l10n.t('the file is in no folder of this window');
  if (!workspace.isTrusted) return l10n.t('this workspace is not trusted');
  return settings.serviceNames.writeIn(uri, entries);
}
