import type { LanguageDefinition } from './languages/language';
import type { Outline } from './outline';
import { OutlineBuilder } from './outlineBuilder';
import type { Grammars, SyntaxNode } from './syntax';

/** The outline of a text; undefined if parsing takes too long. The grammar must be loaded. */
export function extract(text: string, language: LanguageDefinition, grammars: Grammars): Outline | undefined {
  const tree = grammars.parse(language.grammar, text);
  if (!tree) return undefined;
  try {
    const builder = new OutlineBuilder();
    language.translate(tree.rootNode, builder);
    builder.outline.errors = tree.rootNode.hasError ? countErrors(tree.rootNode) : 0;
    return builder.outline;
  } finally {
    tree.delete();
  }
}

/** How many places of a tree the parser could not understand, as far as it pays to count. */
function countErrors(root: SyntaxNode): number {
  let count = 0;
  const open = [root];
  for (let node = open.pop(); node && count < 100; node = open.pop()) {
    if (node.isError || node.isMissing) count++;
    else for (const child of node.children) if (child?.hasError) open.push(child);
  }
  return count;
}
