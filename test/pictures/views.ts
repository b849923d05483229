import type { Locator } from 'playwright-core';
import { startService, type LibraryService } from '../host/service';
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
  let service: LibraryService | undefined;
  const start = async (natsUrl: string): Promise<LibraryService> =>
    (service = await startSlowService(natsUrl));
  await onStage({ withClient: false, scale: 2, startService: start }, async ({ workbench }) => {
    await workbench.openFile('inventory/main.go');
    await workbench.codeLens('Reset inventory.>').first().waitFor();
    await workbench.openFile('library/service.js', 33);
    await workbench.openContainer('RES');
    const lens = workbench.codeLens('Reset library.book.*').first();
    // The first reset connects; in the second the window has nothing else to do.
    await lens.click();
    await workbench.treeRow('History', 'library.book.*').filter({ hasText: '6 refetched' }).first().waitFor();
    service?.books.delete('4');
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
    await inThemes(workbench, 'palette', { ...widget, y: 0, height: widget.y + widget.height + 4 });
    await workbench.useTheme('dark');
    await savePicture(await workbench.page.screenshot(), 'media/screenshots/overview.png');
    await pick.cancel();

    await row.click();
    const report = await workbench.webview('.report h1');
    await report.locator('.lines [role=row]').first().waitFor();
    await workbench.page.mouse.move(0, 0);
    await inThemes(workbench, 'report', { ...editor, y: editor.y + 35, height: 520 });
    await workbench.useTheme('dark');
    await savePicture(await workbench.page.screenshot(), 'media/screenshots/report.png');

    // What follows in the view is about this machine only.
    const panel = await workbench.webview('.connection');
    const last = await box(panel.locator('.buttons:visible').last());
    await inThemes(workbench, 'connect', { ...sideBar, height: last.y + last.height + 10 - sideBar.y });
  });
}

/** A service that takes its time, and has lost a book since clients asked for it. */
async function startSlowService(natsUrl: string): Promise<LibraryService> {
  const titles = ['Animal Farm', 'Brave New World', 'Coraline', 'The Dispossessed', 'Emma', 'Frankenstein'];
  const books = titles.map((title, index) => [String(index + 1), { title, author: '' }] as const);
  const service = await startService({ natsUrl, books: Object.fromEntries(books) });
  [80, 20, 140, 60, 190, 110].forEach((milliseconds, index) => {
    service.delays.set(`library.book.${index + 1}`, { milliseconds });
  });
  return service;
}

/** Takes a part of the window in every theme. */
async function inThemes(workbench: Workbench, name: string, clip: Part): Promise<void> {
  for (const [theme, suffix] of themes) {
    await workbench.useTheme(theme);
    await savePicture(await workbench.page.screenshot({ clip }), `media/walkthrough/${name}-${suffix}.png`);
  }
}

/** Where something is on the screen, once it is there: lenses come and go while the editor asks for newer ones. */
async function box(locator: Locator): Promise<Part> {
  for (;;) {
    await locator.waitFor();
    const found = await locator.boundingBox();
    if (found) return found;
  }
}
