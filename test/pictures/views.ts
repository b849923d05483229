import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { Theme, Workbench } from '../host/workbench';
import { savePicture } from './save';
import { onStage } from './stage';

/** Which picture of the walkthrough is for which theme. */
const themes: readonly (readonly [Theme, string])[] = [
  ['dark', 'dark'],
  ['light', 'light'],
  ['highContrast', 'hc'],
  ['highContrastLight', 'hcLight'],
];

interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Takes the pictures of the walkthrough and of the README. */
export async function takeViews(): Promise<void> {
  await onStage({ withClient: false, scale: 2 }, async ({ workbench, workspace }) => {
    await workbench.openFile('inventory/main.go');
    await workbench.codeLens('Reset inventory.>').first().waitFor();
    await workbench.openFile('library/service.js', 33);
    await workbench.openContainer('RES');
    await takeAway('4', workspace);
    const lens = workbench.codeLens('Reset library.book.*').first();
    await lens.click();
    const row = workbench
      .treeRow('History', 'library.book.*')
      .filter({ hasText: /not found/ })
      .first();
    await row.waitFor();

    const editor = await box(workbench.page.locator('.editor-group-container').first());
    const sideBar = await box(workbench.page.locator('.part.sidebar'));
    await workbench.page.mouse.move(0, 0);
    const at = await box(lens);
    await inThemes(workbench, 'lens', { x: editor.x, y: at.y - 150, width: 560, height: 300 });

    await workbench.runCommand('RES: Reset resources');
    const pick = workbench.quickPick();
    await pick.type('book');
    await pick.entry('library.book.*').waitFor();
    const widget = await box(workbench.page.locator('.quick-input-widget'));
    await inThemes(workbench, 'palette', { ...widget, y: 0, height: 260 });
    await workbench.useTheme('dark');
    await savePicture(await workbench.page.screenshot(), 'media/screenshots/overview.png');
    await pick.cancel();

    await row.click();
    const report = await workbench.webview('.report h1');
    await report.locator('.lines [role=row]').first().waitFor();
    await workbench.page.mouse.move(0, 0);
    await inThemes(workbench, 'report', { x: editor.x, y: editor.y + 35, width: 800, height: 560 });
    await workbench.useTheme('dark');
    await savePicture(await workbench.page.screenshot(), 'media/screenshots/report.png');

    // What follows in the view is about this machine only.
    const panel = await workbench.webview('.connection');
    const last = await box(panel.locator('.buttons').last());
    await inThemes(workbench, 'connect', { ...sideBar, height: last.y + last.height + 10 - sideBar.y });
  });
}

/** Takes a book out of the service's data, which leaves its resource in the gateway's cache. */
async function takeAway(id: string, workspace: string): Promise<void> {
  const file = path.join(workspace, 'library/books.json');
  const data = JSON.parse(await readFile(file, 'utf8')) as { books: { id: string }[] };
  const books = data.books.filter((book) => book.id !== id);
  await writeFile(file, JSON.stringify({ ...data, books }));
}

/** Takes a part of the window in every theme. */
async function inThemes(workbench: Workbench, name: string, clip: Part): Promise<void> {
  for (const [theme, suffix] of themes) {
    await workbench.useTheme(theme);
    await savePicture(await workbench.page.screenshot({ clip }), `media/walkthrough/${name}-${suffix}.png`);
  }
}

async function box(locator: Locator): Promise<Part> {
  const found = await locator.boundingBox();
  if (!found) throw new Error('What is to be in the picture is not on the screen.');
  return found;
}
