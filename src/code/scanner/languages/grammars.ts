import type { Grammar } from './language';

/** A grammar of the package that the authors of VS Code publish, and who holds its copyright. */
export function fromVsCode(name: string, holder: string): Grammar {
  return { name, folder: '@vscode/tree-sitter-wasm/wasm', holder };
}

/** One that is only in repomix's package. */
export function fromRepomix(name: string, holder: string): Grammar {
  return { name, folder: '@repomix/tree-sitter-wasms/out', holder };
}
