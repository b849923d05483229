import type { PlacedFact } from '../facts/fact';
import { type TextEdit, difference, lineBreaks } from '../outline/textEdit';

/** What is shown of a file: its text, the facts, and the errors that the text had when it was last sound. */
export interface Shown {
  readonly text: string;
  readonly facts: readonly PlacedFact[];
  readonly errors: number;
}

/**
 * The facts to show of a text that is being edited. While an edit has left the text broken, facts whose own code is
 * still there but is not understood for now are kept, moved along with the text.
 */
export function retained(
  before: Shown | undefined,
  text: string,
  facts: readonly PlacedFact[],
  errors: number,
): Shown {
  if (!before || errors <= before.errors || before.text === text) return { text, facts, errors };
  const edit = difference(before.text, text);
  // What a broken text leaves unresolved was known better before.
  const understood = facts.filter(({ fact }) => fact.kind !== 'unresolved');
  const kept = before.facts.flatMap((placed) => {
    const moved = move(placed, edit, before.text, text);
    return moved && !understood.some(({ start }) => start === moved.start) ? [moved] : [];
  });
  const others = facts.filter(({ start }) => !kept.some((each) => each.start === start));
  const all = [...others, ...kept].sort((a, b) => a.start - b.start);
  // Until the text is as sound as it was, the next edit is measured by the last sound state.
  return { text, facts: all, errors: before.errors };
}

/** The fact at its new place; undefined if its expression was edited away. */
function move(placed: PlacedFact, edit: TextEdit, before: string, after: string): PlacedFact | undefined {
  if (placed.start < edit.start) return placed;
  const start =
    placed.start < edit.oldEnd
      ? found(placed, edit, before, after)
      : placed.start + edit.newEnd - edit.oldEnd;
  if (start === undefined) return undefined;
  const lineStart = after.lastIndexOf('\n', start - 1) + 1;
  const line =
    placed.fact.line + lineBreaks(after, edit.start, start) - lineBreaks(before, edit.start, placed.start);
  return { ...placed, start, fact: { ...placed.fact, line, column: start - lineStart + 1 } };
}

/** Where in an edited region the same expression still stands, if it stands there as often as before. */
function found(
  { start, length }: PlacedFact,
  edit: TextEdit,
  before: string,
  after: string,
): number | undefined {
  const expression = before.slice(start, start + length);
  const old = occurrences(expression, before.slice(edit.start, edit.oldEnd));
  const now = occurrences(expression, after.slice(edit.start, edit.newEnd));
  const at = old.length === now.length ? now[old.indexOf(start - edit.start)] : undefined;
  return at === undefined ? undefined : at + edit.start;
}

function occurrences(part: string, text: string): number[] {
  const places: number[] = [];
  if (part === '') return places;
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) places.push(at);
  return places;
}
