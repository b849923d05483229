import type { LanguageDefinition } from './languages/language';
import { type Part, mergeOutlines } from './mergeOutlines';
import type { Outline } from './outline';
import { OutlineBuilder } from './outlineBuilder';
import type { Grammars, SyntaxNode, SyntaxTree } from './syntax';
import { difference, pointAt } from './textEdit';
import { children } from './walk';

/** A text and its outline, with all that makes outlining the next version of the text quick. */
export interface Extracted {
  readonly text: string;
  readonly outline: Outline;
  /** To be deleted by whoever keeps it. */
  readonly tree: SyntaxTree;
  /** The outlines of the file's parts, by their text. */
  readonly parts: ReadonlyMap<string, OutlinedPart>;
}

interface OutlinedPart {
  readonly outline: Outline;
  readonly start: number;
  readonly line: number;
  readonly column: number;
}

/**
 * Outlines a text; undefined if parsing takes too long. The grammar must be loaded. What an earlier version of the text
 * has in common with it is not looked at again.
 */
export function extract(
  text: string,
  language: LanguageDefinition,
  grammars: Grammars,
  before?: Extracted,
): Extracted | undefined {
  const tree = grammars.parse(language.grammar, text, before && edited(before, text));
  if (!tree) return undefined;
  const parts = new Map<string, OutlinedPart>();
  const moved: Part[] = [];
  for (const node of children(tree.rootNode)) {
    const code = text.slice(node.startIndex, node.endIndex);
    const { row: line, column } = node.startPosition;
    let part = parts.get(code) ?? before?.parts.get(code);
    if (part?.column !== column)
      part = { outline: translate(node, language), start: node.startIndex, line, column };
    parts.set(code, part);
    moved.push({
      outline: part.outline,
      moved: { offset: node.startIndex - part.start, lines: line - part.line },
    });
  }
  const outline = mergeOutlines(moved);
  outline.errors = tree.rootNode.hasError ? countErrors(tree.rootNode) : 0;
  return { text, outline, tree, parts };
}

function translate(node: SyntaxNode, language: LanguageDefinition): Outline {
  const builder = new OutlineBuilder();
  language.translate(node, builder);
  return builder.outline;
}

/** The old tree, told of the edit. */
function edited({ text: before, tree }: Extracted, after: string): SyntaxTree {
  const { start, oldEnd, newEnd } = difference(before, after);
  const copy = tree.copy();
  copy.edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition: pointAt(before, start),
    oldEndPosition: pointAt(before, oldEnd),
    newEndPosition: pointAt(after, newEnd),
  });
  return copy;
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
