import type { Locator, Page } from 'playwright-core';

/** Draws a mouse pointer and a caption over a page, of which a picture has neither. */
export class Pointer {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async show(): Promise<void> {
    await this.#page.evaluate(() => {
      const pointer = document.createElement('div');
      pointer.id = 'drawn-pointer';
      pointer.style.cssText =
        'position:fixed;z-index:99999;left:520px;top:420px;width:14px;height:21px;pointer-events:none;background:#fff;' +
        'clip-path:polygon(0 0,0 78%,27% 60%,46% 100%,63% 93%,45% 54%,78% 54%);filter:drop-shadow(0 0 1px #000)';
      const caption = document.createElement('div');
      caption.id = 'drawn-caption';
      caption.style.cssText =
        'position:fixed;z-index:99998;left:50%;bottom:34px;transform:translateX(-50%);padding:9px 18px;border-radius:8px;' +
        'background:#ffd166;color:#10243e;font:600 16px system-ui,sans-serif;white-space:nowrap;pointer-events:none';
      document.body.append(pointer, caption);
    });
  }

  async say(text: string): Promise<void> {
    await this.#page.evaluate((value) => {
      const caption = document.querySelector('#drawn-caption');
      if (caption) caption.textContent = value;
    }, text);
  }

  /** Resolves with the middle of what it is to point at. */
  async target(locator: Locator): Promise<{ x: number; y: number }> {
    const box = await locator.boundingBox();
    if (!box) throw new Error('What is to be pointed at is not on the screen.');
    return { x: box.x + Math.min(box.width / 2, 60), y: box.y + box.height / 2 };
  }

  async moveTo(x: number, y: number): Promise<void> {
    await this.#page.mouse.move(x, y);
    await this.#page.evaluate(
      ([left, top]) => {
        const pointer = document.querySelector<HTMLElement>('#drawn-pointer');
        if (!pointer) return;
        pointer.style.left = `${left}px`;
        pointer.style.top = `${top}px`;
      },
      [x, y] as const,
    );
  }
}
