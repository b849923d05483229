import type { Locator } from 'playwright-core';
import { frameWith } from '../host/frames';
import { Pointer } from './pointer';
import { saveAnimation, type Shot } from './save';
import { onStage } from './stage';

const size = { width: 1060, height: 640 };

/** Takes the animation of the demo: a client goes stale, and a lens makes it current again. */
export async function takeDemo(): Promise<void> {
  const shots: Shot[] = [];
  await onStage({ withClient: true, size }, async ({ workbench }) => {
    const { page } = workbench;
    const pointer = new Pointer(page);
    const shoot = async (time: number): Promise<void> => {
      shots.push({ png: await page.screenshot(), time });
    };
    let from = { x: 520, y: 420 };
    const pointAt = async (locator: Locator): Promise<void> => {
      const to = await pointer.target(locator);
      const steps = 6;
      for (let at = 1; at <= steps; at++) {
        const share = at / steps;
        await pointer.moveTo(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
        await shoot(60);
      }
      from = to;
    };

    const client = await frameWith(page, '#books li', 60_000);
    await frameWith(page, 'h1:has-text("A library")', 60_000);
    const steps = page.locator('.tab').filter({ hasText: 'README' }).first();
    await steps.click();
    await workbench.runCommand('View: Close Primary Side Bar');
    await workbench.openFile('library/service.js', 37);
    await workbench.codeLens('Reset library.book.*').first().waitFor();
    await workbench.openFile('library/books.json', 6);
    const title = page.locator('.view-line').filter({ hasText: 'Coraline' });
    await title.waitFor();
    await pointer.show();
    await pointer.moveTo(from.x, from.y);
    await page.locator('.workbench-hover').waitFor({ state: 'detached' });
    await pointer.say('A web client shows what Resgate keeps');
    await shoot(2200);

    await pointer.say('The data changes, and nobody tells Resgate …');
    await pointAt(title);
    // Selects the old title between its quotes.
    await page.keyboard.press('ControlOrMeta+F');
    await page.keyboard.type('Coraline');
    await page.keyboard.press('Escape');
    await shoot(500);
    for (const letter of 'Stardust') {
      await page.keyboard.type(letter);
      await shoot(90);
    }
    await page.keyboard.press('ControlOrMeta+S');
    await page.locator('.tab.dirty').waitFor({ state: 'detached' });
    await pointer.say('… so the client goes stale');
    await shoot(2400);

    await workbench.openFile('library/service.js', 37);
    const lens = workbench.codeLens('Reset library.book.*').first();
    await lens.waitFor();
    await pointer.say('One click above the code that serves the books …');
    await shoot(900);
    await pointAt(lens);
    await shoot(900);
    await lens.click();
    await client.getByText('Stardust').waitFor();
    await pointer.say('… and every client is current again');
    await shoot(1200);
    await workbench.statusBarItem(/refetched/).waitFor();
    await shoot(3000);
  });
  await saveAnimation(shots, 'media/screenshots/demo.gif');
}
