import assert from 'node:assert/strict';
import type { NatsConnection } from 'nats';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { openWorkbench, type Workbench } from '../../host/workbench';
import { makeWorkspace, type Workspace } from '../../host/workspace';
import { until } from '../../integration/until';
import { changeAndSave, startLibrary, startWitness, untilStatus, type Witness } from '../recoveryParts';

const libraryReset = '{"resources":["library.>"]}';

describe('Resets that a person decides about', function () {
  this.timeout(90_000);
  let nats: NatsServer;
  let witness: Witness;
  let library: NatsConnection;
  let workspace: Workspace;
  let workbench: Workbench;

  const untilReset = (known: number): Promise<string[]> =>
    until(
      () => (witness.resets.length > known ? witness.resets.slice(known) : undefined),
      () => `a reset after ${known} others`,
      30_000,
    );
  /** NATS is killed, and is there again. */
  const restartNats = async (): Promise<void> => {
    await nats.kill();
    await untilStatus(workbench, 'RES connection: reconnecting to local');
    nats = await startNatsServer({ port: nats.port });
    await untilStatus(workbench, 'RES connection: connected to local');
  };

  before(async function () {
    this.timeout(180_000);
    nats = await startNatsServer();
    witness = await startWitness(nats.url);
    library = await startLibrary(nats.url);
    workspace = await makeWorkspace({
      files: {
        'service.js': serviceCode,
        'books/1.json': '{}',
      },
      settings: {
        'res.connections': [
          { name: 'local', servers: [nats.url] },
          { name: 'guarded', servers: [nats.url], protected: true },
        ],
        'res.resetOnSave': [
          { files: 'books/*.json', resources: ['library.book.${fileBasenameNoExtension}'] },
        ],
        'files.autoSave': 'off',
      },
    });
    workbench = await openWorkbench({ workspace });
    await workbench.choose('RES: Connect…', 'local');
    await untilStatus(workbench, 'RES connection: connected to local');
  });

  after(async () => {
    await workbench.close();
    await library.close();
    await witness.bus.close();
    await nats.stop();
    await workspace.remove();
  });

  const away = /was lost and is back\. No reset of library was seen since then/;

  it('are offered once NATS is back, and sent at the press of the button', async () => {
    await restartNats();
    await workbench.untilNotification(away);
    assert.deepEqual(witness.resets, []);
    await workbench.pressInNotification(away, 'Reset Its Resources');
    assert.deepEqual(await untilReset(0), [libraryReset]);
  });

  it('come by themselves when NATS is back another time, once a person wants that always', async () => {
    const shown = (await workbench.notifications()).length;
    await restartNats();
    await workbench.untilNotification(away, shown);
    await workbench.pressInNotification(away, 'Always');
    assert.deepEqual(await untilReset(1), [libraryReset]);
    assert.match(await workspace.read('.vscode/settings.json'), /"res\.resetOnReconnect": true/);
    const all = (await workbench.notifications()).length;
    await restartNats();
    assert.deepEqual(await untilReset(2), [libraryReset]);
    assert.deepEqual((await workbench.notifications()).slice(all), []);
  });

  it('are offered, not sent, on a protected connection', async () => {
    await workbench.choose('RES: Connect…', 'guarded');
    await untilStatus(workbench, 'RES connection: connected to guarded');
    await changeAndSave(workbench, 'books/1.json');
    const offer = /library\.book\.1 was not reset automatically/;
    await workbench.untilNotification(offer);
    await witness.bus.flush();
    assert.equal(witness.resets.length, 3);
    await workbench.pressInNotification(offer, 'Reset…');
    assert.equal(witness.resets.length, 3);
    await workbench.dialog().getByRole('button', { name: 'Reset', exact: true }).click();
    assert.deepEqual(await untilReset(3), ['{"resources":["library.book.1"]}']);
  });
});

const serviceCode = `import { connect } from 'nats';
const nats = await connect({ servers: process.env.NATS_URL });
nats.subscribe('get.library.book.*', { callback: (_error, message) => message.respond('{}') });
`;
