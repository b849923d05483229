/**
 * Runs test files inside the extension host of a real VS Code, beside a real nats-server and a gateway:
 * `integrationRun.ts COUNTS_FILE FILE …`
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'node:util';
import { build } from 'esbuild';
import { launchBrowser } from './browser';
import { buildExtension } from './build';
import { projectRoot } from './cache';
import { readCounts, writeCounts } from './counts';
import { type IntegrationRun, reportMark } from './integrationReport';
import { startNatsServer } from './natsServer';
import { startGateway } from './resgate';
import { startEditor } from './vscode';
import { makeWorkspace } from './workspace';

const workspaceFile = 'tests.code-workspace';

async function main([countsFile = '', ...files]: readonly string[]): Promise<void> {
  // Inside the project, so that what is not bundled is found in its node_modules.
  const folder = path.join(projectRoot, 'out', `integration-${process.pid}`);
  const nats = await startNatsServer();
  const gateway = await startGateway({ natsUrl: nats.url, log: console.log });
  const folders = [
    await makeWorkspace({ from: 'demo' }),
    await makeWorkspace({ files: { 'README.md': '' } }),
  ];
  // Two folders from the start: VS Code starts the extension host anew when a second one is added to the first.
  const workspace = await makeWorkspace({
    files: {
      [workspaceFile]: JSON.stringify({
        folders: folders.map((folder) => ({ path: folder.path })),
        settings: { 'res.connections': [] },
      }),
    },
  });
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
    const exitCode = await runInExtensionHost(
      path.join(workspace.path, workspaceFile),
      path.join(folder, 'index.js'),
    );
    if ((await readCounts(countsFile)) === undefined) await writeCounts(countsFile, { passed: 0, failed: 1 });
    process.exitCode = exitCode;
  } finally {
    await gateway.stop();
    await nats.stop();
    for (const each of [workspace, ...folders]) await each.remove();
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
    const others: string[] = [];
    await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
      const line = format(...args);
      if (line.startsWith(reportMark)) console.log(line.slice(reportMark.length));
      else others.push(line);
    });
    const exitCode = await new Promise<number>((resolve, reject) => {
      page
        .exposeFunction('codeAutomationExit', resolve)
        .then(() => page.goto(editor.url))
        .catch(reject);
    });
    if (exitCode !== 0) console.log(['The last that VS Code said:', ...others.slice(-40)].join('\n    '));
    return exitCode;
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
