import type { Language, LanguageDefinition } from '../languages/language';
import { type KnownFunction, KnownFunctions } from './knownFunctions';
import { type OutlinePart, addPart, outlinePart } from './outlineParts';
import type { Outline } from './outline';
import { emptyOutline } from './outlineBuilder';
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
  /** Of a text that is edited: the functions in its parts. */
  readonly functions: KnownFunctions | undefined;
}

interface OutlinedPart {
  readonly outlined: OutlinePart;
  readonly functions: readonly KnownFunction[];
  /** Whether the whole text was understood: else the parser may have taken the part for something else. */
  readonly isSound: boolean;
  readonly start: number;
  readonly line: number;
  readonly column: number;
}

/**
 * Outlines a text; undefined if parsing takes too long. The grammar must be loaded. What an earlier version of the text
 * has in common with it is not looked at again; a text that `isEdited` is outlined so that this pays.
 */
export function extract(
  text: string,
  language: LanguageDefinition,
  grammars: Grammars,
  before?: Extracted,
  isEdited = false,
): Extracted | undefined {
  const tree = grammars.parse(language.grammar.name, text, before && edited(before, text));
  if (!tree) return undefined;
  const parts = new Map<string, OutlinedPart>();
  const functions = isEdited ? new KnownFunctions(before?.functions) : undefined;
  const outline = emptyOutline();
  let errors = 0;
  const read = ({ rootNode }: SyntaxTree, { translate, goesOn }: Language): void => {
    const isSound = !rootNode.hasError;
    functions?.start(isSound);
    for (const nodes of grouped(children(rootNode), goesOn)) {
      const { start, end, line, column } = extentOf(nodes);
      const code = text.slice(start, end);
      const known = parts.get(code) ?? before?.parts.get(code);
      if (known?.column === column && (known.isSound || !isSound)) {
        addPart(outline, known.outlined, { offset: start - known.start, lines: line - known.line });
        parts.set(code, known);
        functions?.keep(known.functions);
        continue;
      }
      const outlined = outlinePart(
        outline,
        (builder) => {
          for (const node of nodes) translate(node, builder);
        },
        functions,
      );
      parts.set(code, { outlined, functions: functions?.takeRead() ?? [], isSound, start, line, column });
    }
    if (!isSound) errors += countErrors(rootNode);
  };
  if (!language.embedded) read(tree, language);
  else {
    for (const { node, language: inner } of language.embedded(tree.rootNode)) {
      const innerTree = grammars.parse(inner.grammar.name, text, undefined, node);
      if (innerTree) read(innerTree, inner);
      innerTree?.delete();
    }
  }
  outline.isTelling = telling.test(text);
  outline.isSpeaking = speaking.test(text);
  outline.errors = errors;
  return { text, outline, tree, parts, functions };
}

/** The nodes that belong together to a part of the file each. */
function grouped(nodes: readonly SyntaxNode[], goesOn?: (node: SyntaxNode) => boolean): SyntaxNode[][] {
  if (!goesOn) return nodes.map((node) => [node]);
  const groups: SyntaxNode[][] = [];
  let isOpen = false;
  for (const node of nodes) {
    const last = groups.at(-1);
    if (isOpen && last) last.push(node);
    else groups.push([node]);
    isOpen = goesOn(node);
  }
  return groups;
}

function extentOf(nodes: readonly SyntaxNode[]): {
  start: number;
  end: number;
  line: number;
  column: number;
} {
  const [first] = nodes;
  const { row: line, column } = first?.startPosition ?? { row: 0, column: 0 };
  return { start: first?.startIndex ?? 0, end: nodes.at(-1)?.endIndex ?? 0, line, column };
}

/** Words of the protocol that a program without anything to do with it hardly has. */
const telling =
  /resgate|res-?client|\bsystem\.(reset|tokenReset|notFound|accessDenied|invalid(Params|Query)|internalError|methodNotFound|timeout)\b|["'`]conn\.|\brid["']?\s*[:=]|["'`]result\\?["'`]\s*(:|=>)|[{,]\s*result\s*:/i;

/** Words that nothing but the protocol has: its errors, its reset, its answers. */
const speaking =
  /\bsystem\.(reset|tokenReset|notFound|accessDenied|invalid(Params|Query)|internalError|methodNotFound)\b|["'`]conn\.[^"'`\n]*\btoken\b|\bresult\b["'`\\]*\s*(:|=>|=|,)[^;]{0,80}?\b((model|collection)\b["'`\\]*\s*(:|=>|=(?!=)|,)|get\b["'`\\]*\s*(:|=>|=(?!=)|,)\s*["'`]?(true|false)\b)/i;

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
