import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { launchBrowser, picture } from './browser';
import { frameWith } from './frames';
import { recordNotifications, type ShownNotification } from './notifications';
import { descendantsWith } from './processes';
import { packageUnderTest } from './packageExtension';
import { exactly, QuickPick } from './quickPick';
import { type Editor, startEditor } from './vscode';
import { until } from '../integration/until';
import type { Workspace } from './workspace';

export interface WorkbenchOptions {
  /** The workspace to open: a folder on disk, or a URI of an extension's own file system. */
  readonly workspace: Pick<Workspace, 'path'>;
  /** Packages to install; the one made from this source without it. */
  readonly vsix?: string | readonly string[];
  /** Opens the workspace in Restricted Mode. */
  readonly restricted?: boolean;
  /** Settings of the whole editor. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The size of the window in pixels; 1280 × 800 without it. */
  readonly size?: { readonly width: number; readonly height: number };
  /** How many pixels a picture has for each of the window's. */
  readonly scale?: number;
  /** More environment variables for the editor and its extensions. */
  readonly env?: NodeJS.ProcessEnv;
  /** Keeps secrets when the window is loaded again, as a machine with a keyring does; without it they are forgotten. */
  readonly keepsSecrets?: boolean;
}

/** The colour themes that screenshots are taken in. */
export type Theme = 'dark' | 'light' | 'highContrast' | 'highContrastLight';

/** How long an entry of a pick may take to come up before it is asked for again. */
const chooseTimeoutMs = 10_000;

const themes: Readonly<Record<Theme, { name: string; className: string }>> = {
  dark: { name: 'Dark 2026', className: 'vs-dark' },
  light: { name: 'Light 2026', className: 'vs' },
  highContrast: { name: 'Default High Contrast', className: 'hc-black' },
  highContrastLight: { name: 'Default High Contrast Light', className: 'hc-light' },
};

/** Starts a VS Code on the workspace, with the packaged extension installed, and opens it in Chromium. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const settings = { 'workbench.colorTheme': themes.dark.name, ...options.settings };
  const editor = await startEditor({
    workspace: options.workspace.path,
    vsix: options.vsix ?? (await packageUnderTest()),
    restricted: options.restricted,
    env: options.env,
    settings,
  });
  const browser = await launchBrowser();
  const page = await browser.newPage({
    viewport: options.size ?? { width: 1280, height: 800 },
    deviceScaleFactor: options.scale ?? 1,
  });
  const workbench = new Workbench(editor, browser, page, settings);
  try {
    await page.addInitScript(recordNotifications);
    // Half of the key by which the browser keeps secrets comes from the server, of which this one has none.
    if (options.keepsSecrets === true)
      await page.route('**/mint-key', (route) => route.fulfill({ body: Buffer.alloc(32, 1) }));
    await page.goto(editor.url);
    await workbench.ready();
    return workbench;
  } catch (error) {
    await workbench.screenshot('workbench-did-not-open').catch(() => undefined);
    await workbench.close();
    throw error;
  }
}

/** A window of a real VS Code, used as a person uses it: by what is on the screen, the mouse and the keyboard. */
export class Workbench {
  readonly page: Page;
  /** What the browser's console told as errors: the workbench's own failures to reach a network included. */
  readonly consoleErrors: string[] = [];
  readonly #editor: Editor;
  readonly #browser: Browser;
  #settings: Readonly<Record<string, unknown>>;

  constructor(editor: Editor, browser: Browser, page: Page, settings: Readonly<Record<string, unknown>>) {
    this.#editor = editor;
    this.#browser = browser;
    this.page = page;
    this.#settings = settings;
    page.on('console', (message) => {
      if (message.type() === 'error') this.consoleErrors.push(message.text());
    });
    page.on('pageerror', (error) => this.consoleErrors.push(error.message));
  }

  /** Resolves when the window is drawn and the extension's icon is in the activity bar. */
  async ready(): Promise<void> {
    await this.#activity('RES').waitFor({ timeout: 60_000 });
  }

  /** The folder in which the extension with this id is installed. */
  async extensionFolder(id: string): Promise<string> {
    const folders = await readdir(this.#editor.extensionsFolder);
    const own = folders.find((folder) => folder.startsWith(`${id}-`));
    if (own === undefined) throw new Error(`${id} is not among ${folders.join(', ')}`);
    return path.join(this.#editor.extensionsFolder, own);
  }

  /** Installs a packaged extension over the one that is there, and loads the window with it. */
  async upgrade(vsix: string): Promise<void> {
    await this.#editor.install(vsix);
    await this.reloadByCommand();
  }

  /** The processes of the extension hosts of this window. */
  extensionHosts(): number[] {
    return this.processes('--type=extensionHost');
  }

  /** The processes that were started in this editor and whose command line holds the text. */
  processes(text: string): number[] {
    return descendantsWith(this.#editor.pid, text);
  }

  /** Ends the extension hosts without a chance to say goodbye; resolves when VS Code has started another one. */
  async killExtensionHosts(): Promise<void> {
    const killed = this.extensionHosts();
    for (const id of killed) process.kill(id, 'SIGKILL');
    // After some in a few minutes it asks first.
    const question = this.page
      .locator('.notification-list-item')
      .filter({ hasText: /terminated unexpectedly \d+ times/ })
      .getByRole('button', { name: 'Restart Remote Extension Host' });
    await until(
      async () => {
        if (await question.first().isVisible()) await question.first().click();
        return this.extensionHosts().some((id) => !killed.includes(id)) ? true : undefined;
      },
      () => 'another extension host',
      60_000,
    );
  }

  /** The folders of workspaces' data in which an extension keeps such files. */
  async workspaceDataWith(file: RegExp): Promise<string[]> {
    const storage = path.join(this.#editor.dataFolder, 'data/User/workspaceStorage');
    const files = await readdir(storage, { recursive: true });
    const found = files.filter((name) => file.test(path.basename(name)));
    return [...new Set(found.map((name) => path.join(storage, path.dirname(name))))];
  }

  /** Loads the window again, as "Developer: Reload Window" does. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Loads the window anew by its command, before which the editor saves what it remembers. */
  async reloadByCommand(): Promise<void> {
    const loaded = this.page.waitForEvent('domcontentloaded');
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.ready();
  }

  /** Runs a command by its full title: F1, the title, Enter. */
  async runCommand(title: string): Promise<void> {
    const palette = this.quickPick();
    await this.#persist(async () => {
      await this.page.keyboard.press('F1');
      await palette.type(`>${title}`);
      await palette.press(title, chooseTimeoutMs);
    });
    // What the command asks in turn comes up in the same place: nothing may be typed before the palette has left it.
    await palette.leaves(`>${title}`);
  }

  /** Runs a command that does nothing but ask, and presses an entry of what it asks. */
  async choose(title: string, entry: string): Promise<void> {
    await this.#persist(async () => {
      await this.runCommand(title);
      await this.quickPick().press(entry, chooseTimeoutMs);
    });
  }

  /**
   * Does something with a pick, again where the pick went away in the midst of it: another one that was just closing can
   * take it along, and so can an editor of a window that was just loaded when it takes the focus.
   */
  async #persist(action: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await action();
        return;
      } catch (error) {
        if (attempt === 3) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** The quick pick or input box that is open, or is about to be. */
  quickPick(): QuickPick {
    return new QuickPick(this.page);
  }

  /** Opens a file by its path in the workspace, at a line if one is given. */
  async openFile(file: string, line?: number): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+P');
    const pick = this.quickPick();
    await pick.type(line === undefined ? file : `${file}:${line}`);
    await pick.entry(path.posix.basename(file)).first().waitFor();
    await pick.accept();
    await this.page
      .getByRole('tab', { name: path.posix.basename(file) })
      .first()
      .waitFor();
  }

  /** Types into the editor that has the focus, at its cursor. */
  async typeInEditor(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** The titles of the code lenses on the screen, top to bottom. */
  async codeLenses(): Promise<string[]> {
    return this.page.locator('.codelens-decoration a').allInnerTexts();
  }

  /** Clicks the first code lens with that title, once it is there. */
  async clickCodeLens(title: string): Promise<void> {
    await this.codeLens(title).first().click();
  }

  /** A code lens by its exact title. */
  codeLens(title: string): Locator {
    return this.page.locator('.codelens-decoration a').getByText(title, { exact: true });
  }

  /** All notifications so far, oldest first, those that have gone again included. */
  async notifications(): Promise<ShownNotification[]> {
    return this.page.evaluate('globalThis.shownNotifications');
  }

  /** Resolves with the text of the first notification that matches and that `after` did not count yet. */
  async untilNotification(text: RegExp, after = 0): Promise<string> {
    const found = await this.page.waitForFunction(
      ([source, flags, skip]) => {
        const shown = (globalThis as unknown as { shownNotifications: ShownNotification[] })
          .shownNotifications;
        return shown.slice(Number(skip)).find((one) => new RegExp(source, flags).test(one.text))?.text;
      },
      [text.source, text.flags, String(after)] as const,
      { timeout: 20_000 },
    );
    return String(await found.jsonValue());
  }

  /** Presses a button of a notification that is on the screen. */
  async pressInNotification(text: RegExp, button: string): Promise<void> {
    const notification = this.page.locator('.notification-list-item').filter({ hasText: text }).first();
    await notification.getByRole('button', { name: button }).click();
  }

  /** The modal dialog that is open, or is about to be. */
  dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** The status bar item whose text matches. */
  statusBarItem(text: RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text });
  }

  /** Opens a view container by the name of its icon in the activity bar. */
  async openContainer(name: string): Promise<void> {
    const tab = this.#activity(name);
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.page
      .locator('.sidebar .composite.title')
      .filter({ hasText: new RegExp(name, 'i') })
      .waitFor();
  }

  /** A view of the open container, by its title. */
  view(title: string): Locator {
    const header = this.page
      .locator('.pane-header')
      .filter({ has: this.page.locator('.title', { hasText: exactly(title) }) });
    return this.page.locator('.pane').filter({ has: header });
  }

  /** The rows of a tree view on the screen, as a screen reader tells them. */
  async treeRows(title: string): Promise<string[]> {
    const rows = this.view(title).locator('.monaco-list-row');
    return (await rows.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label') ?? ''))).map(
      (row) => row.trim(),
    );
  }

  /** A row of a tree view that contains the text: as it is drawn, or, where it is drawn shortened, as a screen reader tells it. */
  treeRow(title: string, text: string | RegExp): Locator {
    const rows = this.view(title).locator('.monaco-list-row');
    const drawn = rows.filter({ hasText: text });
    return typeof text === 'string'
      ? drawn.or(this.view(title).locator(`.monaco-list-row[aria-label*=${JSON.stringify(text)}]`))
      : drawn;
  }

  /** Chooses an item from the menu of a row. */
  async chooseFromMenu(row: Locator, item: string): Promise<void> {
    await row.click({ button: 'right' });
    // An item with a key is called by both.
    await this.page.getByRole('menuitem', { name: item }).first().hover();
    // A menu takes no click in the first moment that it is there.
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('menu').first().waitFor({ state: 'hidden' });
  }

  /** Opens or closes what stands below a row of a tree. */
  async toggle(row: Locator): Promise<void> {
    await row.locator('.monaco-tl-twistie').click();
  }

  /** The frame of the webview that holds an element, once it is there. */
  webview(selector: string): Promise<Frame> {
    return frameWith(this.page, selector);
  }

  /** Changes settings of the whole editor, keeping the others. */
  async changeSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    this.#settings = { ...this.#settings, ...settings };
    await this.#editor.changeSettings(this.#settings);
  }

  /** Switches the colour theme and resolves when the window wears it. */
  async useTheme(theme: Theme): Promise<void> {
    const { name, className } = themes[theme];
    await this.changeSettings({ 'workbench.colorTheme': name });
    await this.page.locator(`.monaco-workbench.${className}`).waitFor();
  }

  /** Takes a picture into test-results/NAME.png; resolves with its path. */
  async screenshot(name: string): Promise<string> {
    return picture(this.page, name);
  }

  /** Closes the window and ends the editor behind it. */
  async close(): Promise<void> {
    await this.#browser.close();
    await this.#editor.stop();
  }

  #activity(name: string): Locator {
    return this.page
      .locator('.activitybar [role=tab]')
      .filter({ has: this.page.locator(`a[aria-label^="${name}"]`) });
  }
}
