import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot, temporaryFolder } from './cache';

/** A folder that a test may change as it likes. */
export interface Workspace {
  /** Its absolute path. */
  readonly path: string;
  /** Writes a file on disk, behind the editor's back, as another program would. */
  readonly write: (file: string, text: string) => Promise<void>;
  /** Changes a file on disk. */
  readonly change: (file: string, edit: (text: string) => string) => Promise<void>;
  readonly read: (file: string) => Promise<string>;
  readonly remove: () => Promise<void>;
}

export interface WorkspaceOptions {
  /** A folder of test/workspaces to start from: `demo`. */
  readonly from?: string;
  /** More files, or others instead: path in the workspace → text. */
  readonly files?: Readonly<Record<string, string>>;
  /** Settings that are added to the workspace's own. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

const settingsFile = '.vscode/settings.json';

/** Makes a workspace for a test: a copy, so that the project's own files stay as they are. */
export async function makeWorkspace(options: WorkspaceOptions = {}): Promise<Workspace> {
  const folder = await temporaryFolder('workspace-');
  if (options.from !== undefined) {
    await cp(path.join(projectRoot, 'test/workspaces', options.from), folder.path, { recursive: true });
  }
  const at = (file: string): string => path.join(folder.path, file);
  const read = (file: string): Promise<string> => readFile(at(file), 'utf8');
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(path.dirname(at(file)), { recursive: true });
    await writeFile(at(file), text);
  };
  for (const [file, text] of Object.entries(options.files ?? {})) await write(file, text);
  if (options.settings !== undefined) await addSettings(folder.path, options.settings);
  return {
    path: folder.path,
    read,
    write,
    change: async (file, edit) => {
      await write(file, edit(await read(file)));
    },
    remove: folder.remove,
  };
}

/** Adds settings to those that the folder's `.vscode/settings.json` holds. */
export async function addSettings(
  folder: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const file = path.join(folder, settingsFile);
  await mkdir(path.dirname(file), { recursive: true });
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const all = { ...(JSON.parse(text) as Record<string, unknown>), ...settings };
  await writeFile(file, `${JSON.stringify(all, undefined, 2)}\n`);
}
