import path from 'node:path';
import type { LanguageSet } from '../../../../src/code/scanner/languageSet';
import { languages } from '../../../../src/code/scanner/languages/index';

/** Where the grammars are in the packages that bring them. */
export const grammarFolder = [
  path.dirname(require.resolve('@vscode/tree-sitter-wasm')),
  path.join(path.dirname(require.resolve('@repomix/tree-sitter-wasms/package.json')), 'out'),
];

/** The languages as a scanner of workspaces is given them. */
export const loadLanguages = (): Promise<LanguageSet> => Promise.resolve(languages);
