import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from './cache';
import { type RunningProcess, run, startProcess } from './processes';
import { installVsCode } from './vscodeInstall';

export interface EditorOptions {
  /** The folder, or the `.code-workspace` file, that a window opens. */
  readonly workspace: string;
  /** Extensions loaded from their source folders, as "Run Extension" does. */
  readonly extensionPath?: string | readonly string[];
  /** Packaged extensions, installed as a user would. */
  readonly vsix?: string | readonly string[];
  /** Keeps workspace trust on, so that the workspace opens in Restricted Mode. */
  readonly restricted?: boolean;
  /** Settings of the whole editor; the workspace's own win over them. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A module for `run()` inside the extension host. */
  readonly extensionTestsPath?: string;
  /** The port to listen at; without it the operating system gives one. */
  readonly port?: number;
  /** More environment variables for the editor and its extensions. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A VS Code that waits for a browser. */
export interface Editor {
  /** The address that opens the workspace in a browser. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** The server's log so far. */
  readonly output: () => string;
  /** Where the editor keeps its data, and extensions theirs. */
  readonly dataFolder: string;
  /** Where packaged extensions are installed. */
  readonly extensionsFolder: string;
  /** Replaces the settings of the whole editor; open windows follow. */
  readonly changeSettings: (settings: Readonly<Record<string, unknown>>) => Promise<void>;
  /** Installs a packaged extension, or another one over it; a window takes it up when it is loaded again. */
  readonly install: (vsix: string) => Promise<void>;
  /** Ends it with its extension hosts and removes its data. */
  readonly stop: () => Promise<void>;
}

const quietSettings = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.reduceMotion': 'on',
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.showReleaseNotes': false,
};

/** Starts VS Code, installing it first if need be, and resolves when a browser may come. */
export async function startEditor(options: EditorOptions): Promise<Editor> {
  const { node, server } = await installVsCode();
  const temporary = await temporaryFolder('vscode-');
  const data = temporary.path;
  const extensions = path.join(data, 'extensions');
  const settingsFile = path.join(data, 'data/Machine/settings.json');
  const changeSettings = (settings: Readonly<Record<string, unknown>>): Promise<void> =>
    writeFile(settingsFile, JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
  const shared = ['--accept-server-license-terms', '--server-data-dir', data, '--extensions-dir', extensions];
  // Its sockets and scratch files go into the data folder too, where they are cleared away.
  // The developer's own NATS contexts and variables are none of a test's business.
  const ownVariables = Object.entries(process.env).filter(([name]) => !name.startsWith('NATS_'));
  const env = {
    ...Object.fromEntries(ownVariables),
    ...{ XDG_RUNTIME_DIR: data, XDG_CONFIG_HOME: data, TMPDIR: data },
    ...options.env,
  };

  try {
    await mkdir(path.dirname(settingsFile), { recursive: true });
    await changeSettings(options.settings ?? {});
    const install = async (...packages: readonly string[]): Promise<void> => {
      const named = packages.flatMap((file) => ['--install-extension', file]);
      if (named.length > 0) await run(node, [server, ...shared, ...named, '--force'], { env });
    };
    await install(...list(options.vsix));

    const process = await startProcess({
      name: 'VS Code',
      command: node,
      args: [
        server,
        ...shared,
        ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
        ...['--without-connection-token', '--telemetry-level', 'off'],
        ...(options.restricted === true ? [] : ['--disable-workspace-trust']),
        // Makes a built workbench load extensions from their source folders, and their tests.
        ...(developed(options) ? ['--enable-smoke-test-driver'] : []),
      ],
      env,
      ready: /Extension host agent started/,
      timeout: 60_000,
    });
    return {
      url: address(options, portOf(process)),
      port: portOf(process),
      pid: process.pid,
      output: process.output,
      dataFolder: data,
      extensionsFolder: extensions,
      changeSettings,
      install: (vsix) => install(vsix),
      stop: async () => {
        await process.stop();
        await temporary.remove();
      },
    };
  } catch (error) {
    await temporary.remove();
    throw error;
  }
}

function address(options: EditorOptions, port: number): string {
  const url = new URL(`http://127.0.0.1:${port}/`);
  const kind = options.workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const payload = list(options.extensionPath).map((folder) => [
    'extensionDevelopmentPath',
    remote(port, folder),
  ]);
  if (options.extensionTestsPath !== undefined) {
    payload.push(['extensionTestsPath', remote(port, options.extensionTestsPath)]);
  }
  // Slashes stay readable: a person may have to copy the address.
  url.search = `${kind}=${encodeURIComponent(options.workspace).replaceAll('%2F', '/')}`;
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

function remote(port: number, file: string): string {
  return `vscode-remote://127.0.0.1:${port}${file}`;
}

function developed(options: EditorOptions): boolean {
  return list(options.extensionPath).length > 0;
}

function portOf(process: RunningProcess): number {
  return Number(/Extension host agent listening on (\d+)/.exec(process.output())?.[1]);
}

function list<T extends string>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
