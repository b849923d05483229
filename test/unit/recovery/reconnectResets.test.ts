import assert from 'node:assert/strict';
import type { KnownService } from '../../../src/code/index/workspaceIndex';
import type { Answer } from '../../../src/recovery/followRestart';
import type { AutomaticReset } from '../../../src/recovery/gate';
import {
  ReconnectResets,
  servicesMs,
  type ReconnectParts,
  type Staleness,
} from '../../../src/recovery/reconnectResets';
import type { ResetMessage } from '../../../src/res/resetMessage';
import type { AskingBus, DisconnectReason } from '../../../src/resets/bus';
import { Emitter } from '../../../src/util/emitter';
import { manualClock } from './manualClock';

interface TestBus {
  readonly bus: AskingBus;
  readonly drop: (reason: DisconnectReason) => void;
}

function busOf(connection = 'dev', isProtected = false): TestBus {
  const dropped = new Emitter<DisconnectReason>();
  const bus = {
    id: `user:${connection}`,
    connection,
    isProtected,
    onDidDisconnect: dropped.event,
  } as AskingBus;
  return {
    bus,
    drop: (reason) => {
      dropped.fire(reason);
    },
  };
}

const service = (name: string): KnownService => ({
  name,
  places: [],
  serves: new Set(['get']),
  servesRoot: false,
});
const settled = (): Promise<void> => new Promise(setImmediate);

function reconnects({
  always = false,
  answer = true,
  ...more
}: { always?: boolean; answer?: Answer } & Partial<ReconnectParts> = {}) {
  const clock = manualClock();
  const passed: AutomaticReset[] = [];
  const told: (Staleness & { choose: (chosen: 'reset' | 'always' | undefined) => void })[] = [];
  const asked: [string, string][] = [];
  const sentAsked: [ResetMessage, string][] = [];
  const notes: string[] = [];
  const heard: ResetMessage[] = [];
  let listening = 0;
  let wantsAlways = always;
  const parts: ReconnectParts = {
    gate: {
      pass: (reset) => {
        passed.push(reset);
        return Promise.resolve({ kind: 'withheld', cause: 'off' });
      },
    },
    services: () => [service('library'), service('inventory')],
    listen: () => {
      listening++;
      return {
        since: () => heard.map((message) => ({ message, time: 0 })),
        isDenied: false,
        dispose: () => listening--,
      };
    },
    ask: ({ connection }, name) => {
      asked.push([connection, name]);
      return Promise.resolve(answer);
    },
    schedule: clock.schedule,
    isAlways: () => wantsAlways,
    wantAlways: () => {
      wantsAlways = true;
      return Promise.resolve();
    },
    notify: (staleness) =>
      new Promise((choose) => {
        told.push({ ...staleness, choose });
      }),
    sendAsked: (message, { connection }) => sentAsked.push([message, connection]),
    onPassed: () => undefined,
    onNotReset: (name, why) => notes.push(`${name} ${why}`),
    onNothingSent: (why) => notes.push(why),
    ...more,
  };
  const resets = new ReconnectResets(parts);
  /** The link is lost and comes back. */
  const loseAndReturn = ({ bus, drop }: TestBus, reason: DisconnectReason = 'lost'): void => {
    drop(reason);
    resets.update(bus, false);
    resets.update(bus, true);
  };
  return {
    resets,
    clock,
    passed,
    told,
    asked,
    sentAsked,
    notes,
    heard,
    loseAndReturn,
    listening: () => listening,
  };
}

describe('resets after NATS was away', () => {
  it('are offered once, for the services that sent none since', async () => {
    const { resets, clock, told, heard, loseAndReturn, passed, asked } = reconnects();
    const dev = busOf();
    resets.update(dev.bus, true);
    loseAndReturn(dev);
    heard.push({ resources: ['library.>'] });
    clock.advance(servicesMs - 1);
    assert.equal(told.length, 0);
    clock.advance(1);
    assert.deepEqual([told[0]?.services, told[0]?.hearing], [['inventory'], 'all']);
    loseAndReturn(dev);
    clock.advance(servicesMs);
    await settled();
    assert.equal(told.length, 1, 'it is told again while the first is there');
    assert.deepEqual([passed, asked], [[], []]);
  });

  it('are not told of where a connection was lost before any service was in the code, or all reset themselves', () => {
    const { resets, clock, told, heard, loseAndReturn } = reconnects();
    const dev = busOf();
    resets.update(dev.bus, true);
    loseAndReturn(dev);
    heard.push({ resources: ['>'] });
    clock.advance(servicesMs);
    const none = reconnects({ services: () => [] });
    none.resets.update(dev.bus, true);
    none.loseAndReturn(dev);
    assert.equal(none.listening(), 0);
    none.clock.advance(servicesMs);
    assert.deepEqual([told, none.told], [[], []]);
  });

  it('do not claim to have heard nothing where they may not listen', () => {
    const { resets, clock, told, loseAndReturn } = reconnects({
      listen: () => ({ since: () => [], isDenied: true, dispose: () => undefined }),
    });
    const dev = busOf();
    resets.update(dev.bus, true);
    loseAndReturn(dev);
    clock.advance(servicesMs);
    assert.equal(told[0]?.hearing, 'denied');
  });

  for (const reason of ['switched', 'reopened', 'closed'] as const)
    it(`are not due where the link was not lost but ${reason}`, () => {
      const { resets, clock, told, loseAndReturn } = reconnects();
      const dev = busOf();
      resets.update(dev.bus, true);
      loseAndReturn(dev, reason);
      clock.advance(servicesMs);
      assert.deepEqual(told, []);
    });

  it('are offered where the connection was given up after a loss, and is opened again by hand', async () => {
    for (const always of [true, false]) {
      const { resets, clock, told, passed, sentAsked, loseAndReturn, listening } = reconnects({ always });
      const [dev, again] = [busOf(), busOf()];
      resets.update(dev.bus, true);
      dev.drop('lost');
      resets.update(dev.bus, false);
      dev.drop('lost');
      resets.update(undefined, false);
      assert.equal(listening(), 0);
      resets.update(again.bus, true);
      clock.advance(servicesMs);
      await settled();
      assert.deepEqual([told[0]?.services, told[0]?.hearing], [['library', 'inventory'], 'since']);
      told[0]?.choose('reset');
      await settled();
      assert.deepEqual(
        [passed, sentAsked],
        [[], [[{ resources: ['library.>', 'inventory.>'] }, 'dev']]],
        'it goes to another server by itself, perhaps',
      );
      loseAndReturn(again);
      clock.advance(servicesMs);
      await settled();
      assert.equal(passed.length, always ? 1 : 0, 'it is the same as ever on the new connection');
    }
  });

  it('are due once for a loss, however often the connection is opened anew, and not after another connection', () => {
    const { resets, clock, told, heard } = reconnects();
    const [dev, reopened, third, prod] = [busOf(), busOf(), busOf(), busOf('prod')];
    resets.update(dev.bus, true);
    dev.drop('lost');
    resets.update(dev.bus, false);
    resets.update(dev.bus, true);
    // Edited by a person before it was looked at.
    resets.update(undefined, false);
    resets.update(reopened.bus, true);
    heard.push({ resources: ['library.>'] });
    clock.advance(servicesMs);
    assert.deepEqual(
      told.map(({ services, hearing }) => [services, hearing]),
      [[['inventory'], 'since']],
    );
    resets.update(undefined, false);
    resets.update(third.bus, true);
    clock.advance(servicesMs);
    assert.equal(told.length, 1);
    third.drop('lost');
    resets.update(undefined, false);
    resets.update(prod.bus, true);
    resets.update(undefined, false);
    resets.update(busOf().bus, true);
    clock.advance(servicesMs);
    assert.equal(told.length, 1);
  });

  it('go to the connection that was lost and is back, where the person wants that always', async () => {
    const { resets, clock, passed, told, loseAndReturn } = reconnects({ always: true });
    const dev = busOf();
    resets.update(dev.bus, true);
    loseAndReturn(dev);
    clock.advance(servicesMs);
    await settled();
    assert.deepEqual(passed, [
      { message: { resources: ['library.>', 'inventory.>'] }, origin: 'reconnect', bus: dev.bus },
    ]);
    assert.deepEqual(told, []);
  });

  it('are void once another connection is open: nothing is reported, asked or sent on it', async () => {
    for (const always of [true, false]) {
      const { resets, clock, passed, told, asked, loseAndReturn, listening } = reconnects({ always });
      const dev = busOf();
      resets.update(dev.bus, true);
      loseAndReturn(dev);
      resets.update(undefined, false);
      resets.update(busOf('prod').bus, true);
      clock.advance(2 * servicesMs);
      await settled();
      assert.deepEqual([passed, told, asked, listening()], [[], [], [], 0]);
    }
  });

  it('ask nothing on a protected connection: the gate offers them', async () => {
    const { resets, clock, passed, asked, loseAndReturn } = reconnects({ always: true });
    const dev = busOf('dev', true);
    resets.update(dev.bus, true);
    loseAndReturn(dev);
    clock.advance(servicesMs);
    await settled();
    assert.deepEqual([passed.length, asked], [1, []]);
  });

  for (const [answer, note] of [
    [false, 'silent'],
    ['unlinked', undefined],
    ['unaskable', 'unaskable'],
  ] as const)
    it(`are not sent for a service that does not answer (${String(answer)}), and that is reported`, async () => {
      const { resets, clock, passed, notes, loseAndReturn } = reconnects({ always: true, answer });
      const dev = busOf();
      resets.update(dev.bus, true);
      loseAndReturn(dev);
      clock.advance(servicesMs);
      await settled();
      assert.deepEqual(passed, []);
      assert.deepEqual(notes, note === undefined ? [] : [`library ${note}`, `inventory ${note}`]);
    });

  it('are sent where the person chooses that, on that connection and on no other', async () => {
    const { resets, clock, told, sentAsked, notes, asked, loseAndReturn } = reconnects();
    const dev = busOf();
    resets.update(dev.bus, true);
    loseAndReturn(dev);
    clock.advance(servicesMs);
    told[0]?.choose('reset');
    await settled();
    assert.deepEqual(sentAsked, [[{ resources: ['library.>', 'inventory.>'] }, 'dev']]);
    loseAndReturn(dev);
    clock.advance(servicesMs);
    const questions = asked.length;
    resets.update(busOf('prod').bus, true);
    told[1]?.choose('reset');
    await settled();
    assert.deepEqual([sentAsked.length, asked.length, notes], [1, questions, ['switched']]);
  });

  for (const [why, next] of [
    ['closed', undefined],
    ['reopened', busOf().bus],
    ['switched', busOf('prod').bus],
  ] as const)
    it(`say why nothing was sent: the connection was ${why}`, async () => {
      const { resets, clock, told, sentAsked, notes, loseAndReturn } = reconnects();
      const dev = busOf();
      resets.update(dev.bus, true);
      loseAndReturn(dev);
      clock.advance(servicesMs);
      resets.update(next, next !== undefined);
      told[0]?.choose('reset');
      await settled();
      assert.deepEqual([sentAsked, notes], [[], [why]]);
    });

  it('are not sent for services that are down, whatever the person chooses', async () => {
    const { resets, clock, told, sentAsked, notes, loseAndReturn } = reconnects({ answer: false });
    const dev = busOf();
    resets.update(dev.bus, true);
    loseAndReturn(dev);
    clock.advance(servicesMs);
    told[0]?.choose('always');
    await settled();
    assert.deepEqual([sentAsked, notes], [[], ['silent']]);
  });

  it('listen only from a loss until they are due, and count from the newest loss', () => {
    const { resets, clock, told, loseAndReturn, listening } = reconnects();
    const dev = busOf();
    resets.update(dev.bus, true);
    assert.equal(listening(), 0);
    loseAndReturn(dev);
    assert.equal(listening(), 1);
    clock.advance(servicesMs - 1);
    loseAndReturn(dev);
    clock.advance(servicesMs - 1);
    assert.deepEqual([told.length, listening()], [0, 1]);
    clock.advance(1);
    assert.deepEqual([told.length, listening()], [1, 0]);
    loseAndReturn(dev);
    resets.dispose();
    clock.advance(servicesMs);
    assert.deepEqual([told.length, listening()], [1, 0]);
  });
});
