import path from 'node:path';
import { installOnce, progress } from './cache';
import { needPrograms } from './machine';
import { run } from './processes';

/** The npm package that holds the whole of VS Code, with its server and its web client; 4.139.1 is VS Code 1.139.1. */
const editorPackage = 'code-server@4.139.1';
/** A Node of the version that this VS Code is built for, with its headers. */
const nodePackage = `node-linux-${process.arch}`;
const nativeModules = ['node-pty', '@vscode/spdlog', '@vscode/native-watchdog', '@parcel/watcher'];

/** Where an installed VS Code keeps what starts it. */
export interface VsCodeInstallation {
  /** The Node that runs it. */
  readonly node: string;
  /** The script that is its server. */
  readonly server: string;
}

/** Installs VS Code into the cache folder, once, from the npm registry. */
export async function installVsCode(): Promise<VsCodeInstallation> {
  const folder = await installOnce('vscode-4.139.1', async (partial) => {
    await needPrograms({ 'g++': ['g++'], make: ['make'], python3: ['python3'] });
    progress('Installing VS Code 1.139.1 (about a minute, once)…');
    const { node } = locate(partial);
    const packages = [editorPackage, `${nodePackage}@24`];
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await run('npm', ['install', '--prefix', partial, '--no-package-lock', ...quiet, ...packages]);

    const cwd = path.join(partial, 'node_modules/code-server/lib/vscode');
    const env = {
      ...process.env,
      PATH: `${path.dirname(node)}${path.delimiter}${process.env['PATH'] ?? ''}`,
    };
    await run('npm', ['install', '--omit=dev', ...quiet], { cwd, env });
    await run('npm', ['install', '--omit=dev', ...quiet], { cwd: path.join(cwd, 'extensions'), env });
    progress('Building the native parts of VS Code…');
    const nodedir = path.join(partial, 'node_modules', nodePackage);
    await run('npm', ['rebuild', `--nodedir=${nodedir}`, '--loglevel=error', ...nativeModules], { cwd, env });
  });
  return locate(folder);
}

function locate(folder: string): VsCodeInstallation {
  return {
    node: path.join(folder, 'node_modules', nodePackage, 'bin/node'),
    server: path.join(folder, 'node_modules/code-server/lib/vscode/out/server-main.js'),
  };
}
