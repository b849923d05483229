import type { Frame, Locator } from 'playwright-core';
import type { Workbench } from '../host/workbench';
import { ConnectionFormPage } from './connectionFormPage';

/** The connection panel as a person sees it. */
export class ConnectionPanelPage {
  readonly #workbench: Workbench;
  readonly frame: Frame;
  /** The form in the editor area. */
  readonly form: ConnectionFormPage;

  private constructor(workbench: Workbench, frame: Frame) {
    this.#workbench = workbench;
    this.frame = frame;
    this.form = new ConnectionFormPage(workbench.page);
  }

  /** Opens the view container and waits for the panel in it. */
  static async open(workbench: Workbench): Promise<ConnectionPanelPage> {
    await workbench.openContainer('RES');
    // Away from the icon, whose tooltip would cover a part of the panel.
    await workbench.page.mouse.move(700, 400);
    return ConnectionPanelPage.find(workbench);
  }

  /** The panel in a container that is open, after a reload for example. */
  static async find(workbench: Workbench): Promise<ConnectionPanelPage> {
    return new ConnectionPanelPage(workbench, await workbench.webview('main .status[data-state]'));
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  /** The list entry of a connection. */
  row(name: string): Locator {
    return this.frame
      .getByRole('listitem')
      .filter({ has: this.frame.locator(`.name > .title:text-is(${JSON.stringify(name)})`) });
  }

  get status(): Locator {
    return this.frame.getByRole('region', { name: 'State' });
  }

  /** Resolves when the state is this one: connected, connecting, reconnecting, disconnected or failed. */
  async untilState(state: string): Promise<void> {
    await this.frame.locator(`.status[data-state="${state}"]`).waitFor();
  }

  /** Presses a key in whatever has the focus. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#workbench.page.keyboard.press(key);
  }

  /** Types into whatever has the focus, instead of what stands in it. */
  async type(text: string): Promise<void> {
    // Not Ctrl+A: VS Code takes it for itself and carries it out a moment later.
    await this.press('Home', 'Shift+End');
    await this.#workbench.page.keyboard.type(text);
  }
}
