import { Buffer } from 'node:buffer';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build, context } from 'esbuild';
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

/** What the languages say of themselves. */
const languageData = 'src/code/scanner/languages/data.ts';

/** What a file exports, and the files that this comes from. */
async function evaluated(file) {
  const options = { bundle: true, platform: 'node', format: 'esm', write: false, metafile: true };
  const { outputFiles, metafile } = await build({ ...options, entryPoints: [file] });
  const url = `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`;
  return { exports: await import(url), sources: Object.keys(metafile.inputs) };
}

/** The editor's host has to know the names of source files, and needs none of what understands them. @type {import('esbuild').Plugin} */
const languagesAsData = {
  name: 'languages as data',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]languages[\\/]data\.ts$/ }, async () => {
      const { exports, sources } = await evaluated(languageData);
      const lines = Object.entries(exports).map(
        ([name, value]) => `export const ${name} = ${JSON.stringify(value)};`,
      );
      return { contents: lines.join('\n'), watchFiles: sources.map((source) => path.resolve(source)) };
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
    plugins: [leaveForLater, languagesAsData],
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

/** The library that runs grammars, and those of the languages, each with who holds its copyright. */
async function grammars() {
  const { exports } = await evaluated(languageData);
  const runtime = {
    name: 'tree-sitter',
    folder: '@vscode/tree-sitter-wasm/wasm',
    holder: '2018 Max Brunsfeld',
  };
  const others = exports.grammars.map((grammar) => ({ ...grammar, name: `tree-sitter-${grammar.name}` }));
  return [...new Map([runtime, ...others].map((each) => [each.name, each])).values()];
}

async function copyGrammars(all) {
  const require = createRequire(import.meta.url);
  const target = path.join(outdir, 'grammars');
  await mkdir(target, { recursive: true });
  for (const { folder, name } of all)
    await copyFile(require.resolve(`${folder}/${name}.wasm`), path.join(target, `${name}.wasm`));
}

const copied = await grammars();
await copyGrammars(copied);
if (watch) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  const built = await Promise.all(bundles.map((options) => build(options)));
  const notices = await thirdPartyNotices(
    built.map(({ metafile }) => metafile),
    copied,
  );
  await writeFile(path.join(outdir, 'THIRD-PARTY-NOTICES.txt'), notices);
}
