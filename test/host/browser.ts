import { type Browser, chromium } from 'playwright-core';
import { findProgram, needPrograms } from './machine';

/** The path of a Chromium: the one that `CHROMIUM` names, or the one on PATH, installed first where that may be done. */
export async function chromiumProgram(): Promise<string> {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  await needPrograms({ chromium: ['chromium', 'fonts-dejavu-core'] });
  return findProgram('chromium') ?? 'chromium';
}

/** Starts a Chromium without a window; it ends with this process at the latest. */
export async function launchBrowser(): Promise<Browser> {
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
