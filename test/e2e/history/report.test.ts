import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { violationsIn } from '../../host/accessibility';
import { frameWith } from '../../host/frames';
import { startService } from '../../host/service';
import type { Theme } from '../../host/workbench';
import { until } from '../../integration/until';
import { openBesideGateways, type GatewayWindow } from '../historyWindows';
import { resetResources } from '../resetResources';

/** How long gateways wait for an answer, in milliseconds: long enough to be seen waiting. */
const requestTimeout = 3000;

/** What VS Code tells a page of its theme. */
const bodyClasses: Readonly<Record<Theme, string>> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  highContrast: 'vscode-high-contrast:not(.vscode-high-contrast-light)',
  highContrastLight: 'vscode-high-contrast-light',
};

describe('The report of a reset', function () {
  this.timeout(90_000);
  let nats: GatewayWindow['nats'];
  let clients: GatewayWindow['clients'];
  let service: GatewayWindow['service'];
  let workbench: GatewayWindow['workbench'];
  let stop: GatewayWindow['stop'];

  before(async function () {
    this.timeout(180_000);
    ({ nats, clients, service, workbench, stop } = await openBesideGateways(requestTimeout));
    service.errors.set('library.book.1', 'system.internalError');
    service.silent.add('library.book.3');
    await workbench.openFile('library/service.js', 37);
    await workbench.clickCodeLens('Reset library.book.*');
    await reset('library.book.*').filter({ hasText: '3 errors, 6 others' }).waitFor();
    service.errors.clear();
    service.silent.clear();
  });

  after(() => stop());

  const reset = (name: string) =>
    workbench.view('History').locator(`.monaco-list-row[aria-label^="Reset of ${name},"]`);
  const send = async (pattern: string): Promise<void> => {
    await resetResources(workbench, pattern);
  };
  /** The editor takes no click on a row that it is drawing anew, as it does while an observation goes on. */
  const click = async (row: Locator, name: string): Promise<void> => {
    const tab = workbench.page.getByRole('tab', { name: `Reset: ${name}`, exact: true });
    await until(
      async () => {
        await row.click();
        return tab.waitFor({ timeout: 5000 }).then(
          () => true,
          () => undefined,
        );
      },
      () => `the report of ${name} to open`,
      30_000,
    );
  };
  const refetched = (): Locator => reset('library.book.*').filter({ hasText: '9 refetched' }).first();
  const report = (): Promise<Frame> => frameWith(workbench.page, '.report h1', 60_000);
  /** The cells of the rows on the screen, by their columns, of a bar what it says: all as they stand at one moment. */
  const rows = (frame: Frame): Promise<string[][]> =>
    frame
      .locator('main > section')
      .first()
      .locator('.lines [role=row]')
      .evaluateAll((all) =>
        // Lines that were in the page before are used again: where a row stands, its index says.
        all
          .sort((one, other) => Number(one.ariaRowIndex) - Number(other.ariaRowIndex))
          .map((row) =>
            [...row.querySelectorAll('[role=gridcell]')].map(
              (cell) => cell.textContent || (cell.ariaLabel ?? ''),
            ),
          ),
      );
  const untilRows = (frame: Frame, fits: (found: string[][]) => boolean): Promise<string[][]> =>
    until(
      async () => {
        const found = await rows(frame);
        return fits(found) ? found : undefined;
      },
      () => 'the rows of the report',
    );

  it('opens by a click on a row, worst first, and leaves the focus in the list', async () => {
    await click(reset('library.book.*'), 'library.book.*');
    const frame = await report();
    assert.equal(await frame.locator('h1').first().innerText(), 'library.book.*');
    const found = await untilRows(frame, ({ length }) => length === 9);
    assert.deepEqual([...new Set(found.slice(0, 6).map(([, , , result]) => result))].sort(), [
      'no answer',
      'system.internalError',
    ]);
    assert.ok(
      found.slice(6).every(([, , , result]) => result === 'refetched'),
      JSON.stringify(found),
    );
    assert.match(
      await frame.locator('.summary').innerText(),
      /^1 of 3 was fetched again\. library\.book\.\d/,
    );
    assert.equal(
      await workbench.page.evaluate(() => document.activeElement?.closest('.monaco-list') !== null),
      true,
    );
    for (const theme of ['light', 'highContrast', 'highContrastLight', 'dark'] satisfies Theme[]) {
      await workbench.useTheme(theme);
      await frame.locator(`body.${bodyClasses[theme]}`).waitFor();
      await workbench.screenshot(`report-${theme}`);
      const { own, toolkit } = await violationsIn(frame);
      assert.deepEqual(own, [], theme);
      for (const violation of toolkit) console.log(`        in the toolkit, ${theme}: ${violation}`);
    }
  });

  it('takes the focus where it is opened by Enter', async () => {
    await reset('library.book.*').click();
    await workbench.page.keyboard.press('Enter');
    const frame = await report();
    await until(
      async () => ((await frame.evaluate('document.hasFocus()')) ? true : undefined),
      () => 'the focus in the report',
    );
  });

  it('is a grid to a screen reader, with its rows and columns, and works by the keyboard alone', async () => {
    const frame = await report();
    const grid = frame.getByRole('grid', { name: 'Requests of the gateways' });
    assert.equal(await grid.getAttribute('aria-rowcount'), '10');
    await frame.getByRole('columnheader', { name: 'Result' }).waitFor();
    await grid.focus();
    await workbench.page.keyboard.press('ArrowDown');
    const active = async (): Promise<string | null> => grid.getAttribute('aria-activedescendant');
    await until(
      async () => ((await active())?.endsWith('-1') === true ? true : undefined),
      () => 'the second row to be active',
    );
    await workbench.page.keyboard.press('End');
    await until(
      async () => ((await active())?.endsWith('-8') === true ? true : undefined),
      () => 'the last row to be active',
    );
    await workbench.page.keyboard.press('Enter');
    await workbench.page.getByRole('tab', { name: 'service.js', selected: true }).waitFor();
  });

  it('is filtered as one types, sorted by a column and grouped by gateway', async () => {
    await reset('library.book.*').click();
    const frame = await report();
    await frame.getByLabel('Filter the requests').first().fill('no answer');
    await untilRows(frame, ({ length }) => length === 3);
    await frame.getByLabel('Filter the requests').first().fill('');
    await frame.getByRole('columnheader', { name: 'Resource' }).getByRole('button').click();
    const sorted = await untilRows(
      frame,
      (found) => found.length === 9 && found[0]?.[0] === 'library.book.1',
    );
    assert.deepEqual(
      sorted.map(([name]) => name),
      sorted.map(([name]) => name).sort(),
    );
    await frame.getByLabel('Group the requests').first().selectOption('gateway');
    const grouped = await untilRows(frame, ({ length }) => length === 12);
    assert.match(grouped[0]?.[0] ?? '', /^Gateway 1 · 3, 2 with errors$/);
    await workbench.screenshot('report-grouped');
  });

  it('shows ten thousand requests, of which only those on the screen are in the page', async () => {
    const books = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, id) => [String(id), { title: `Book ${id}`, author: 'Somebody' }]),
    );
    const archive = await startService({ natsUrl: nats.url, name: 'archive', books });
    await clients[0]?.watch('archive.books');
    archive.errors.set('archive.book.7777', 'system.internalError');
    await send('archive.book.*');
    await reset('archive.book.*')
      .filter({ hasText: /1 error, \d{4} others/ })
      .waitFor({ timeout: 60_000 });
    await click(reset('archive.book.*'), 'archive.book.*');
    const frame = await report();
    await frame.locator('h1', { hasText: 'archive.book.*' }).first().waitFor();
    // Those that the client's subscription may have caused are not counted.
    const summary = frame.locator('.summary', { hasText: /of \d{4,5} were/ }).first();
    await summary.waitFor();
    const all = Number(/of (\d+) were/.exec(await summary.innerText())?.[1]);
    await frame
      .locator('.count', { hasText: `${all} requests` })
      .first()
      .waitFor();
    const top = await untilRows(frame, (found) => found[0]?.[0] === 'archive.book.7777');
    assert.ok(top.length < 100, `${top.length} rows are in the page`);
    const grid = frame.getByRole('grid', { name: 'Requests of the gateways' });
    assert.equal(await grid.getAttribute('aria-rowcount'), String(all + 1));
    await grid.focus();
    await workbench.page.keyboard.press('End');
    const last = frame.locator(`.lines [role=row][aria-rowindex="${all + 1}"]`);
    await last.waitFor();
    await workbench.screenshot('report-10000');
    await archive.stop();
  });

  it('follows a reset while it is observed, and shows the next one in the same page', async () => {
    service.silent.add('library.books');
    await send('library.>');
    await click(reset('library.>').first(), 'library.>');
    const frame = await report();
    await frame.locator('h1', { hasText: 'library.>' }).first().waitFor();
    const live = await untilRows(
      frame,
      (found) => found.length === 12 && found.filter(([, , , result]) => result === 'waiting').length === 3,
    );
    // In the order of arrival: gateways are numbered as they come, and requests stand as they were sent.
    assert.deepEqual([...new Set(live.map(([, , gateway]) => gateway))], ['1', '2', '3']);
    const sent = live.map((cells) => {
      const [, time, unit] = /^sent after .*?([\d.]+) (m?s)/.exec(cells.at(-1) ?? '') ?? [];
      return Number(time) * (unit === 's' ? 1000 : 1);
    });
    assert.ok(sent.every(Number.isFinite), JSON.stringify(live));
    assert.deepEqual(
      sent,
      [...sent].sort((one, other) => one - other),
    );
    const bar = frame.locator('.lines .mark.pending').first();
    const label = frame.locator('.lines [role=row] .cell.bar').first();
    assert.match((await label.getAttribute('aria-label')) ?? '', /^sent after/);
    const width = await bar.evaluate((mark) => mark.getBoundingClientRect().width);
    await until(
      async () => {
        const now = await bar.evaluate((mark) => mark.getBoundingClientRect().width);
        return now === width ? undefined : true;
      },
      () => `the bar to grow from ${width}`,
    );
    await untilRows(frame, (found) => found.slice(0, 3).every(([, , , result]) => result === 'no answer'));
    service.silent.clear();
    assert.equal(await workbench.page.getByRole('tab', { name: /^Reset: / }).count(), 1);
  });

  it('compares with the previous reset of the same patterns', async () => {
    await send('library.book.*');
    await click(refetched(), 'library.book.*');
    const frame = await report();
    await frame.getByText('Compare with previous').click();
    await frame.locator('h1', { hasText: 'Previous reset: library.book.*' }).waitFor();
    await frame.getByRole('grid', { name: 'Requests of the previous reset' }).waitFor();
    await workbench.screenshot('report-compare');
    await frame.getByText('End comparison').click();
    await frame.locator('h1', { hasText: 'Previous reset' }).waitFor({ state: 'hidden' });
  });

  it('says in its place what was not observed', async () => {
    await workbench.changeSettings({ 'res.verify.enabled': false });
    await send('library.unseen');
    await click(reset('library.unseen'), 'library.unseen');
    const frame = await report();
    await frame.locator('h1', { hasText: 'library.unseen' }).waitFor();
    await frame.locator('.gap', { hasText: 'was not observed' }).first().waitFor();
    await workbench.screenshot('report-not-observed');
    await workbench.changeSettings({ 'res.verify.enabled': true });
  });

  it('is there again, with its rows, when the window is loaded anew', async () => {
    await click(refetched(), 'library.book.*');
    const isThere = async (): Promise<void> => {
      const frame = await report();
      await frame.locator('h1', { hasText: 'library.book.*' }).first().waitFor();
      await untilRows(frame, ({ length }) => length === 9);
    };
    await isThere();
    await workbench.reloadByCommand();
    await isThere();
    // What it remembers outlives that it was brought back.
    await workbench.reloadByCommand();
    await isThere();
    await workbench.openContainer('RES');
  });

  it('stays open where it is to be kept', async () => {
    const frame = await report();
    await frame.getByText('Keep open').click();
    await click(reset('library.>').first(), 'library.>');
    await until(
      async () =>
        (await workbench.page.getByRole('tab', { name: /^Reset: / }).count()) === 2 ? true : undefined,
      () => 'a second report',
    );
  });

  it('is where a failure leads to', async () => {
    await nats.stop();
    await workbench.chooseFromMenu(reset('library.>').first(), 'Send again');
    const failure = /Reset of library\.> failed/;
    await workbench.untilNotification(failure);
    await workbench.pressInNotification(failure, 'Show Report');
    const frame = await report();
    await until(
      async () =>
        (await workbench.page.getByRole('tab', { name: 'Reset: library.>', selected: true }).count()) > 0
          ? true
          : undefined,
      () => 'the report of the failed reset',
    );
    await frame.locator('.state.bad', { hasText: 'Failed' }).first().waitFor();
    await frame.locator('.gap', { hasText: 'was not confirmed' }).first().waitFor();
    await workbench.screenshot('report-failed');
  });
});
