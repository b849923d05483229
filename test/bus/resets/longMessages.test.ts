import assert from 'node:assert/strict';
import { connect } from 'nats';
import type { ConnectionService } from '../../../src/connections/connectionService';
import type { Bus } from '../../../src/resets/bus';
import { ResetService } from '../../../src/resets/resetService';
import { defaultRules } from '../../../src/resets/observe/resetWatch';
import { maxNameLength } from '../../../src/res/pattern';
import { problemText } from '../../../src/util/problem';
import { startNatsServer, type NatsServer, type NatsServerOptions } from '../../host/natsServer';
import { createService, profileOf } from '../natsSetup';
import { keepsNothing } from '../../unit/resets/flowSetup';

describe('What is longer than a NATS server takes', function () {
  this.timeout(20_000);
  const cleanUp: (() => void | Promise<void>)[] = [];

  afterEach(async () => {
    for (const step of cleanUp.splice(0).reverse()) await step();
  });

  async function setUp(
    options?: NatsServerOptions,
  ): Promise<{ nats: NatsServer; service: ConnectionService; bus: Bus }> {
    const nats = await startNatsServer(options);
    cleanUp.push(() => nats.stop());
    const service = createService();
    cleanUp.push(() => {
      service.dispose();
    });
    const bus = await service.connect(profileOf({ servers: nats.url }));
    assert.ok(bus.ok);
    return { nats, service, bus: bus.value };
  }

  for (const config of ['', 'max_control_line: 1024']) {
    it(`does not end the connection: the longest pattern is sent and observed (${config || 'defaults'})`, async () => {
      const { nats, service, bus } = await setUp({ config });
      const gateway = await connect({ servers: nats.url });
      cleanUp.push(() => gateway.close());
      const heard: string[] = [];
      gateway.subscribe('system.reset', {
        callback: (_error, message) => {
          heard.push(message.string());
          // As the gateway would for what such a pattern matches, as far as this server lets anybody ask.
          gateway.publish('get.a.b', '', { reply: '_INBOX.aaaaaaaaaaaabbbbbbbbbb' });
        },
      });
      await gateway.flush();
      const resets = new ResetService({
        recording: keepsNothing,
        newId: () => '1',
        now: Date.now,
        observe: () => ({ answers: 'watched', rules: { ...defaultRules, noReaction: 200 } }),
      });
      const long = `a.${'b'.repeat(maxNameLength - 2)}`;
      const sent = await resets.send({ message: { resources: [long] }, origin: 'api' }, bus);
      assert.equal(sent.record.state.kind, 'published');
      const { state } = await sent.observed;
      assert.ok(state.kind === 'published' && state.observation?.state === 'complete', JSON.stringify(state));
      assert.deepEqual(state.observation.requests, []);
      assert.deepEqual(heard, [JSON.stringify({ resources: [long] })]);
      assert.equal(service.state.kind, 'connected');
      assert.equal(nats.output().includes('control line'), false, nats.output());
    });
  }

  it('is refused where it can not be carried, and the connection stays', async () => {
    const { nats, service, bus } = await setUp();
    const subject = `get.${'a.'.repeat(8000)}a`;
    const published = await bus.publish(subject, new Uint8Array());
    assert.ok(published.state === 'failed' && /16005 characters/.test(problemText(published.problem)));
    const denied = await new Promise<string>((resolve) => {
      bus.subscribe(
        subject,
        () => undefined,
        (problem) => {
          resolve(problemText(problem));
        },
      );
    });
    assert.match(denied, /16005 characters/);
    assert.equal(await bus.flush(), true);
    assert.equal(service.state.kind, 'connected');
    assert.equal(nats.output().includes('control line'), false);
  });

  it('is reported as that for credentials, and these are not repeated', async () => {
    const { nats } = await setUp();
    const service = createService({ secrets: { password: 'k'.repeat(32_000) } });
    const result = await service.connect(profileOf({ servers: nats.url, auth: 'password', user: 'u' }));
    assert.ok(!result.ok);
    assert.match(problemText(result.problem), /32000 characters.*4,096 in a line/);
    assert.ok(!problemText(result.problem).includes('kkkk'));
    assert.equal(service.state.kind, 'disconnected');
    service.dispose();
  });

  it('is no claim about gateways, where the server takes no more subscriptions', async () => {
    const { bus, service } = await setUp({ config: 'max_subscriptions: 3' });
    const resets = new ResetService({
      recording: keepsNothing,
      newId: () => '1',
      now: Date.now,
      observe: () => ({ answers: 'watched', rules: { ...defaultRules, noReaction: 200 } }),
    });
    const resources = ['a.>', 'b.>', 'c.>'];
    const sent = await resets.send({ message: { resources }, origin: 'api' }, bus);
    const { state } = await sent.observed;
    assert.ok(state.kind === 'published');
    assert.equal(state.observation?.state, 'denied');
    assert.equal(service.state.kind, 'connected');
  });
});
