import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const folders = ['res', 'scanner', 'index', 'nats', 'reset', 'history', 'recovery', 'ui', 'webview', 'util'];

/** What each folder of src/ may import of the others; everyone may use util. */
const mayImport = {
  res: [],
  util: [],
  webview: [],
  scanner: ['res'],
  index: ['res', 'scanner'],
  nats: ['res', 'reset'],
  reset: ['res'],
  history: ['res', 'reset'],
  recovery: ['res', 'reset', 'index', 'nats', 'history', 'scanner'],
  ui: folders,
};

/** Packages that one place alone may import. */
const homes = { vscode: ['ui'], nats: ['nats'], '@vscode/l10n': ['util'] };

const boundaries = folders.map((folder) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        paths: Object.entries(homes)
          .filter(([, homeFolders]) => !homeFolders.includes(folder))
          .map(([name, homeFolders]) => ({
            name,
            message: `Only src/${homeFolders.join(', ')} may import ${name}.`,
          })),
        patterns: [
          {
            group: folders
              .filter((other) => other !== folder && other !== 'util' && !mayImport[folder].includes(other))
              .map((other) => `**/${other}/*`)
              .concat('**/extension', '**/media/**', '**/test/**'),
            message: `src/${folder} may import only: ${[...mayImport[folder], 'util'].join(', ')}.`,
          },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  {
    ignores: [
      'dist',
      'out',
      'node_modules',
      '.vscode-test',
      'test/workspaces',
      'test/unit/scanner/fixtures',
      'test-results',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './test/tsconfig.json', './media/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'no-console': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  ...boundaries,
  {
    files: ['media/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: ['vscode', 'nats', '@vscode/l10n'],
          patterns: [
            {
              regex: '/src/(?!webview/|util/)',
              message: 'The pages share only src/webview and src/util with their host.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'src/scanner/cli.ts'],
    rules: { 'no-console': 'off', '@typescript-eslint/no-floating-promises': 'error' },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);
