import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { connect, type NatsConnection } from 'nats';
import { connectClient } from '../../host/client';
import { QuickPick } from '../../host/quickPick';
import type { Theme } from '../../host/workbench';
import { openBesideGateways, type GatewayWindow } from '../historyWindows';

/** How long gateways wait for an answer, in milliseconds. */
const requestTimeout = 600;

describe('The details of a reset, with three gateways on the bus', function () {
  this.timeout(60_000);
  let gateways: GatewayWindow['gateways'];
  let clients: GatewayWindow['clients'];
  let service: GatewayWindow['service'];
  let workspace: GatewayWindow['workspace'];
  let workbench: GatewayWindow['workbench'];
  let stop: GatewayWindow['stop'];
  let colleague: NatsConnection;

  before(async function () {
    this.timeout(180_000);
    const opened = await openBesideGateways(requestTimeout);
    ({ gateways, clients, service, workspace, workbench, stop } = opened);
    colleague = await connect({ servers: opened.nats.url });
  });

  after(async () => {
    await colleague.close();
    await stop();
  });

  /** The row of a reset, not those of its details. */
  const reset = (name: string) =>
    workbench.view('History').locator(`.monaco-list-row[aria-label^="Reset of ${name},"]`);
  /** The rows in which a text is found, without the times that requests took. */
  const texts = async (text: string): Promise<string[]> => {
    const rows = await workbench.treeRow('History', text).evaluateAll((all) =>
      all.map((row) => ({
        name: row.querySelector('.label-name')?.textContent ?? '',
        description: row.querySelector('.label-description')?.textContent ?? '',
      })),
    );
    return rows.map(({ name, description }) => `${name}: ${description.replace(/ · [^·]+ m?s$/, '')}`);
  };

  it('tell gateways apart, and for each what came of every resource', async () => {
    service.errors.set('library.book.1', 'system.internalError');
    service.books.delete('2');
    service.silent.add('library.book.3');
    await workbench.openFile('library/service.js', 37);
    await workbench.clickCodeLens('Reset library.book.*');
    const row = reset('library.book.*').filter({ hasText: '3 errors, 6 others' });
    await row.waitFor();
    await workbench.toggle(row);
    const outcomes = {
      'library.book.1': 'system.internalError “internalError”: the cache is unchanged',
      'library.book.2': 'not found: deleted for clients',
      'library.book.3': 'no answer in time: the service is down or slow, and the cache is unchanged',
    };
    // The row tells of what came so far while it is observed.
    await workbench.treeRow('History', outcomes['library.book.3']).nth(2).waitFor();
    for (const [name, outcome] of Object.entries(outcomes)) {
      const expected = [1, 2, 3].map((gateway) => `${name}: gateway ${gateway} · ${outcome}`);
      assert.deepEqual((await texts(name)).sort(), expected);
    }
    const name = (await row.getAttribute('aria-label')) ?? '';
    // A time that is not known exactly has two bounds.
    const [, took, unit] = /(?: |–)([\d.]+) (ms|s) /.exec(name) ?? [];
    const milliseconds = Number(took) * (unit === 's' ? 1000 : 1);
    assert.ok(milliseconds >= requestTimeout, `the wait for the answers is not in the ${milliseconds} ms`);
    service.errors.clear();
    service.silent.clear();
    const themes: Theme[] = ['light', 'highContrast', 'highContrastLight', 'dark'];
    for (const theme of themes) {
      await workbench.useTheme(theme);
      await workbench.screenshot(`history-gateways-${theme}`);
    }
  });

  it('begin with what tells the rows of a resource apart, and show it in a narrow side bar', async () => {
    await narrowSidebar(300);
    const row = workbench.treeRow('History', 'library.book.1').first();
    const description = await row.locator('.label-description').textContent();
    const mark = description?.split(' · ', 1)[0] ?? '';
    assert.match(mark, /^gateway \d$/);
    const end = await row.locator('.label-description').evaluate((label, length) => {
      const range = label.ownerDocument.createRange();
      const [text] = label.childNodes;
      if (!text) return Infinity;
      range.setStart(text, 0);
      range.setEnd(text, length);
      return range.getBoundingClientRect().right;
    }, mark.length);
    const box = await workbench.view('History').boundingBox();
    assert.ok(box && end < box.x + box.width, `the mark ends at ${end}, the view at ${box?.width}`);
    for (const theme of ['light', 'dark'] as const) {
      await workbench.useTheme(theme);
      await workbench.screenshot(`history-gateways-narrow-${theme}`);
    }
  });

  it('leave room for the outcome of a long pattern and of a custom label, and show it under the mouse too', async () => {
    const id = 'volume-of-a-very-long-series-'.repeat(3).slice(0, 47);
    const pattern = `library.book.${id}`;
    assert.equal(pattern.length, 60);
    service.books.set(id, { title: 'Long', author: 'Long' });
    for (const client of clients) await client.watch(pattern);
    await workbench.runCommand('RES: Reset resources');
    const pick = workbench.quickPick();
    await pick.type(pattern);
    await pick.entry(pattern).first().waitFor();
    await pick.accept();
    const row = reset(pattern).filter({ hasText: '3 refetched' });
    await row.waitFor();
    await isOutcomeWhole(row);
    assert.ok(Array.from((await row.locator('.label-name').textContent()) ?? '').length <= 20);
    await workbench.chooseFromMenu(row, 'Label in history…');
    const label = 'what the whole team resets before each demonstration';
    await pick.type(label);
    await pick.accept();
    await isOutcomeWhole(reset(label));
    await isOutcomeWhole(reset('library.book.*'));
    await workbench.runCommand('RES: Reset resources');
    await pick.type('library.books');
    await pick.entry('library.books').first().waitFor();
    const next = workbench.page.getByRole('button', { name: 'Switch between resources, access and both' });
    await next.click();
    await next.click();
    await pick.accept();
    const both = reset('library.books and access').filter({ hasText: '3 refetched, 3 others' });
    await both.waitFor();
    await isOutcomeWhole(both);
    await workbench.screenshot('history-outcomes-narrow');
  });

  it('lead to the handler in the code', async () => {
    await workbench.openFile('inventory/main.go');
    await workbench.treeRow('History', 'library.book.1').first().click();
    await workbench.page.getByRole('tab', { name: 'service.js', selected: true }).waitFor();
    const line = (await workspace.read('library/service.js'))
      .split('\n')
      .findIndex((text) => text.includes("subscribe('get.library.book.*')"));
    await workbench.statusBarItem(new RegExp(`Ln ${line + 1}, `)).waitFor();
    await workbench.toggle(reset('library.book.*'));
  });

  it('tell, for access, of each client, and what was granted or refused', async () => {
    service.denied.add('library.books');
    await workbench.runCommand('RES: Reset access');
    const pick = workbench.quickPick();
    await pick.asksFor(/pattern/i);
    await pick.type('library.books');
    await pick.entry('library.books').first().waitFor();
    await pick.accept();
    const row = reset('access library.books').filter({ hasText: '3 refused' });
    await row.waitFor();
    await workbench.toggle(row);
    await workbench.treeRow('History', 'access refused').nth(2).waitFor();
    assert.deepEqual(
      (await texts('access refused')).sort(),
      // Each gateway has one client.
      [1, 2, 3].map(
        (at) =>
          `library.books: access · gateway ${at} · client ${at} · access refused: the client is unsubscribed`,
      ),
    );
    await workbench.toggle(row);
  });

  it('say how much of a very long reset of somebody else is not kept: it is not sent again or copied', async () => {
    await workbench.runCommand('RES: Start recording resets of others');
    await listening('get.nobody.there');
    const resources = Array.from({ length: 9000 }, (_, at) => `stock.shelf.${at}`);
    const seen: string[] = [];
    colleague.subscribe('system.reset', { callback: (_error, { data }) => seen.push(String(data.length)) });
    colleague.publish('system.reset', JSON.stringify({ resources }));
    const row = workbench.view('History').locator('.monaco-list-row[aria-label*="more not stored"]');
    await row.waitFor();
    await workbench.chooseFromMenu(row, 'Send again');
    await workbench.untilNotification(/Only part of this reset was stored.* are missing/);
    await row.click({ button: 'right' });
    await workbench.page.getByRole('menuitem', { name: 'Copy as', exact: true }).hover();
    await workbench.page.getByRole('menuitem', { name: 'Copy as message', exact: true }).hover();
    // A menu takes no click in the first moment that it is there.
    await workbench.page.keyboard.press('Enter');
    await workbench.untilNotification(/Nothing was copied\. Only part of this reset was stored/);
    await workbench.toggle(row);
    await workbench
      .treeRow('History', /not stored.*Message truncated: \d+ patterns or token ids not stored/s)
      .first()
      .waitFor();
    await workbench.toggle(row);
    await colleague.flush();
    assert.equal(seen.length, 1, 'it was sent again');
  });

  it('are shown once, though a second window of the workspace saw the reset too', async () => {
    // Those who held the resource have lost it with their access.
    service.denied.clear();
    const holder = await connectClient(gateways[0]?.wsUrl ?? '');
    clients.push(holder);
    await holder.watch('library.books');
    // Another person's browser: it shares what is stored, not the settings that were made by a command.
    await workbench.changeSettings({ 'res.monitor.enabled': true });
    const context = await workbench.page.context().browser()?.newContext();
    assert.ok(context);
    const second = await context.newPage();
    const received = (page: Page, name: string) =>
      page.locator(`.monaco-list-row[aria-label^="Reset of ${name},"][aria-label*="received"]`);
    const seen = (page: Page) => received(page, 'library.books');
    await second.goto(workbench.page.url());
    await openHistory(second);
    // While the window is still being drawn, a key that is pressed is lost, and a palette that opens can close again.
    const pick = new QuickPick(second);
    const palette = second.locator('.quick-input-widget .quick-input-filter input.input');
    do {
      await second.keyboard.press('F1');
      if (await isThere(palette))
        await palette.fill('>RES: Connect…', { timeout: 1000 }).catch(() => undefined);
    } while (!(await isThere(pick.entry('RES: Connect…'))));
    await pick.press('RES: Connect…');
    await pick.press('local');
    await second.locator('.statusbar-item', { hasText: 'RES: local' }).waitFor();
    // It is connected a moment before it records.
    do colleague.publish('system.reset', JSON.stringify({ resources: ['stock.probe'] }));
    while (!(await isThere(received(second, 'stock.probe'))));

    for (let time = 1; time <= 2; time++) {
      colleague.publish('system.reset', JSON.stringify({ resources: ['library.books'] }));
      for (const page of [workbench.page, second]) {
        await seen(page)
          .nth(time - 1)
          .filter({ hasText: 'refetched' })
          .waitFor();
      }
    }
    // Both have recorded both. A window that opens reads what all have recorded.
    await second.reload();
    await openHistory(second);
    await seen(second).nth(1).waitFor();
    assert.equal(await seen(second).count(), 2);
    await context.close();
    assert.equal((await recorded('library.books')).size, 4, 'one of the windows has recorded nothing');
  });

  it('made the workbench miss no row', () => {
    const misses = workbench.consoleErrors.filter((text) => text.includes('TreeError'));
    assert.deepEqual(misses, []);
  });

  /** The ids of what the windows have recorded of resets of others, by what was reset, from their logs. */
  async function recorded(pattern: string): Promise<Set<string>> {
    const data = path.dirname(path.dirname(await workbench.extensionFolder('vscode-res.vscode-res')));
    const files = (await readdir(data, { recursive: true })).filter((file) =>
      /history-[^/]*\.jsonl$/.test(file),
    );
    const logs = await Promise.all(files.map((file) => readFile(path.join(data, file), 'utf8')));
    const lines = logs.flatMap((log) => log.split('\n')).filter((line) => line.includes(`["${pattern}"]`));
    const puts = lines.map((line) => (JSON.parse(line) as { put: { id: string; origin: string } }).put);
    return new Set(puts.filter(({ origin }) => origin === 'received').map(({ id }) => id));
  }

  /** Drags the side bar's edge until it is so many pixels wide. */
  /** Whether the whole outcome is drawn, with the mouse elsewhere and over the row. */
  async function isOutcomeWhole(row: Locator): Promise<void> {
    for (const isHovered of [false, true]) {
      if (isHovered) await row.hover();
      else await workbench.page.mouse.move(900, 400);
      const { text, end, limit } = await row.locator('.label-description').evaluate((drawn) => {
        const [all] = drawn.childNodes;
        const text = /^\d+ \w.*?(?= · local)/.exec(drawn.textContent)?.[0] ?? drawn.textContent;
        const range = drawn.ownerDocument.createRange();
        if (!all) return { text, end: Infinity, limit: 0 };
        range.setStart(all, 0);
        range.setEnd(all, text.split(' · library')[0]?.length ?? 0);
        const box = drawn.closest('.monaco-icon-label-container')?.getBoundingClientRect();
        return { text, end: range.getBoundingClientRect().right, limit: box?.right ?? 0 };
      });
      assert.ok(end <= limit, `${text} ends at ${end} of ${limit}${isHovered ? ' under the mouse' : ''}`);
    }
  }

  async function narrowSidebar(width: number): Promise<void> {
    const { page } = workbench;
    const box = await page.locator('.part.sidebar').boundingBox();
    assert.ok(box);
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width, y);
    await page.mouse.down();
    await page.mouse.move(box.x + width, y, { steps: 5 });
    await page.mouse.up();
  }

  /** Whether there is such a row within a second. */
  async function isThere(rows: Locator): Promise<boolean> {
    return rows
      .first()
      .waitFor({ timeout: 1000 })
      .then(
        () => true,
        () => false,
      );
  }

  /** Opens the view in a page that is just being loaded. */
  async function openHistory(page: Page): Promise<void> {
    const tab = page.locator('.activitybar [role=tab]').filter({ has: page.locator('a[aria-label^="RES"]') });
    await tab.waitFor({ timeout: 60_000 });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await page.locator('.pane-header', { hasText: 'History' }).waitFor();
  }

  /** Resolves when somebody listens to the subject, as the server itself tells. */
  async function listening(subject: string): Promise<void> {
    for (;;) {
      try {
        await colleague.request(subject, undefined, { timeout: 200 });
      } catch (error) {
        // 503: nobody listens; a time-out: somebody does and does not answer.
        if ((error as { code?: string }).code !== '503') return;
      }
    }
  }
});
