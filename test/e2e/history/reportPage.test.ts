import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { ToReport } from '../../../src/resets/messages';
import { ReportFeed, type Shown } from '../../../src/resets/ui/reportFeed';
import { request, shownOf } from '../../bench/reportBench';
import { launchBrowser } from '../../host/browser';
import { openReportPage, type Framed } from '../../host/reportPage';

describe('The page of a report', () => {
  let browser: Browser;

  before(async () => {
    browser = await launchBrowser();
  });

  after(() => browser.close());

  /** What the page is told, for each state that is shown one after the other. */
  async function told(...states: Shown[]): Promise<ToReport[][]> {
    const all: ToReport[][] = [];
    let shown: Shown | undefined;
    const feed = new ReportFeed(
      'main',
      (message) => all.at(-1)?.push(message),
      () => shown,
    );
    for (const state of states) {
      const messages: ToReport[] = [];
      all.push(messages);
      const isFirst = shown === undefined;
      shown = state;
      if (isFirst) feed.restart(false);
      else feed.changed();
      while (!messages.some(({ head }) => head)) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    feed.end();
    return all;
  }

  /** The sentence in the head, after stages with so many frames after each, and all that the page wants after the last. */
  async function summary(stages: readonly ToReport[][], framesAfter: readonly number[]): Promise<string> {
    const page = await openReportPage(await browser.newPage());
    try {
      return await page.evaluate(
        async ([all, counts]) => {
          const { frame } = window as unknown as Framed;
          for (const [at, messages] of all.entries()) {
            for (const data of messages) window.dispatchEvent(new MessageEvent('message', { data }));
            for (let drawn = 0; drawn < (counts[at] ?? 0); drawn++) await frame();
          }
          while (await frame());
          return document.querySelector<HTMLElement>('.summary')?.innerText ?? '';
        },
        [stages, framesAfter] as const,
      );
    } finally {
      await page.close();
    }
  }

  it('says at last what is true at last, whenever that comes', async () => {
    const requests = [0, 1, 2].map(request);
    const stages = await told(
      shownOf(requests.slice(0, 1), 'watching'),
      shownOf(requests.slice(0, 2), 'watching'),
      shownOf(requests, 'complete'),
    );
    const [only = []] = await told(shownOf(requests, 'complete'));
    const expected = await summary([only], []);
    assert.match(expected, /3/);
    for (const first of [0, 1, 2])
      for (const second of [0, 1, 2])
        assert.equal(await summary(stages, [first, second]), expected, `frames: ${first}, ${second}`);
  });
});
