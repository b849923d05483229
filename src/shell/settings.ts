import { ConfigurationTarget, workspace, type Uri } from 'vscode';
import type { Disposable } from '../util/disposable';
import type { Verbatim } from '../util/l10n';
import { reasonOf } from '../util/problem';
import { settings as names } from './ids';

/** One setting: all that reads, writes or follows it goes through here. */
class Setting<T> {
  readonly #name: string;
  readonly #read: (value: unknown) => T;

  /** `read` makes of any value that can stand there what counts. */
  constructor(key: keyof typeof names, read: (value: unknown) => T) {
    this.#name = names[key];
    this.#read = read;
  }

  /** Its name in the settings file. */
  get id(): string {
    return `res.${this.#name}`;
  }

  get(scope?: Uri): T {
    return this.#read(workspace.getConfiguration('res', scope).get<unknown>(this.#name));
  }

  /** Rejects where it can't be written. */
  async set(value: T | undefined, target = ConfigurationTarget.Global, scope?: Uri): Promise<void> {
    await workspace.getConfiguration('res', scope).update(this.#name, value, target);
  }

  /** What stands in each place, as it stands there. */
  written(scope?: Uri): { user?: unknown; workspace?: unknown; folder?: unknown } {
    const found = workspace.getConfiguration('res', scope).inspect<unknown>(this.#name);
    return {
      user: found?.globalValue,
      workspace: found?.workspaceValue,
      folder: found?.workspaceFolderValue,
    };
  }

  /** What the settings of a folder itself say. */
  writtenIn(folder?: Uri): unknown {
    return this.written(folder)[isOneFolder() ? 'workspace' : 'folder'];
  }

  /** Writes it for a folder; resolves to why it could not be written. */
  async writeIn(folder: Uri, value: T): Promise<Verbatim | undefined> {
    const target = isOneFolder() ? ConfigurationTarget.Workspace : ConfigurationTarget.WorkspaceFolder;
    try {
      await this.set(value, target, folder);
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  }

  readonly onDidChange = (listener: (value: undefined) => void): Disposable =>
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(this.id)) listener(undefined);
    });
}

/** In a workspace of one folder the settings of both are one file. */
function isOneFolder(): boolean {
  return workspace.workspaceFile === undefined;
}

const asWritten = (value: unknown): unknown => value;

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

const flag =
  (normal: boolean) =>
  (value: unknown): boolean =>
    typeof value === 'boolean' ? value : normal;

const number =
  (normal: number, min: number, max: number) =>
  (value: unknown): number =>
    typeof value === 'number' && value >= min && value <= max ? Math.floor(value) : normal;

/** All settings. Read where they are used: a value of the wrong type counts as not set. */
export const settings = {
  connections: new Setting('connections', asWritten),
  protectedContexts: new Setting('protectedContexts', asWritten),
  serviceLenses: new Setting('serviceLenses', flag(true)),
  handlerLenses: new Setting('handlerLenses', flag(true)),
  /** In kB. */
  maxFileSize: new Setting('maxFileSize', number(1024, 1, 65_536)),
  useIgnoreFiles: new Setting('useIgnoreFiles', asWritten),
  serviceNames: new Setting('serviceNames', asWritten),
  historyLimit: new Setting('historyLimit', number(1000, 1, 100_000)),
  verify: new Setting('verify', flag(true)),
  /** In milliseconds. */
  requestTimeout: new Setting('requestTimeout', number(3000, 100, 600_000)),
  monitor: new Setting('monitor', flag(false)),
  /** More requests than this are asked about before a reset is sent. */
  askAbove: new Setting('askAbove', number(500, 1, 1_000_000)),
  liveConnections: new Setting('liveConnections', texts),
  resetOnSave: new Setting('resetOnSave', asWritten),
  resetOnRestart: new Setting('resetOnRestart', asWritten),
  resetOnReconnect: new Setting('resetOnReconnect', flag(false)),
} satisfies Record<keyof typeof names, unknown>;

/** Which ignore files the scan of a folder heeds. */
export function readIgnoreFiles(folder: Uri): { inFolder: boolean; inParents: boolean; ofUser: boolean } {
  const how = settings.useIgnoreFiles.get(folder);
  if (how === 'always') return { inFolder: true, inParents: true, ofUser: true };
  const search = workspace.getConfiguration('search', folder);
  const inFolder = how !== 'never' && search.get<unknown>('useIgnoreFiles') !== false;
  return {
    inFolder,
    inParents: inFolder && search.get<unknown>('useParentIgnoreFiles') === true,
    ofUser: inFolder && search.get<unknown>('useGlobalIgnoreFiles') === true,
  };
}
