import assert from 'node:assert/strict';
import path from 'node:path';
import { until as eventually } from '../../integration/until';
import { openWithWitness, type WitnessedWindow } from '../historyWindows';

/** A file's entries that were sent an hour ago. */
const sentEarlier = (name: string, messages: readonly object[]) =>
  messages.map((message, at) => ({
    id: `${name}-${at}`,
    time: Date.now() - 3_600_000 + at,
    origin: 'command',
    message,
    connection: 'staging',
    state: { kind: 'published', server: 'nats' },
  }));
const fileOf = (lines: readonly object[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');

/** What is imported at the start. */
const earlier = sentEarlier('earlier', [
  { resources: ['library.book.*'], access: ['library.books'] },
  { access: ['library.>'] },
  { tids: ['12', '42'], subject: 'auth.library.renew' },
]);
/** No gateway would take the second: it is not sent. */
const broken = sentEarlier(
  'broken',
  ['stock.first', 'stock..broken', 'stock.last'].map((name) => ({ resources: [name] })),
);

describe('Several resets of the history', function () {
  this.timeout(60_000);
  let bus: WitnessedWindow['bus'];
  let workspace: WitnessedWindow['workspace'];
  let workbench: WitnessedWindow['workbench'];
  let published: WitnessedWindow['published'];
  let until: WitnessedWindow['until'];
  let stop: WitnessedWindow['stop'];

  before(async function () {
    this.timeout(180_000);
    const files = { 'earlier.jsonl': fileOf(earlier), 'broken.jsonl': fileOf(broken) };
    const settings = { 'res.verify.enabled': false };
    ({ bus, workspace, workbench, published, until, stop } = await openWithWitness(
      'system.>',
      files,
      settings,
    ));
    await importFile('earlier.jsonl');
    await workbench.untilNotification(/Imported 3 resets/);
  });

  after(() => stop());

  /** The rows of resets, top to bottom; those of one name where it is given. */
  const rows = (name = '') =>
    workbench.view('History').locator(`.monaco-list-row[aria-label^="Reset of ${name}"]`);
  const names = async (): Promise<string[]> =>
    (await workbench.treeRows('History')).flatMap(
      (row) => /^Reset of (.+?), (?:imported|published)/.exec(row)?.slice(1) ?? [],
    );
  const title = (text: string): Promise<void> =>
    workbench.page.locator('.quick-input-title', { hasText: text }).waitFor();
  const importFile = async (file: string): Promise<void> => {
    await workbench.runCommand('RES: Import history…');
    await title('Import history');
    await workbench.quickPick().press(file);
  };
  /** Chooses from the menu of a row: an item, or one of a submenu. */
  const choose = async (name: string, ...items: string[]): Promise<void> => {
    await rows(name).first().click({ button: 'right' });
    for (const item of items) await workbench.page.getByRole('menuitem', { name: item, exact: true }).hover();
    // A menu takes no click in the first moment that it is there.
    await workbench.page.keyboard.press('Enter');
    await workbench.page.getByRole('menu').first().waitFor({ state: 'hidden' });
  };
  const select = async (...all: string[]): Promise<void> => {
    for (const [at, name] of all.entries()) {
      const row = rows(name).first();
      await row.click({ modifiers: at === 0 ? [] : ['ControlOrMeta'] });
    }
  };
  /** What is in the clipboard, once it holds the text. */
  const copied = (part: string): Promise<string> =>
    eventually(
      async () => {
        const text: string = await workbench.page.evaluate('navigator.clipboard.readText()');
        return text.includes(part) ? text : undefined;
      },
      () => `a copy with ${part}`,
    );

  const books = 'library.book.*, access library.books';

  it('can be copied as what does the same elsewhere', async () => {
    const forms = {
      'Copy as message': '{"access":["library.>"]}',
      'Copy as go-res code': 's.Reset(nil, []string{"library.>"})',
      'Copy as C# code': 'service.Reset(null, new[] { "library.>" });',
      'Copy as JavaScript code': 'nc.publish("system.reset", JSON.stringify({ access: ["library.>"] }));',
    };
    for (const [item, text] of Object.entries(forms)) {
      await choose('access library.>', 'Copy as', item);
      assert.equal(await copied(text), text);
    }
    // A command must name its server, and nobody knows that of an imported one.
    await choose('access library.>', 'Copy as', 'Copy as nats pub command');
    await workbench.untilNotification(/Nothing was copied\. The command has no server to run on/);
    await select('access library.>', 'tokens 12 +1');
    await choose('tokens 12 +1', 'Copy as', 'Copy as go-res code');
    const both = await copied('TokenReset');
    assert.deepEqual(both.split('\n').sort(), [
      's.Reset(nil, []string{"library.>"})',
      's.TokenReset("auth.library.renew", "12", "42")',
    ]);
  });

  it('are sent again one after the other, in the order in which they were sent', async () => {
    await select('tokens 12 +1', books);
    await choose(books, 'Send again');
    await until(
      () => published.length >= 2,
      () => `two resets; so far ${published.join()}`,
    );
    await rows('tokens 12 +1').filter({ hasText: 'local' }).first().waitFor();
    assert.deepEqual(published, [
      '{"resources":["library.book.*"],"access":["library.books"]}',
      '{"tids":["12","42"],"subject":"auth.library.renew"}',
    ]);
    assert.deepEqual(await names(), ['tokens 12 +1', books, 'tokens 12 +1', 'access library.>', books]);
  });

  it('are exported, all or what the filter shows, and imported again', async () => {
    const exportTo = async (file: string, choice?: RegExp): Promise<readonly { id: string }[]> => {
      await workbench.runCommand('RES: Export history…');
      if (choice) {
        const entry = workbench.page
          .locator('.quick-input-list .monaco-list-row')
          .filter({ hasText: choice });
        await entry.click();
      }
      await title('Export history');
      await workbench.page.waitForFunction(
        `document.querySelector('.quick-input-widget input.input')?.value.endsWith('res-history.jsonl')`,
      );
      await workbench.quickPick().type(path.join(workspace.path, file));
      await workbench.quickPick().accept();
      await workbench.untilNotification(new RegExp(`Exported .* to .*${file}`));
      return (await workspace.read(file))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { id: string });
    };
    const all = await exportTo('all.jsonl');
    assert.equal(all.length, 5);
    assert.deepEqual(
      all.slice(0, 3).map(({ id }) => id),
      earlier.map(({ id }) => `imported:${id}`),
    );

    await workbench.runCommand('RES: Filter history…');
    await title('Filter history');
    await workbench.quickPick().press('Imported');
    await workbench.quickPick().accept();
    await workbench.view('History').getByText('3 of 5: imported').waitFor();
    assert.deepEqual(await exportTo('shown.jsonl', /Filtered resets \(3\)/), all.slice(0, 3));
    assert.deepEqual(await exportTo('again.jsonl', /All resets \(5\)/), all);
    await workbench.runCommand('RES: Show all in history');

    await workbench.runCommand('RES: Clear history');
    await workbench.untilNotification(/Cleared 5 resets/);
    await rows().first().waitFor({ state: 'hidden' });
    await importFile('all.jsonl');
    await workbench.untilNotification(/Imported 5 resets/);
    await rows('tokens 12 +1').nth(1).waitFor();
    assert.equal((await names()).length, 5);
    await importFile('shown.jsonl');
    await workbench.untilNotification(/3 resets were already there/);
    assert.equal((await names()).length, 5);
  });

  it('are pinned together, unpinned one by one, and cleared only when that is asked for again', async () => {
    await select('access library.>', books);
    await choose('access library.>', 'Pin in history');
    await workbench.treeRow('History', 'Pinned').waitFor();
    // The menu of a row that is not among those that are selected is meant for it alone.
    await select('tokens 12 +1');
    await choose(books, 'Unpin in history');
    await workbench.view('History').locator('.monaco-list-row[aria-label^="Pinned, 1 reset"]').waitFor();

    await workbench.runCommand('RES: Clear history');
    await workbench.untilNotification(/1 pinned reset was kept/);
    await rows(books).first().waitFor({ state: 'hidden' });
    assert.deepEqual(await names(), ['access library.>']);
    await workbench.runCommand('RES: Clear history');
    await workbench.untilNotification(/Only 1 pinned reset is left/);
    assert.deepEqual(await names(), ['access library.>'], 'it was not asked for again');
    await workbench.pressInNotification(/Only 1 pinned reset is left/, 'Clear Pinned Too');
    await rows().first().waitFor({ state: 'hidden' });
    await workbench.pressInNotification(/Cleared 1 pinned reset/, 'Undo');
    await workbench.treeRow('History', 'Pinned').waitFor();
    await workbench.runCommand('RES: Undo removal from history');
    await rows('tokens 12 +1').nth(1).waitFor();
    assert.equal((await names()).length, 5);
  });

  it('are removed together, and brought back together', async () => {
    const before = await names();
    await select('tokens 12 +1', books);
    await workbench.page.keyboard.press('Delete');
    await workbench.untilNotification(/Removed 2 resets/);
    await shows(3);
    await workbench.pressInNotification(/Removed 2 resets/, 'Undo');
    await shows(5);
    assert.deepEqual(await names(), before);
  });

  it('are not sent again beyond the first that is not published, and a message says so', async () => {
    const toldBefore = (await workbench.notifications()).length;
    await importFile('broken.jsonl');
    await workbench.untilNotification(/Imported 3 resets/, toldBefore);
    const sentBefore = published.length;
    await select('stock.first', 'stock..broken', 'stock.last');
    await choose('stock.last', 'Send again');
    await workbench.untilNotification(
      /Sent 1 of 3 resets again\. The next one was not published, so the rest were not sent/,
    );
    await bus.flush();
    assert.deepEqual(published.slice(sentBefore), ['{"resources":["stock.first"]}']);
  });

  const shows = async (count: number): Promise<void> => {
    await rows().nth(count).waitFor({ state: 'hidden' });
    await rows()
      .nth(count - 1)
      .waitFor();
  };
});
