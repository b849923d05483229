import type { Frame, Page } from 'playwright-core';

/** The frame inside a page, a webview for one, that holds an element; resolves once it is there. */
export async function frameWith(page: Page, selector: string, timeout = 20_000): Promise<Frame> {
  const deadline = Date.now() + timeout;
  for (;;) {
    for (const frame of page.frames()) {
      if (frame === page.mainFrame()) continue;
      // A frame may go away while it is looked at.
      const count = await frame
        .locator(selector)
        .count()
        .catch(() => 0);
      if (count > 0) return frame;
    }
    if (Date.now() > deadline) throw new Error(`No frame holds ${selector}.`);
    await page.waitForTimeout(100);
  }
}
