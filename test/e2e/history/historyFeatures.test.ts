import assert from 'node:assert/strict';
import type { QuickPick } from '../../host/quickPick';
import type { Theme } from '../../host/workbench';
import { openWithWitness, type WitnessedWindow } from '../historyWindows';

/** A day ago, when what the imported file tells of happened. */
const yesterday = Date.now() - 24 * 3_600_000;
const fromElsewhere = [
  {
    id: 'a',
    time: yesterday,
    origin: 'command',
    message: { resources: ['inventory.>'] },
    connection: 'staging',
    state: { kind: 'failed', problem: { what: 'The server is gone' } },
  },
  {
    id: 'b',
    time: yesterday + 1000,
    origin: 'codeLens',
    message: { access: ['inventory.item.*'] },
    connection: 'staging',
    state: { kind: 'published', server: 'nats' },
    label: 'After the deploy',
  },
];

describe('The history', function () {
  this.timeout(60_000);
  let nats: WitnessedWindow['nats'];
  let workbench: WitnessedWindow['workbench'];
  let published: WitnessedWindow['published'];
  let until: WitnessedWindow['until'];
  let stop: WitnessedWindow['stop'];

  before(async function () {
    this.timeout(180_000);
    const lines = [...fromElsewhere, { id: 'c' }].map((line) => JSON.stringify(line));
    const files = { 'elsewhere.jsonl': `${lines.join('\n')}\n` };
    ({ nats, workbench, published, until, stop } = await openWithWitness('system.reset', files));
  });

  after(() => stop());

  const untilPublished = (count: number): Promise<void> =>
    until(
      () => published.length >= count,
      () => `${count} resets, so far ${published.join()}`,
    );
  const row = (text: string | RegExp) => workbench.treeRow('History', text);
  /** The input of a command, once it is the one that is open. */
  const inputTitled = async (title: string): Promise<QuickPick> => {
    await workbench.page.locator('.quick-input-title', { hasText: title }).waitFor();
    return workbench.quickPick();
  };
  /** The row of a reset, not those of its details. */
  const reset = (name: string) =>
    workbench.view('History').locator(`.monaco-list-row[aria-label^="Reset of ${name},"]`).first();
  /** The names of the groups and the resets, top to bottom, without the rows of their details. */
  const names = (): Promise<string[]> =>
    workbench
      .view('History')
      .locator('.monaco-list-row:is([aria-level="1"], [aria-level="2"])')
      .evaluateAll((rows) =>
        rows
          .sort((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')))
          .map((row) => row.getAttribute('aria-label')?.replace('Reset of ', '').split(',', 1)[0] ?? ''),
      );

  it('says that there is nothing to repeat before anything was sent', async () => {
    await workbench.runCommand('RES: Repeat last reset');
    await workbench.untilNotification(/Nothing to repeat: no reset was sent from this workspace/);
    assert.deepEqual(published, []);
  });

  it('repeats the last reset, by whatever way it was sent', async () => {
    for (const pattern of ['library.>', 'library.book.*']) {
      await workbench.runCommand('RES: Reset resources');
      const pick = await inputTitled('Reset resources on local');
      await pick.type(pattern);
      await pick.entry(pattern).first().waitFor();
      await pick.accept();
      await reset(pattern).filter({ hasText: 'no gateway reacted' }).waitFor();
    }
    await workbench.runCommand('RES: Repeat last reset');
    await untilPublished(3);
    assert.deepEqual(published.slice(1), Array(2).fill('{"resources":["library.book.*"]}'));
    await reset('library.book.*').filter({ hasText: 'history' }).filter({ hasText: 'no gateway' }).waitFor();
  });

  it('takes in what was exported elsewhere, marked, by day, and reports the line that holds nothing', async () => {
    await workbench.runCommand('RES: Import history…');
    const pick = await inputTitled('Import history');
    await pick.press('elsewhere.jsonl');
    const told = await workbench.untilNotification(/Imported 2 resets/);
    assert.match(told, /Line 3 was skipped: it is not a reset/);
    await reset('After the deploy').filter({ hasText: 'imported' }).waitFor();
    assert.deepEqual(await names(), [
      'Today',
      'library.book.*',
      'library.book.*',
      'library.>',
      'Yesterday',
      'After the deploy',
      'inventory.>',
    ]);
  });

  it('shows only what the filter asks for, says so, and all again', async () => {
    await workbench.runCommand('RES: Filter history…');
    const pick = await inputTitled('Filter history');
    await pick.type('inventory.item.7');
    await reset('library.>').waitFor({ state: 'hidden' });
    assert.deepEqual(await names(), ['Yesterday', 'After the deploy', 'inventory.>']);
    await pick.press('Failed');
    await reset('After the deploy').waitFor({ state: 'hidden' });
    await pick.accept();
    await pick.closed();
    await workbench.view('History').getByText('1 of 5: failed · “inventory.item.7”').waitFor();
    await pictures('history-filtered');
    await workbench.runCommand('RES: Show all in history');
    await reset('library.>').waitFor();
    assert.equal((await names()).length, 7);
  });

  it('keeps what is pinned when it is cleared, and brings back the rest', async () => {
    await workbench.chooseFromMenu(reset('library.>'), 'Pin in history');
    await row('Pinned').waitFor();
    await reset('library.>').click();
    await workbench.page.keyboard.press('F2');
    const label = await inputTitled('Label library.>');
    await label.type('before the deploy');
    await label.accept();
    await reset('before the deploy').waitFor();
    const before = await names();

    await workbench.runCommand('RES: Clear history');
    const cleared = await workbench.untilNotification(/Cleared 4 resets/);
    assert.match(cleared, /1 pinned reset was kept/);
    await row('Today').waitFor({ state: 'hidden' });
    assert.deepEqual(await names(), ['Pinned', 'before the deploy']);
    await workbench.pressInNotification(/Cleared 4 resets/, 'Undo');
    await row('Today').waitFor();
    assert.deepEqual(await names(), before);
    await pictures('history-pinned');
  });

  it('forgets one by the Delete key, and brings it back by a command', async () => {
    await reset('inventory.>').click();
    await workbench.page.keyboard.press('Delete');
    await reset('inventory.>').waitFor({ state: 'hidden' });
    await workbench.runCommand('RES: Undo removal from history');
    await reset('inventory.>').waitFor();
  });

  it('lets a reset be edited, checked while it is typed, and sent', async () => {
    const count = published.length;
    await workbench.runCommand('RES: Edit and send…');
    const pick = await inputTitled('Edit and send');
    await pick.type('before the deploy');
    await pick.accept();
    await inputTitled('resources');
    assert.equal(await pick.typed(), 'library.>');
    await pick.type('library..x');
    await pick.untilMessage(/empty/);
    await pick.accept();
    await pick.type('library.books');
    await workbench.screenshot('history-edit');
    await pick.accept();
    await inputTitled('access');
    await pick.type('library.>');
    await pick.accept();
    await untilPublished(count + 1);
    assert.equal(published.at(-1), '{"resources":["library.books"],"access":["library.>"]}');
    await reset('library.books').filter({ hasText: 'no gateway reacted' }).waitFor();
  });

  it('gives a reset as a nats command that names its server, to be pasted', async () => {
    await workbench.runCommand('RES: Copy reset as…');
    const pick = await inputTitled('Copy reset as…');
    await pick.type('library.books, access');
    await pick.entry('library.books, access library.>').waitFor();
    await pick.accept();
    await pick.entry('nats pub command').waitFor();
    await pick.press('nats pub command');
    await workbench.statusBarItem(/Copied/).waitFor();
    assert.equal(
      await workbench.page.evaluate('navigator.clipboard.readText()'),
      `nats pub --server ${nats.url} system.reset '{"resources":["library.books"],"access":["library.>"]}'`,
    );
  });

  async function pictures(name: string): Promise<void> {
    const themes: Theme[] = ['light', 'dark'];
    for (const theme of themes) {
      await workbench.useTheme(theme);
      await workbench.screenshot(`${name}-${theme}`);
    }
  }
});
