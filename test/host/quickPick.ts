import type { Locator, Page } from 'playwright-core';

/** An entry of a quick pick as a person reads it. */
export interface QuickPickEntry {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** Whether it is ticked; undefined where nothing can be. */
  readonly ticked?: boolean;
}

/** The label of a row, and not what stands below it, which can be the name of another one. */
const rowLabel = '.label-name:not(.quick-input-list-label-meta *)';

/** The quick pick or input box of a window. */
export class QuickPick {
  readonly page: Page;
  readonly #widget: Locator;

  constructor(page: Page) {
    this.page = page;
    this.#widget = page.locator('.quick-input-widget');
  }

  /** Resolves when the one that asks for this is open: another may still be closing in its place. */
  async asksFor(placeholder: RegExp): Promise<void> {
    await this.#widget.getByPlaceholder(placeholder).waitFor();
  }

  /** Resolves when it has closed. */
  async closed(): Promise<void> {
    await this.#widget.waitFor({ state: 'hidden' });
  }

  /** Resolves when the one with this input has gone, be it that another stands in its place. */
  async leaves(input: string): Promise<void> {
    await this.page.waitForFunction((text) => {
      const shown = document.querySelector<HTMLInputElement>(
        '.quick-input-widget .quick-input-filter input.input',
      );
      return !shown?.checkVisibility() || shown.value !== text;
    }, input);
  }

  /** Replaces what is typed in it. */
  async type(text: string): Promise<void> {
    await this.#input.waitFor();
    await this.#input.fill(text);
  }

  /** What is typed in it. */
  async typed(): Promise<string> {
    return this.#input.inputValue();
  }

  /** Presses a key while it has the focus. */
  async key(key: string): Promise<void> {
    await this.#input.press(key);
  }

  /** The entries on the screen, top to bottom; a long list goes on below. */
  async entries(): Promise<QuickPickEntry[]> {
    const rows = await this.#widget.locator('.quick-input-list .monaco-list-row').all();
    return Promise.all(rows.map(readEntry));
  }

  /** An entry by its exact label. */
  entry(label: string): Locator {
    return this.#widget
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: this.page.locator(rowLabel, { hasText: exactly(label) }) });
  }

  /** Clicks an entry: takes it, or ticks it where several can be chosen; rejects when it can't be clicked by then. */
  async press(label: string, timeoutMs?: number): Promise<void> {
    await this.entry(label).first().click({ timeout: timeoutMs });
  }

  /** Presses Enter. */
  async accept(): Promise<void> {
    await this.#input.press('Enter');
  }

  /** What it says below the input, such as why the input can't be accepted; empty when it says nothing. */
  async message(): Promise<string> {
    return this.#widget.locator('.quick-input-message').innerText();
  }

  /** Resolves when it says something below the input that matches. */
  async untilMessage(text: RegExp): Promise<void> {
    await this.#widget.locator('.quick-input-message').filter({ hasText: text }).waitFor();
  }

  /** Closes it without choosing. */
  async cancel(): Promise<void> {
    await this.#input.press('Escape');
    await this.closed();
  }

  get #input(): Locator {
    return this.#widget.locator('.quick-input-filter input.input');
  }
}

/** Matches the text and nothing more. */
export function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}

async function readEntry(row: Locator): Promise<QuickPickEntry> {
  const text = async (selector: string): Promise<string> => {
    const found = row.locator(selector).first();
    return (await found.count()) === 0 ? '' : (await found.innerText()).trim();
  };
  const role = await row.getAttribute('role');
  return {
    label: await text('.label-name'),
    description: await text('.label-description'),
    detail: await text('.quick-input-list-label-meta'),
    ticked: role === 'checkbox' ? (await row.getAttribute('aria-checked')) === 'true' : undefined,
  };
}
