/**
 * Runs test files inside the extension host of a real VS Code, beside a real nats-server and a gateway:
 * `integrationRun.ts COUNTS_FILE FILE …`
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { launchBrowser } from './browser';
import { buildExtension } from './build';
import { projectRoot } from './cache';
import { readCounts, writeCounts } from './counts';
import { startNatsServer } from './natsServer';
import { startGateway } from './resgate';
import { startEditor } from './vscode';
import { makeWorkspace } from './workspace';

/** What the loader inside the extension host finds beside it. */
export interface IntegrationRun {
  /** The bundled test files, relative to the loader. */
  readonly files: readonly string[];
  /** Where the counts go. */
  readonly result: string;
  /** What the tests find in `process.env`. */
  readonly environment: IntegrationEnvironment;
}

/** The addresses that a test inside the extension host finds in `process.env`. */
export interface IntegrationEnvironment {
  /** `nats://127.0.0.1:PORT` */
  readonly RES_TEST_NATS: string;
  /** `ws://127.0.0.1:PORT` */
  readonly RES_TEST_GATEWAY: string;
}

async function main([countsFile = '', ...files]: readonly string[]): Promise<void> {
  // Inside the project, so that what is not bundled is found in its node_modules.
  const folder = path.join(projectRoot, 'out', `integration-${process.pid}`);
  const nats = await startNatsServer();
  const gateway = await startGateway({ natsUrl: nats.url, log: console.log });
  const workspace = await makeWorkspace({ from: 'demo', settings: { 'res.connections': [] } });
  try {
    await buildExtension();
    await bundle(folder, files);
    const run: IntegrationRun = {
      files: files.map(
        (file) => `${path.relative(path.join(projectRoot, 'test/integration'), file).slice(0, -3)}.js`,
      ),
      result: countsFile,
      environment: { RES_TEST_NATS: nats.url, RES_TEST_GATEWAY: gateway.wsUrl },
    };
    await writeFile(path.join(folder, 'run.json'), JSON.stringify(run));
    const exitCode = await runInExtensionHost(workspace.path, path.join(folder, 'index.js'));
    if ((await readCounts(countsFile)) === undefined) await writeCounts(countsFile, { passed: 0, failed: 1 });
    process.exitCode = exitCode;
  } finally {
    await gateway.stop();
    await nats.stop();
    await workspace.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

async function bundle(folder: string, files: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: ['test/integration/index.ts', ...files].map((file) => path.resolve(projectRoot, file)),
    outdir: folder,
    outbase: path.join(projectRoot, 'test/integration'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode'],
    packages: 'external',
    // Only the test host asks where it is.
    define: { 'import.meta.dirname': JSON.stringify(import.meta.dirname) },
    logLevel: 'warning',
  });
}

async function runInExtensionHost(workspace: string, extensionTestsPath: string): Promise<number> {
  const editor = await startEditor({ workspace, extensionPath: projectRoot, extensionTestsPath });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
      console.log(...args);
    });
    return await new Promise<number>((resolve, reject) => {
      page
        .exposeFunction('codeAutomationExit', resolve)
        .then(() => page.goto(editor.url))
        .catch(reject);
    });
  } finally {
    await browser.close();
    await editor.stop();
  }
}

main(process.argv.slice(2)).then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
