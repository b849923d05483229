import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { projectRoot } from './cache';
import { findProgram, needPrograms } from './machine';

const open = new Set<Browser>();

/** The path of a Chromium: the one that `CHROMIUM` names, or the one on PATH, installed first where that may be done. */
export async function chromiumProgram(): Promise<string> {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  await needPrograms({ chromium: ['chromium', 'fonts-dejavu-core'] });
  return findProgram('chromium') ?? 'chromium';
}

/** Starts a Chromium without a window; it ends with this process at the latest. */
export async function launchBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: await chromiumProgram(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  open.add(browser);
  browser.once('disconnected', () => open.delete(browser));
  return browser;
}

/** Takes a picture of a page into test-results/NAME.png; resolves with its path. */
export async function picture(page: Page, name: string): Promise<string> {
  const file = path.join(projectRoot, 'test-results', `${name}.png`);
  await page.screenshot({ path: file });
  return file;
}

/** Takes a picture of every open page, for somebody who looks for what went wrong. */
export async function pictureOpenPages(name: string): Promise<void> {
  const pages = [...open].flatMap((browser) => browser.contexts()).flatMap((context) => context.pages());
  await Promise.all(pages.map((page, index) => picture(page, index === 0 ? name : `${name}-${index + 1}`)));
}
