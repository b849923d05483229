import assert from 'node:assert/strict';
import { ConnectionController } from '../../../src/connections/connectionController';
import type { KnownProfile } from '../../../src/connections/connectionService';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { playedPorts } from '../../unit/connections/controllerSetup';
import { createService, profileOf, stateWhere } from '../natsSetup';

describe('a connection whose profile changes where it stands', function () {
  this.timeout(20_000);
  let first: NatsServer;
  let second: NatsServer;
  const service = createService();
  const profiles = new Map<string, KnownProfile>();
  const controller = new ConnectionController(service, playedPorts(profiles));
  const change = (now: KnownProfile): void => {
    profiles.set(now.id, now);
    controller.applyChange();
  };

  before(async () => {
    [first, second] = await Promise.all([
      startNatsServer({ args: ['--name', 'first'] }),
      startNatsServer({ args: ['--name', 'second'] }),
    ]);
  });
  beforeEach(async () => {
    change(profileOf({ servers: first.url }));
    assert.equal((await controller.use('test')).kind, 'connected');
  });
  after(async () => {
    service.dispose();
    await Promise.all([first.stop(), second.stop()]);
  });

  it('goes to the other server', async () => {
    change(profileOf({ servers: second.url }));
    await stateWhere(service, 'connected', ({ server }) => server.name === 'second');
    assert.equal(service.bus()?.server, 'second');
  });

  it('asks before every reset from then on, with a new bus so that nobody goes by the old one', async () => {
    const before = service.bus();
    change(profileOf({ servers: first.url, protected: true }));
    assert.equal((await controller.use('test')).kind, 'connected');
    assert.equal(service.bus()?.isProtected, true);
    assert.notEqual(service.bus(), before);
  });

  it('stays on the same link where its looks alone have changed, and says that they have', () => {
    const before = service.bus();
    let told = 0;
    const listening = service.onDidChange(() => told++);
    change(profileOf({ servers: first.url, color: 'red', icon: 'rocket' }));
    assert.equal(service.active?.profile.icon, 'rocket');
    assert.equal(service.bus(), before);
    assert.equal(told, 1);
    change(profileOf({ servers: first.url, color: 'red', icon: 'rocket' }));
    assert.equal(told, 1);
    listening.dispose();
  });

  it('pays no heed to another profile', () => {
    const before = service.bus();
    change({ ...profileOf({ servers: second.url }), id: 'another' });
    assert.equal(service.bus(), before);
  });
});
