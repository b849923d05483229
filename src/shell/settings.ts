import { ConfigurationTarget, workspace, type Uri } from 'vscode';
import type { Verbatim } from '../util/l10n';
import { reasonOf } from '../util/problem';
import { settings } from './ids';

/** Reads the settings where they are used; a value of the wrong type counts as not set. */
export function readBoolean(
  name: (typeof settings)['serviceLenses' | 'handlerLenses' | 'verify' | 'monitor' | 'resetOnReconnect'],
  scope?: Uri,
  normal = true,
): boolean {
  const value = workspace.getConfiguration('res', scope).get<unknown>(name);
  return typeof value === 'boolean' ? value : normal;
}

/** How many resets the history keeps. */
export function historyLimit(): number {
  return readNumber(settings.historyLimit, 1000, 1, 100_000);
}

/** The size in bytes above which a file is not scanned. */
export function maxFileSize(): number {
  return readNumber(settings.maxFileSize, 1024, 1, 65_536) * 1024;
}

/** Which ignore files the scan of a folder heeds. */
export function readIgnoreFiles(folder: Uri): { inFolder: boolean; inParents: boolean; ofUser: boolean } {
  const how = workspace.getConfiguration('res', folder).get<unknown>(settings.useIgnoreFiles);
  if (how === 'always') return { inFolder: true, inParents: true, ofUser: true };
  const search = workspace.getConfiguration('search', folder);
  const inFolder = how !== 'never' && search.get<unknown>('useIgnoreFiles') !== false;
  return {
    inFolder,
    inParents: inFolder && search.get<unknown>('useParentIgnoreFiles') === true,
    ofUser: inFolder && search.get<unknown>('useGlobalIgnoreFiles') === true,
  };
}

/** What the settings of a folder say of services whose names are not in the code, as it stands there. */
export function readServiceNames(folder?: Uri): unknown {
  return workspace.getConfiguration('res', folder).get<unknown>(settings.serviceNames);
}

/** Where a setting of one folder is written: in a workspace of one folder the settings of both are one file. */
function folderTarget(): ConfigurationTarget {
  return workspace.workspaceFile === undefined
    ? ConfigurationTarget.Workspace
    : ConfigurationTarget.WorkspaceFolder;
}

/** What the settings of a folder itself say. */
export function writtenInFolder(name: string, folder?: Uri): unknown {
  const { workspaceValue, workspaceFolderValue } =
    workspace.getConfiguration('res', folder).inspect<unknown>(name) ?? {};
  return folderTarget() === ConfigurationTarget.Workspace ? workspaceValue : workspaceFolderValue;
}

/** Writes a setting of a folder; resolves to why it could not be written. */
export async function writeInFolder(
  name: string,
  folder: Uri,
  value: unknown,
): Promise<Verbatim | undefined> {
  try {
    await workspace.getConfiguration('res', folder).update(name, value, folderTarget());
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** The names of the connections on which names are collected from the bus. */
export function liveConnections(): string[] {
  const value = workspace.getConfiguration('res').get<unknown>(settings.liveConnections);
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

/** More requests than this are asked about before a reset is sent. */
export function askAbove(): number {
  return readNumber(settings.askAbove, 500, 1, 1_000_000);
}

/** Whether resets are observed, and how long gateways wait for answers, in milliseconds. */
export function verification(): { readonly isOn: boolean; readonly requestTimeout: number } {
  return {
    isOn: readBoolean(settings.verify),
    requestTimeout: readNumber(settings.requestTimeout, 3000, 100, 600_000),
  };
}

function readNumber(name: string, normal: number, min: number, max: number): number {
  const value = workspace.getConfiguration('res').get<unknown>(name);
  return typeof value === 'number' && value >= min && value <= max ? Math.floor(value) : normal;
}
