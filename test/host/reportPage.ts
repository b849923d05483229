import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { projectRoot } from './cache';

/** The page of a report, outside of an editor, in which a frame is drawn when it is told to. */
export async function openReportPage(page: Page): Promise<Page> {
  const { outputFiles } = await build({
    entryPoints: [path.join(projectRoot, 'media/report/report.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    write: false,
  });
  const style = readFileSync(path.join(projectRoot, 'media/report/report.css'), 'utf8');
  await page.setContent(`<!doctype html><html lang="en"><style>${style}</style><body></body></html>`);
  await page.evaluate(`{${framesOneByOne}}`);
  await page.evaluate('globalThis.acquireVsCodeApi = () => ({ postMessage() {}, setState() {} })');
  await page.evaluate(outputFiles[0]?.text ?? '');
  return page;
}

/** Has the page draw its next frame when it is told to: what each costs can be measured. */
const framesOneByOne = `
  const draw = requestAnimationFrame;
  let asked = [];
  globalThis.requestAnimationFrame = (callback) => asked.push(callback);
  globalThis.frame = () => new Promise((done) => draw((time) => {
    const now = asked;
    asked = [];
    for (const callback of now) callback(time);
    setTimeout(() => done(asked.length > 0));
  }));
`;

export interface Framed {
  /** Draws a frame; whether the page wants another one. */
  readonly frame: () => Promise<boolean>;
}
