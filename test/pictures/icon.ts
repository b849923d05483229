import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { launchBrowser, picture } from '../host/browser';
import { projectRoot } from '../host/cache';

/** The sizes at which it is to be looked at; the marketplace and the list of extensions show it at these. */
const looks = [16, 32, 42, 128];

/** Draws the extension's icon from its SVG, and a page that shows it small, on dark and on light. */
export async function drawIcon(): Promise<void> {
  const svg = await readFile(path.join(projectRoot, 'media/icon.svg'), 'utf8');
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 128, height: 128 } });
    await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
    const png = await page.screenshot({ omitBackground: true });
    await writeFile(path.join(projectRoot, 'media/icon.png'), png);

    const source = `data:image/png;base64,${png.toString('base64')}`;
    const images = looks.map((size) => `<img width="${size}" height="${size}" src="${source}">`).join(' ');
    const row = (color: string): string =>
      `<p style="background: ${color}; margin: 0; padding: 16px">${images}</p>`;
    await page.setViewportSize({ width: 320, height: 330 });
    await page.setContent(`<style>body { margin: 0 }</style>${row('#1f1f1f')}${row('#ffffff')}`);
    await picture(page, 'icon-sizes');
  } finally {
    await browser.close();
  }
}
