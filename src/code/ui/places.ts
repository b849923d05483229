import { Position, Range, Uri, window, workspace } from 'vscode';
import type { Place } from '../index/workspaceIndex';

/** The first place, and how many more there are: `src/main.go:12 +2`. */
export function placeText(places: readonly Place[]): string {
  const [first] = places;
  if (!first) return '';
  const more = places.length > 1 ? ` +${places.length - 1}` : '';
  return `${workspace.asRelativePath(first.file)}:${first.line}${more}`;
}

/** Opens the file with the cursor at the place. */
export async function openPlace({ file, line, column }: Place): Promise<void> {
  const at = new Position(line - 1, column - 1);
  await window.showTextDocument(Uri.file(file), { selection: new Range(at, at) });
}
