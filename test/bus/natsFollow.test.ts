import assert from 'node:assert/strict';
import { startNatsServer, type NatsServer } from '../host/natsServer';
import { createService, profileOf, stateWhere } from './natsSetup';

describe('a connection whose profile changes where it stands', function () {
  this.timeout(20_000);
  let first: NatsServer;
  let second: NatsServer;
  const service = createService();

  before(async () => {
    [first, second] = await Promise.all([
      startNatsServer({ args: ['--name', 'first'] }),
      startNatsServer({ args: ['--name', 'second'] }),
    ]);
  });
  beforeEach(async () => {
    const connected = await service.connect(profileOf({ servers: first.url }));
    assert.ok(connected.ok);
  });
  after(async () => {
    service.dispose();
    await Promise.all([first.stop(), second.stop()]);
  });

  it('goes to the other server', async () => {
    service.follow(profileOf({ servers: second.url }));
    await stateWhere(service, 'connected', ({ server }) => server.name === 'second');
    assert.equal(service.bus()?.server, 'second');
  });

  it('asks before every reset from then on, with a new bus so that nobody goes by the old one', async () => {
    const before = service.bus();
    service.follow(profileOf({ servers: first.url, protected: true }));
    await stateWhere(service, 'connected');
    assert.equal(service.bus()?.isProtected, true);
    assert.notEqual(service.bus(), before);
  });

  it('stays on the same link where its looks alone have changed, and says that they have', () => {
    const before = service.bus();
    let told = 0;
    const listening = service.onDidChange(() => told++);
    service.follow(profileOf({ servers: first.url, color: 'red', icon: 'rocket' }));
    assert.equal(service.active?.profile.icon, 'rocket');
    assert.equal(service.bus(), before);
    assert.equal(told, 1);
    service.follow(profileOf({ servers: first.url, color: 'red', icon: 'rocket' }));
    assert.equal(told, 1);
    listening.dispose();
  });

  it('pays no heed to another profile', () => {
    const before = service.bus();
    service.follow({ ...profileOf({ servers: second.url }), id: 'another' });
    assert.equal(service.bus(), before);
  });
});
