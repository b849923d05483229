import assert from 'node:assert/strict';
import { setImmediate as tick } from 'node:timers/promises';
import fc from 'fast-check';
import type { ConnectionState } from '../../../src/connections/connectionState';
import { createController, profileOf } from './controllerSetup';

const name = fc.constantFrom('a', 'b');
const step = fc.oneof(
  fc.record({ kind: fc.constantFrom('use', 'work', 'change'), name }),
  fc.record({ kind: fc.constantFrom('disconnect', 'loss', 'reconnect', 'settle'), name: fc.constant('') }),
);

describe('whatever is asked of the connection of a window, in whatever order', function () {
  this.timeout(60_000);

  it('every request settles, no publish fails for a switch, the last wish counts, and no link is left over', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(step, fc.nat(3)), { maxLength: 25 }),
        fc.infiniteStream(fc.nat(6)),
        async (steps, delays) => {
          const { nats, controller, profiles, service } = createController('a', 'b');
          nats.answers = async () => {
            const { value } = delays.next() as IteratorResult<number, undefined>;
            for (let left = value ?? 0; left > 0; left--) await tick();
          };
          const requests: Promise<unknown>[] = [];
          let wish: string | undefined;
          let changes = 0;
          let persons = 0;
          for (const [{ kind, name: id }, pause] of steps) {
            switch (kind) {
              case 'use':
                wish = id;
                requests.push(controller.use(id));
                break;
              case 'work': {
                wish = id;
                const before = persons;
                requests.push(
                  controller.work(id, async (bus) => {
                    const ends: string[] = [];
                    const listening = bus.onDidDisconnect((why) => ends.push(why));
                    const { state } = await bus.publish(`system.reset.${id}`, new Uint8Array());
                    listening.dispose();
                    const isByPerson = persons > before;
                    assert.ok(!ends.includes('switched'), ends.join());
                    assert.ok(isByPerson || !ends.includes('reopened'), ends.join());
                    if (state !== 'published') assert.ok(isByPerson || ends.includes('lost'), ends.join());
                  }),
                );
                break;
              }
              case 'change':
                profiles.set(id, profileOf({ name: id, servers: `${id}.example:${5000 + ++changes}` }));
                controller.applyChange();
                break;
              case 'disconnect':
                wish = undefined;
                persons++;
                controller.close();
                break;
              case 'loss':
                for (const link of nats.open) link.lose();
                break;
              case 'reconnect':
                persons++;
                controller.reconnectNow();
                break;
              case 'settle':
                await Promise.all(requests);
            }
            for (let left = pause; left > 0; left--) await tick();
          }
          await Promise.all(requests);
          await stateThat(
            service,
            ({ kind }) => kind === (wish === undefined ? 'disconnected' : 'connected'),
          );
          assert.equal(service.activeId, wish);
          for (let left = 20; left > 0; left--) await tick();
          assert.deepEqual(
            nats.open.map(({ server }) => server.url),
            wish === undefined ? [] : profiles.get(wish)?.profile.servers,
          );
          assert.ok(nats.mostAtOnce <= 1, `${nats.mostAtOnce} attempts at once`);
          controller.close();
          assert.equal(nats.open.length, 0);
        },
      ),
      { numRuns: 300 },
    );
  });
});

function stateThat(
  service: ReturnType<typeof createController>['service'],
  fits: (state: ConnectionState) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    if (fits(service.state)) {
      resolve();
      return;
    }
    const listening = service.onDidChange((state) => {
      if (!fits(state)) return;
      listening.dispose();
      resolve();
    });
  });
}
