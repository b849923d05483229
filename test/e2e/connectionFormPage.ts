import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The form for a connection that is shown in the editor area, as a person sees it. */
export class ConnectionFormPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The page of the form, whenever it is there. */
  get frame(): FrameLocator {
    // A form in a tab behind another one lives on, unseen.
    return this.#page
      .frameLocator('iframe.webview:visible:not([src*="purpose=webviewView"])')
      .frameLocator('#active-frame');
  }

  /** A text field, by its whole label. */
  field(label: string): Locator {
    return this.frame.getByRole('textbox', { name: label, exact: true });
  }

  choice(label: string): Locator {
    return this.frame.getByRole('combobox', { name: label, exact: true });
  }

  checkbox(label: string): Locator {
    return this.frame.getByRole('checkbox', { name: label });
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  /** Takes one of the options of a choice. */
  async choose(label: string, option: string): Promise<void> {
    await this.choice(label).selectOption({ label: option });
  }

  /** What the form says about the last save or test: beside it, or at the field that is to be mended. */
  get answer(): Locator {
    return this.frame.locator('.answer:visible, .error:visible');
  }

  /** What it says where something was typed and not saved. */
  get draftNote(): Locator {
    return this.frame.getByRole('note');
  }

  /** The control that has the focus. */
  get focused(): Locator {
    return this.frame.locator(':focus').first();
  }

  /** Resolves when no form is shown any more. */
  async closed(): Promise<void> {
    await this.frame.locator('form').waitFor({ state: 'detached' });
  }

  /** What a screen reader says of a control beside its name. */
  async description(control: Locator): Promise<string> {
    return control.evaluate((element) =>
      (element.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? `no ${id}`)
        .join(' '),
    );
  }
}
