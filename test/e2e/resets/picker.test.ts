import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import type { QuickPick, QuickPickEntry } from '../../host/quickPick';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';
import { listenToResets, type ResetBus } from '../../integration/resetBus';
import { until } from '../../integration/until';

describe('The picker of “Reset resources”', function () {
  this.timeout(30_000);
  let nats: NatsServer;
  let bus: ResetBus;
  let workspace: Workspace;
  let workbench: Workbench;
  let pick: QuickPick;
  let sent = 0;

  before(async function () {
    this.timeout(180_000);
    nats = await startNatsServer();
    bus = await listenToResets(nats.url);
    workspace = await makeWorkspace({
      files: { 'service.js': serviceCode, 'client.js': clientCode },
      settings: {
        'res.connections': [{ name: 'local', servers: [nats.url] }],
        'res.verify.enabled': false,
      },
    });
    workbench = await openWorkbench({ workspace });
    pick = workbench.quickPick();
  });

  beforeEach(async () => {
    sent = (await bus.resets()).length;
    await workbench.runCommand('RES: Reset resources');
    await pick.entry('library.>').waitFor();
  });

  afterEach(async () => {
    if ((await pick.entries()).length > 0) await pick.cancel();
  });

  after(async () => {
    await workbench.close();
    await bus.close();
    await nats.stop();
    await workspace.remove();
  });

  const labels = async (): Promise<string[]> => (await pick.entries()).map(({ label }) => label);
  const entry = async (label: string): Promise<QuickPickEntry> => {
    await pick.entry(label).first().waitFor();
    const found = (await pick.entries()).find((each) => each.label === label);
    assert.ok(found);
    return found;
  };
  /** The one reset that was sent since the test began. */
  const reset = async (): Promise<unknown> => {
    await pick.closed();
    const [message, ...others] = await until(
      async () => {
        const news = (await bus.resets()).slice(sent);
        return news.length > 0 ? news : undefined;
      },
      () => 'a reset on the bus',
    );
    assert.deepEqual(others, []);
    return message;
  };

  it('offers services first, then patterns, then names, with place and count', async () => {
    assert.deepEqual(await labels(), [
      'cinema.>',
      'library.>',
      'cinema.film.*',
      'library.book.*',
      'cinema',
      'cinema.films',
      'library.book.1',
      'library.book.2',
      'library.books',
    ]);
    assert.equal((await entry('library.>')).description, 'service.js:3 · matches 3 known resources');
    assert.match((await entry('cinema.>')).description, /^with cinema · service\.js:5 · matches 2 known/);
    assert.equal((await entry('library.book.*')).description, 'service.js:4 · matches 2 known resources');
    assert.equal((await entry('library.books')).description, 'service.js:3');
    assert.equal((await entry('library.book.2')).description, 'used in client.js:4');
  });

  it('completes what is typed part by part, and Enter takes the part', async () => {
    await pick.type('lib');
    assert.match((await entry('library.')).description, /keep typing/);
    await pick.type('library.');
    await pick.entry('library.book.').waitFor();
    assert.ok((await labels()).includes('library.books'));
    assert.ok(!(await labels()).some((label) => label.startsWith('cinema')));
    await pick.press('library.book.');
    await pick.entry('library.book.>').waitFor();
    assert.equal(await pick.typed(), 'library.book.');
    assert.ok((await labels()).includes('library.book.1'));
    assert.equal((await bus.resets()).length, sent);
  });

  it('takes the service after three letters and Enter', async () => {
    await pick.type('cin');
    await pick.entry('cinema.>').waitFor();
    await pick.accept();
    assert.deepEqual(await reset(), { resources: ['cinema', 'cinema.>'] });
  });

  it('offers what is typed as its own first entry, with a wildcard too, and sends it', async () => {
    await pick.type('library.b*');
    await pick.type('library.*.2');
    await pick.entry('library.*.2').waitFor();
    const [first] = await pick.entries();
    assert.equal(first?.label, 'library.*.2');
    assert.equal(first.description, 'as typed · matches 1 known resource');
    await pick.accept();
    assert.deepEqual(await reset(), { resources: ['library.*.2'] });
  });

  it('offers a name that nobody knows as its own entry', async () => {
    await pick.type('garden.bed.7');
    const own = await entry('garden.bed.7');
    assert.equal(own.description, 'as typed · matches no known resources');
    await pick.accept();
    assert.deepEqual(await reset(), { resources: ['garden.bed.7'] });
  });

  for (const [typed, why] of [
    ['library..x', /empty/],
    ['library.b*', /\*/],
    ['library.>.x', />/],
    ['library.a b', /space|position/i],
    ['library.books?x=1', /\?|query/i],
  ] as const) {
    it(`says why “${typed}” is no pattern, and Enter does nothing`, async () => {
      await pick.type(typed);
      const row = workbench.page.locator('.quick-input-list .monaco-list-row');
      await row.filter({ hasText: `“${typed}” is not a pattern` }).waitFor();
      assert.match(await row.innerText(), why);
      await pick.accept();
      // What is pressed after Enter arrives after it: the picker is still there to take it.
      await pick.type('library.books');
      await pick.entry('library.books').waitFor();
      assert.equal((await bus.resets()).length, sent);
    });
  }

  it('keeps several that are chosen by Space and mouse while the text changes', async () => {
    await pick.type('film');
    await pick.entry('cinema.film.*').waitFor();
    await workbench.page.getByRole('button', { name: /^Select several/ }).click();
    await pick.press('cinema.film.*');
    await pick.entry('cinema.film.*').and(workbench.page.locator('[aria-checked="true"]')).waitFor();
    await pick.type('library.books');
    await pick.entry('library.books').waitFor();
    assert.equal((await entry('cinema.film.*')).ticked, true);
    await pick.type('book.1');
    await pick.entry('library.book.1').waitFor();
    await pick.press('library.book.1');
    await pick.type('');
    await pick.entry('library.>').waitFor();
    const ticked = (await pick.entries()).filter((each) => each.ticked).map(({ label }) => label);
    assert.deepEqual(ticked, ['cinema.film.*', 'library.book.1']);
    await pick.accept();
    assert.deepEqual(await reset(), { resources: ['cinema.film.*', 'library.book.1'] });
  });

  it('sends the row that is clicked, where several are not asked for', async () => {
    await pick.type('film');
    await pick.entry('cinema.film.*').first().waitFor();
    await pick.press('cinema.film.*');
    assert.deepEqual(await reset(), { resources: ['cinema.film.*'] });
  });

  /** The row in which the keyboard is, by its whole label. */
  const focused = (label: string): Locator =>
    pick.entry(label).and(workbench.page.locator('.focused')).first();

  /** Goes down to a row; each key is pressed when the one before it has moved the focus. */
  const goDownTo = async (label: string): Promise<void> => {
    const active = workbench.page.locator('.quick-input-list .monaco-list-row.focused');
    await pick.entry(label).first().waitFor();
    while ((await focused(label).count()) === 0) {
      const before = await active.getAttribute('data-index');
      await workbench.page.keyboard.press('ArrowDown');
      await active.and(workbench.page.locator(`:not([data-index="${before ?? ''}"])`)).waitFor();
    }
  };

  it('keeps text, ticks and active row while it changes between one and several', async () => {
    const { keyboard } = workbench.page;
    await pick.type('library.book');
    // The rows for the text, and not those before it.
    await pick.entry('library.book').first().waitFor();
    await goDownTo('library.book.2');
    const [boxes, options] = ['[role="checkbox"]', '[role="option"]'];
    const shown = (as: string) => focused('library.book.2').and(workbench.page.locator(as)).waitFor();
    await keyboard.press('Control+Enter');
    await shown(boxes);
    // The keyboard goes from the text into the rows: only there is Space a tick.
    await keyboard.press('ArrowUp');
    await focused('library.book.1').waitFor();
    await keyboard.press('ArrowDown');
    await shown(boxes);
    await keyboard.press('Space');
    await shown(`${boxes}[aria-checked="true"]`);
    await keyboard.press('Control+Enter');
    await shown(options);
    assert.equal(await pick.typed(), 'library.book');
    await keyboard.press('Control+Enter');
    await shown(`${boxes}[aria-checked="true"]`);
    await pick.accept();
    assert.deepEqual(await reset(), { resources: ['library.book.2'] });
  });

  it('finds by the beginnings of words, and by words with spaces between them', async () => {
    await pick.type('lbook1');
    await pick.entry('library.book.1').first().waitFor();
    await pick.type('c.fil');
    await pick.entry('cinema.film.*').first().waitFor();
    await pick.type('cin fil');
    await pick.entry('cinema.film.*').first().waitFor();
    await pick.accept();
    const message = (await reset()) as { resources: string[] };
    assert.deepEqual(message, { resources: ['cinema.film.*'] });
  });

  it('takes the next part by → at the end of the text, and moves in the text elsewhere', async () => {
    await pick.type('lib');
    await pick.entry('library.>').waitFor();
    await pick.key('ArrowRight');
    await pick.entry('library.book.').waitFor();
    assert.equal(await pick.typed(), 'library.');
    await pick.key('Home');
    await pick.key('ArrowRight');
    await workbench.page.keyboard.type('x');
    await pick.entry('lxibrary.>').waitFor();
    assert.equal(await pick.typed(), 'lxibrary.');
  });

  it('begins with what was reset before', async () => {
    const [first] = await pick.entries();
    assert.equal(first?.label, 'cinema.film.*');
    await pick.accept();
    assert.deepEqual(await reset(), { resources: ['cinema.film.*'] });
  });

  it('names the connection and its server', async () => {
    const title = await workbench.page.locator('.quick-input-title').innerText();
    assert.match(title, /^Reset resources on local \(nats:\/\/127\.0\.0\.1:\d+\) — \{/);
  });

  it('can be used with the keyboard alone', async () => {
    await pick.type('library.book');
    // The rows for the text, and not those before it.
    await pick.entry('library.book').first().waitFor();
    await goDownTo('library.book.1');
    await workbench.page.keyboard.press('Enter');
    assert.deepEqual(await reset(), { resources: ['library.book.1'] });
  });

  it('sends nothing when it is closed with Escape', async () => {
    await pick.type('library.books');
    await pick.cancel();
    assert.equal((await bus.resets()).length, sent);
  });
});

const serviceCode = `import { connect } from 'nats';
const nc = await connect();
nc.subscribe('get.library.books');
nc.subscribe('get.library.book.*');
nc.subscribe('get.cinema.films');
nc.subscribe('get.cinema');
nc.subscribe('get.cinema.film.*');
`;

const clientCode = `import ResClient from 'resclient';
const client = new ResClient('ws://localhost:8080');
await client.get('library.book.1');
await client.get('library.book.2');
`;
