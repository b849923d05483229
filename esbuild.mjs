import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build, context } from 'esbuild';
import { grammars } from './grammars.mjs';
import { thirdPartyNotices } from './notices.mjs';

const { production, watch, outdir } = parseArgs({
  options: {
    production: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    outdir: { type: 'string', default: 'dist' },
  },
}).values;

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  // Editors follow a watch by what it says when a build starts and ends.
  logLevel: watch ? 'info' : 'warning',
  outdir,
  metafile: true,
};

/** What the extension loads when it is first needed, not when it starts. */
const onFirstNeed = {
  ignoreRules: 'src/code/scanner/files/ignoreRules.ts',
  historyFiles: 'src/history/ui/historyFiles.ts',
  natsLink: 'src/connections/link/natsLink.ts',
  openReport: 'src/resets/ui/openReport.ts',
  patternPick: 'src/code/ui/patternPick.ts',
  recovery: 'src/recovery/ui/recovery.ts',
};

/** @type {import('esbuild').Plugin} */
const leaveForLater = {
  name: 'leave for later',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\./ }, ({ kind, path: file }) => {
      const name = path.basename(file);
      return kind === 'dynamic-import' && name in onFirstNeed
        ? { path: `./${name}.js`, external: true }
        : undefined;
    });
  },
};

/** @type {import('esbuild').BuildOptions} */
const inNode = {
  ...shared,
  charset: 'utf8',
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  {
    ...inNode,
    entryPoints: { extension: 'src/extension.ts', ...onFirstNeed },
    plugins: [leaveForLater],
    // Then `import()` becomes `require()`, which every host of extensions has.
    supported: { 'dynamic-import': false },
  },
  { ...inNode, entryPoints: { scannerWorker: 'src/code/scanner/worker/worker.ts' } },
  {
    ...shared,
    entryPoints: {
      connectionPanel: 'media/connectionPanel/connectionPanel.ts',
      connectionForm: 'media/connectionForm/page.ts',
      report: 'media/report/report.ts',
    },
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
  },
];

async function copyGrammars() {
  const require = createRequire(import.meta.url);
  const target = path.join(outdir, 'grammars');
  await mkdir(target, { recursive: true });
  for (const [folder, holders] of Object.entries(grammars)) {
    for (const name of Object.keys(holders))
      await copyFile(require.resolve(`${folder}/${name}.wasm`), path.join(target, `${name}.wasm`));
  }
}

await copyGrammars();
if (watch) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  const built = await Promise.all(bundles.map((options) => build(options)));
  const notices = await thirdPartyNotices(built.map(({ metafile }) => metafile));
  await writeFile(path.join(outdir, 'THIRD-PARTY-NOTICES.txt'), notices);
}
