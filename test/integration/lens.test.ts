import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { commands, ConfigurationTarget, workspace } from 'vscode';
import { newestReset, storedResets } from './editorData';
import { lensCases } from './lensCases';
import { edit, lensesOf, lensTitles, openSource, revertAndClose, testFolder, writeSource } from './lensView';
import { listenToResets } from './resetBus';
import { setSettings } from './settings';

describe('The code lenses', function () {
  this.timeout(30_000);
  const cleanUp: (() => unknown)[] = [];

  afterEach(async () => {
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    for (const step of cleanUp.splice(0).reverse()) await step();
    for (const { file } of lensCases)
      await rm(path.join(testFolder(), path.dirname(file)), { recursive: true, force: true });
  });

  for (const { name, file, code, lenses } of lensCases) {
    it(`are right for ${name}`, async () => {
      await writeSource(file, code);
      const shown = await lensesOf(await openSource(file));
      const lines = code.split('\n');
      assert.deepEqual(
        shown.map(({ line, title, message }) => [line, title, message]),
        lenses.map(([on, title, message]) => {
          const line = lines.findIndex((text) => text.includes(on)) + 1;
          assert.equal(lines.filter((text) => text.includes(on)).length, 1, on);
          return [line, title, message];
        }),
      );
    });
  }

  const cinema = lensCases.find(({ file }) => file.startsWith('cinema'));
  const shop = lensCases.find(({ file }) => file.startsWith('shop'));
  assert.ok(cinema && shop);
  const service = 'Reset cinema.>';

  it('can be switched off for services and for handlers, live', async () => {
    await writeSource(cinema.file, cinema.code);
    const document = await openSource(cinema.file);
    const all = await lensTitles(document);
    assert.ok(all.length > 2 && all[0] === service, all.join());
    const noServices = await setSettings({ 'res.codeLens.services': false });
    cleanUp.push(noServices);
    assert.deepEqual(await lensTitles(document), all.slice(1));
    cleanUp.push(await setSettings({ 'res.codeLens.handlers': false }));
    assert.deepEqual(await lensTitles(document), []);
    await noServices();
    assert.deepEqual(await lensTitles(document), [service]);
  });

  it('can be switched off for one folder', async () => {
    await writeSource(cinema.file, cinema.code);
    const document = await openSource(cinema.file);
    const ofFolder = workspace.getConfiguration('res', document.uri);
    cleanUp.push(() => ofFolder.update('codeLens.handlers', undefined, ConfigurationTarget.WorkspaceFolder));
    await ofFolder.update('codeLens.handlers', false, ConfigurationTarget.WorkspaceFolder);
    assert.deepEqual(await lensTitles(document), [service]);
  });

  it('follow what is typed before it is saved', async () => {
    await writeSource(shop.file, shop.code);
    const document = await openSource(shop.file);
    await edit(document, '"items"', '"wares.$id"');
    const titles = await lensTitles(document);
    assert.ok(titles.includes('Reset shop.wares.*') && !titles.includes('Reset shop.items'), titles.join());
    assert.ok(document.isDirty);
    await edit(document, '"shop"', '"store"');
    assert.ok((await lensTitles(document)).every((title) => title.includes('store.')));
  });

  it('stay while an edit has left the code broken', async () => {
    for (const { file, code } of [shop, cinema]) {
      await writeSource(file, code);
      const document = await openSource(file);
      const before = await lensesOf(document);
      const at = file === shop.file ? '\ts.Handle("door"' : "nc.subscribe('access.cinema.>')";
      for (const typed of ['if (', 'x == ', '[ "']) {
        await edit(document, at, `${typed}\n${at}`);
        const now = await lensesOf(document);
        assert.deepEqual(
          now.map(({ title }) => title),
          before.map(({ title }) => title),
          `${file} after ${typed}`,
        );
        const last = before.length - 1;
        assert.equal(now[last]?.line, (before[last]?.line ?? 0) + 1, 'they move with their code');
        await edit(document, `${typed}\n${at}`, at);
      }
      await revertAndClose(document);
    }
  });

  it('send what they name when they are pressed, once, and stand in the history as such', async () => {
    const natsUrl = process.env['RES_TEST_NATS'] ?? '';
    const connections = [{ name: 'main', servers: [natsUrl] }];
    cleanUp.push(await setSettings({ 'res.connections': connections, 'res.verify.enabled': false }));
    cleanUp.push(() => commands.executeCommand('res.disconnect'));
    const bus = await listenToResets(natsUrl);
    cleanUp.push(() => bus.close());
    await writeSource(cinema.file, cinema.code);
    const [ofService, , ofHandler] = await lensesOf(await openSource(cinema.file));
    for (const { lens } of [ofService, ofHandler].filter((each) => each !== undefined)) {
      const before = await storedResets();
      assert.ok(lens.command);
      await commands.executeCommand(lens.command.command, ...((lens.command.arguments ?? []) as unknown[]));
      const { origin, state } = await newestReset(before.length);
      assert.deepEqual([origin, state.kind], ['codeLens', 'published']);
    }
    assert.deepEqual(await bus.resets(), [
      { resources: ['cinema.>'], access: ['cinema.>'] },
      { resources: ['cinema.film.*'] },
    ]);
  });
});
