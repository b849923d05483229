import {
  commands,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  Range,
  type CodeLens,
  type TextDocument,
} from 'vscode';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from './until';

/** A lens as a person sees it, and what it would send. */
export interface ShownLens {
  /** The line that it stands above, from 1. */
  readonly line: number;
  readonly title: string;
  readonly message: unknown;
  readonly lens: CodeLens;
}

/** The folder of the workspace that tests may fill. */
export function testFolder(): string {
  const folder = workspace.workspaceFolders?.[1];
  if (!folder) throw new Error('The workspace has no second folder');
  return folder.uri.fsPath;
}

/** Writes a file into the folder for tests, as another program would. */
export async function writeSource(file: string, text: string | Uint8Array): Promise<string> {
  const absolute = path.resolve(testFolder(), file);
  await mkdir(path.dirname(absolute), { recursive: true });
  await writeFile(absolute, text);
  return absolute;
}

/** Opens a file in an editor. */
export async function openSource(file: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(Uri.file(path.resolve(testFolder(), file)));
  await window.showTextDocument(document, { preview: false });
  return document;
}

/** Gives up what was typed in a document, and closes its editor. */
export async function revertAndClose(document: TextDocument): Promise<void> {
  // The command is for the active editor, and one that was opened before can be that a moment later.
  await window.showTextDocument(document, { preview: false });
  await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await until(
    () => document.isClosed || !document.isDirty || undefined,
    () => `${document.fileName} to be reverted`,
  );
}

/** The lenses of this extension that VS Code gets for a document now, top to bottom. */
export async function lensesOf({ uri }: TextDocument): Promise<ShownLens[]> {
  const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri, 1000);
  return lenses
    .filter(({ command }) => command?.title.includes('$(refresh)'))
    .map((lens) => ({
      line: lens.range.start.line + 1,
      title: (lens.command?.title ?? '').replace('$(refresh)\u00a0', ''),
      message: messageOf(lens),
      lens,
    }));
}

/** The titles of the lenses, top to bottom. */
export async function lensTitles(document: TextDocument): Promise<string[]> {
  return (await lensesOf(document)).map(({ title }) => title);
}

/** Replaces a part of an open document, without saving it. */
export async function edit(document: TextDocument, before: string, after: string): Promise<void> {
  const start = document.getText().indexOf(before);
  if (start < 0) throw new Error(`The document does not hold ${before}`);
  const change = new WorkspaceEdit();
  const range = new Range(document.positionAt(start), document.positionAt(start + before.length));
  change.replace(document.uri, range, after);
  await workspace.applyEdit(change);
}

/** The message that the press of a lens sends: its command is named for it. */
function messageOf({ command }: CodeLens): unknown {
  const json = command?.command.slice(command.command.indexOf(' ') + 1);
  return json === undefined ? undefined : JSON.parse(json);
}
