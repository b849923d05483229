import assert from 'node:assert/strict';
import { startNatsServer } from '../../host/natsServer';
import { openWorkbench } from '../../host/workbench';
import { makeWorkspace } from '../../host/workspace';
import { changeAndSave, startWitness, untilStatus } from '../recoveryParts';

const settings = (url: string): Readonly<Record<string, unknown>> => ({
  'res.connections': [{ name: 'local', servers: [url] }],
  'res.resetOnRestart': [{ run: '*', services: ['library'] }],
  'res.resetOnReconnect': true,
  'res.resetOnSave': [{ files: '*.json', resources: ['library.book.${fileBasenameNoExtension}'] }],
  'files.autoSave': 'off',
});
const files = { '1.json': '{}', '*a.b.json': '{}', 'service.js': serviceCode() };

describe('An untrusted workspace with every automatic setting on', function () {
  this.timeout(90_000);

  it('sends nothing, as a subscriber on the bus sees', async function () {
    this.timeout(180_000);
    let nats = await startNatsServer();
    const { bus, resets } = await startWitness(nats.url);
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
      await nats.kill();
      await untilStatus(workbench, 'reconnecting to own');
      nats = await startNatsServer({ port: nats.port });
      await untilStatus(workbench, 'RES connection: connected to own');
      await bus.flush();
      await changeAndSave(workbench, '1.json');
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
