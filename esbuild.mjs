import { copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { build, context } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  // Editors follow a watch by what it says when a build starts and ends.
  logLevel: watch ? 'info' : 'warning',
  outdir: 'dist',
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  {
    ...shared,
    entryPoints: { extension: 'src/extension.ts', scannerWorker: 'src/scanner/worker.ts' },
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
  },
  {
    ...shared,
    entryPoints: { connectionPanel: 'media/connectionPanel.ts', report: 'media/report/report.ts' },
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
  },
];

/** The grammars that the scanner uses, by the folder of the package that they come from. */
const grammars = {
  '@vscode/tree-sitter-wasm/wasm': [
    'tree-sitter',
    'tree-sitter-c-sharp',
    'tree-sitter-go',
    'tree-sitter-java',
    'tree-sitter-javascript',
    'tree-sitter-typescript',
    'tree-sitter-tsx',
    'tree-sitter-python',
    'tree-sitter-rust',
    'tree-sitter-php',
  ],
  '@repomix/tree-sitter-wasms/out': ['tree-sitter-dart', 'tree-sitter-vue'],
};

async function copyGrammars() {
  const require = createRequire(import.meta.url);
  await mkdir('dist/grammars', { recursive: true });
  for (const [folder, files] of Object.entries(grammars)) {
    for (const file of files)
      await copyFile(require.resolve(`${folder}/${file}.wasm`), `dist/grammars/${file}.wasm`);
  }
}

await copyGrammars();
if (watch) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
