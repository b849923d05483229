import path from 'node:path';

/** Where the grammars are in the packages that bring them. */
export const grammarFolder = [
  path.dirname(require.resolve('@vscode/tree-sitter-wasm')),
  path.join(path.dirname(require.resolve('@repomix/tree-sitter-wasms/package.json')), 'out'),
];
