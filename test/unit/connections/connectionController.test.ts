import assert from 'node:assert/strict';
import type { Bus, DisconnectReason, PublishResult } from '../../../src/resets/bus';
import { observationSummary } from '../../../src/resets/observe/observationText';
import { observationOf } from '../../../src/resets/resetRecord';
import { ResetService } from '../../../src/resets/resetService';
import { createController, profileOf } from './controllerSetup';
import { said } from '../said';
import { keepsNothing } from '../resets/flowSetup';

const data = new Uint8Array();
const publish = (bus: Bus): Promise<PublishResult> => bus.publish('system.reset', data);
const urlOf = (name: string): string => `nats://${name}.example:4222`;

/** Something that a test opens. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('the connection of a window', () => {
  it('is made once for several resets at once while nothing is connected', async () => {
    const { nats, controller } = createController('a');
    const sent = await Promise.all([1, 2, 3].map(() => controller.work('a', publish)));
    for (const one of sent) assert.ok(one.kind === 'done' && one.value.state === 'published', one.kind);
    assert.deepEqual(nats.dialed, [urlOf('a')]);
    assert.equal(nats.published.length, 3);
  });

  it('asks once which one, and once for its password, for all who wait', async () => {
    const { controller, profiles, asked } = createController('a', 'b');
    profiles.set('a', profileOf({ name: 'a', auth: 'password', user: 'u' }));
    const sent = await Promise.all([1, 2, 3].map(() => controller.work(undefined, publish)));
    assert.deepEqual(
      sent.map(({ kind }) => kind),
      ['done', 'done', 'done'],
    );
    assert.deepEqual(asked, ['which', 'password of a']);
  });

  it('is switched when what is being published on it is settled', async () => {
    const { nats, controller, service } = createController('a', 'b');
    const confirmed = gate();
    const first = controller.work('a', async (bus) => {
      await confirmed.opened;
      return publish(bus);
    });
    const others = [
      controller.work('b', publish),
      controller.work('a', publish),
      controller.use('b'),
      controller.work('a', publish),
    ];
    confirmed.open();
    const results = await Promise.all([first, ...others]);
    assert.deepEqual(
      results.map(({ kind }) => kind),
      ['done', 'done', 'done', 'cancelled', 'done'],
    );
    assert.deepEqual(
      nats.published.map(({ url }) => url),
      ['a', 'b', 'a', 'a'].map(urlOf),
    );
    assert.equal(service.activeId, 'a');
    assert.equal(nats.open.length, 1);
  });

  it('does not wait for one that nobody works on and that does not answer', async () => {
    const { nats, controller, service } = createController('slow', 'b');
    const answer = gate();
    nats.answers = () => answer.opened;
    const slow = controller.use('slow');
    nats.answers = () => Promise.resolve();
    assert.equal((await controller.use('b')).kind, 'connected');
    assert.equal((await slow).kind, 'cancelled');
    answer.open();
    assert.equal(service.activeId, 'b');
  });

  it('is had by nobody who waits when a person disconnects, with the reason, and the question goes away', async () => {
    const { controller, profiles, person, service } = createController('a', 'b');
    profiles.set('a', profileOf({ name: 'a', auth: 'password', user: 'u' }));
    const isAsked = gate();
    person.enter = (signal) => {
      isAsked.open();
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          resolve(undefined);
        });
      });
    };
    const waiting = [controller.work('a', publish), controller.work('b', publish), controller.use('a')];
    await isAsked.opened;
    controller.close();
    const results = await Promise.all(waiting);
    assert.deepEqual(
      results.map(({ kind }) => kind),
      ['failed', 'failed', 'cancelled'],
    );
    assert.match(
      JSON.stringify(results[0]),
      /Nothing was sent.*the connection was closed before it was open/,
    );
    assert.equal(service.state.kind, 'disconnected');
  });

  it('connects once when the one in use is saved and connected, changed or not, with all events of the settings', async () => {
    for (const servers of ['a.example', 'other.example']) {
      const { nats, controller, profiles, service } = createController('a');
      await controller.use('a');
      nats.dialed.length = 0;
      const states: string[] = [];
      service.onDidChange(({ kind }) => states.push(kind));
      const saved = await controller.save(
        async () => {
          const value = profileOf({ name: 'a', servers });
          profiles.set('a', value);
          controller.applyChange();
          await Promise.resolve();
          controller.applyChange();
          return { ok: true, value } as const;
        },
        { replacing: 'a', connects: true, hasNewSecrets: false },
      );
      assert.ok(saved.ok);
      assert.equal((await controller.use('a')).kind, 'connected');
      controller.applyChange();
      assert.equal((await controller.use('a')).kind, 'connected');
      assert.deepEqual(nats.dialed, [`nats://${servers}:4222`]);
      assert.deepEqual(states, ['connecting', 'connected']);
      assert.equal(nats.open.length, 1);
    }
  });

  it('is followed where it stands: another server, other looks, another name, gone', async () => {
    const { nats, controller, profiles, service } = createController('a');
    await controller.use('a');
    profiles.set('a', profileOf({ name: 'a', color: 'red' }));
    controller.applyChange();
    assert.equal(nats.dialed.length, 1);
    assert.equal(service.active?.profile.color, 'red');
    profiles.set('a', profileOf({ name: 'a', servers: 'moved.example' }));
    controller.applyChange();
    assert.equal((await controller.use('a')).kind, 'connected');
    assert.deepEqual(nats.dialed.slice(1), ['nats://moved.example:4222']);
    profiles.delete('a');
    controller.applyChange();
    assert.equal(service.state.kind, 'disconnected');
    assert.match(said(service.state.reason?.what), /There is no connection "a"/);
    assert.equal(nats.open.length, 0);
    assert.equal((await controller.work('a', publish)).kind, 'failed');
  });

  it('does not go back to one that is changed while it is being left', async () => {
    const { controller, profiles, service } = createController('a', 'b');
    await controller.use('a');
    const leaving = controller.use('b');
    profiles.set('a', profileOf({ name: 'a', servers: 'moved.example' }));
    controller.applyChange();
    assert.equal((await leaving).kind, 'connected');
    controller.applyChange();
    assert.equal(service.activeId, 'b');
  });

  it('stays what it is when the wanted one is not there, or can not be read', async () => {
    const { controller, service, ports } = createController('a', 'b');
    await controller.use('a');
    assert.equal((await controller.use('nowhere')).kind, 'failed');
    assert.equal(service.activeId, 'a');
    ports.remember = () => Promise.reject(new Error('the disk is full'));
    const failed = await controller.use('b');
    assert.match(failed.kind === 'failed' ? said(failed.problem.why) : '', /the disk is full/);
  });

  it('is not left half made by a keyring that throws', async () => {
    const { controller, service, kept } = createController('a');
    kept.get = () => {
      throw new Error('the keyring is locked');
    };
    const failed = await controller.use('a');
    assert.match(failed.kind === 'failed' ? said(failed.problem.why) : '', /the keyring is locked/);
    assert.equal(service.state.kind, 'disconnected');
  });

  it('says why it ended: switched, reopened, lost or closed', async () => {
    const { nats, controller } = createController('a', 'b');
    const reasons: DisconnectReason[] = [];
    const watch = async (id: string): Promise<void> => {
      await controller.work(id, (bus) => {
        bus.onDidDisconnect((reason) => reasons.push(reason));
        return Promise.resolve();
      });
    };
    await watch('a');
    await watch('b');
    controller.reconnectNow();
    await controller.work('b', publish);
    nats.open[0]?.lose();
    await controller.work('b', publish);
    controller.close();
    assert.deepEqual(reasons, ['switched', 'reopened', 'lost', 'closed']);
  });

  it('says of an observation which a switch ends that it was cut off, and by what', async () => {
    const { controller } = createController('a', 'b');
    const resets = new ResetService({
      recording: keepsNothing,
      newId: () => '1',
      now: () => 0,
      observe: () => ({ answers: 'off' }),
    });
    const intent = { message: { resources: ['library.>'] }, origin: 'api' } as const;
    const sent = await controller.work('a', (bus) => resets.send(intent, bus));
    assert.ok(sent.kind === 'done');
    await controller.use('b');
    const observation = observationOf((await sent.value.observed).state);
    assert.equal(observation?.state, 'cutOff');
    assert.match(observationSummary(observation), /stopped early: another connection was opened/);
  });

  it('is not said to shut down because of what another link heard before', async () => {
    const { nats, controller, service } = createController('a');
    await controller.use('a');
    const [old] = nats.links;
    controller.reconnectNow();
    await controller.work('a', publish);
    old?.tell({ kind: 'lameDuck' });
    assert.ok(service.state.kind === 'connected' && !service.state.lameDuck);
  });
});
