import assert from 'node:assert/strict';
import { connect, type NatsConnection } from 'nats';
import { startNatsServer } from '../../host/natsServer';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace } from '../../host/workspace';

const settings = (url: string): Readonly<Record<string, unknown>> => ({
  'res.connections': [{ name: 'local', servers: [url] }],
  'res.resetOnRestart': true,
  'res.resetOnSave': [{ files: '*.json', resources: ['library.book.${fileBasenameNoExtension}'] }],
  'files.autoSave': 'off',
});
const files = { '1.json': '{}', '*a.b.json': '{}', 'service.js': serviceCode() };

/** Somebody on the bus who sees every reset. */
async function witness(url: string): Promise<{ bus: NatsConnection; resets: string[] }> {
  const bus = await connect({ servers: url });
  const resets: string[] = [];
  bus.subscribe('system.reset', { callback: (_error, message) => resets.push(message.string()) });
  await bus.flush();
  return { bus, resets };
}

async function edit(workbench: Workbench, file: string): Promise<void> {
  await workbench.openFile(file);
  await workbench.page.locator('.monaco-editor .view-lines').first().click();
  await workbench.typeInEditor(' ');
  await workbench.page.keyboard.press('ControlOrMeta+S');
  await workbench.page.locator('.tab.active:not(.dirty)').waitFor();
}

describe('An untrusted workspace with every automatic setting on', function () {
  this.timeout(90_000);

  it('sends nothing, as a subscriber on the bus sees', async function () {
    this.timeout(180_000);
    const nats = await startNatsServer();
    const { bus, resets } = await witness(nats.url);
    const workspace = await makeWorkspace({ files, settings: settings(nats.url) });
    const workbench = await openWorkbench({
      workspace,
      restricted: true,
      settings: { 'res.connections': [{ name: 'own', servers: [nats.url] }] },
    });
    try {
      await workbench.statusBarItem(/Restricted Mode/).waitFor();
      await workbench.runCommand('RES: Reset resources');
      await workbench.quickPick().type('mine.only');
      await workbench.quickPick().accept();
      await workbench.statusBarItem(/Reset: /).waitFor();
      await workbench.runCommand('RES: Turn on automatic resets');
      await edit(workbench, '1.json');
      await workbench.runCommand('RES: Reset resources');
      await workbench.quickPick().type('mine.last');
      await workbench.quickPick().accept();
      await workbench.statusBarItem(/mine\.last/).waitFor();
      await bus.flush();
      assert.deepEqual(resets, ['{"resources":["mine.only"]}', '{"resources":["mine.last"]}']);
    } finally {
      await workbench.close();
      await bus.close();
      await nats.stop();
      await workspace.remove();
    }
  });
});

function serviceCode(): string {
  return `import { connect, JSONCodec } from 'nats';
const nc = await connect({ servers: process.env.NATS_URL });
nc.subscribe('get.library.book.*', { callback: (_, message) => message.respond(JSONCodec().encode({})) });
`;
}
