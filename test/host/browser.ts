import { type Browser, chromium } from 'playwright-core';
import { findProgram, needPrograms } from './machine';

let shared: Promise<Browser> | undefined;

/** The Chromium that all pages of this process share, started on first need. */
export function sharedBrowser(): Promise<Browser> {
  shared ??= launch();
  return shared;
}

/** Ends the shared Chromium, if it was started. */
export async function closeSharedBrowser(): Promise<void> {
  const browser = shared;
  shared = undefined;
  await (await browser)?.close();
}

/** The path of a Chromium: the one that `CHROMIUM` names, or the one on PATH, installed first where that may be done. */
export async function chromiumProgram(): Promise<string> {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  await needPrograms({ chromium: ['chromium', 'fonts-dejavu-core'] });
  return findProgram('chromium') ?? 'chromium';
}

async function launch(): Promise<Browser> {
  return chromium.launch({
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
}
