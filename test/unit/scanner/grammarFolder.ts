import path from 'node:path';

/** Where the grammars are in the package that brings them. */
export const grammarFolder = path.dirname(require.resolve('@vscode/tree-sitter-wasm'));
