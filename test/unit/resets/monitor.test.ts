import assert from 'node:assert/strict';
import { maxMessageBytes } from '../../../src/res/systemMessage';
import type { Bus, BusMessage, DisconnectReason } from '../../../src/resets/bus';
import { Monitor } from '../../../src/resets/observe/monitor';
import { observationSummary } from '../../../src/resets/observe/observationText';
import { observationOf, type ResetRecord } from '../../../src/resets/resetRecord';
import { Emitter } from '../../../src/util/emitter';
import { silentLogger } from '../../host/silentLogger';
import { fakeBus } from './flowSetup';

describe('A monitor', () => {
  it('tells of a reset that it was observing when the link ended, or it was turned off, why that was cut off', () => {
    const listeners = new Map<string, (message: BusMessage) => void>();
    const disconnected = new Emitter<DisconnectReason>();
    const bus = fakeBus([], {
      subscribe: (subject, onMessage) => {
        listeners.set(subject, onMessage);
        return { dispose: () => undefined };
      },
      onDidDisconnect: disconnected.event,
    });
    const records: ResetRecord[] = [];
    const monitor = new Monitor({
      bus,
      rules: { answers: 'watched' },
      isOwn: () => false,
      newId: () => '1',
      now: () => 0,
      logger: silentLogger,
      onRecord: (record) => records.push(record),
      onProgress: () => undefined,
    });
    const data = new TextEncoder().encode('{"resources":["library.>"]}');
    listeners.get('system.reset')?.({ subject: 'system.reset', data, at: 0, since: 0 });
    disconnected.fire('switched');
    const last = records.at(-1);
    const observation = last && observationOf(last.state);
    assert.deepEqual([observation?.state, observation?.cutOffBy], ['cutOff', 'switched']);
    listeners.get('system.reset')?.({ subject: 'system.reset', data, at: 0, since: 0 });
    monitor.dispose();
    const { state } = records.at(-1) ?? assert.fail();
    assert.match(
      observationSummary(observationOf(state) ?? assert.fail()),
      /stopped early: monitoring was turned off/,
    );
  });

  it('warns of a reset that is too long to be read, and notes what no gateway understands', () => {
    const listeners = new Map<string, (message: BusMessage) => void>();
    const bus: Bus = {
      id: 'user:local',
      connection: 'local',
      isProtected: false,
      isUnverified: false,
      publish: () => Promise.resolve({ state: 'published', server: 'nats' }),
      subscribe: (subject, onMessage) => {
        listeners.set(subject, onMessage);
        return { dispose: () => undefined };
      },
      onDidDisconnect: () => ({ dispose: () => undefined }),
      heardUntil: 0,
      flush: () => Promise.resolve(true),
    };
    const [warnings, notes, records]: [string[], string[], string[]] = [[], [], []];
    const monitor = new Monitor({
      bus,
      rules: { answers: 'watched' },
      isOwn: () => false,
      newId: () => '1',
      now: () => 0,
      logger: { ...silentLogger, warn: (text) => warnings.push(text), info: (text) => notes.push(text) },
      onRecord: ({ id }) => records.push(id),
      onProgress: () => undefined,
    });
    const receive = (text: string): void => {
      const data = new TextEncoder().encode(text);
      listeners.get('system.reset')?.({ subject: 'system.reset', data, at: 0, since: 0 });
    };
    const long = JSON.stringify({ resources: ['x'.repeat(maxMessageBytes)] });
    receive(long);
    assert.match(
      warnings.join(),
      new RegExp(`^Received ${long.length} bytes on system\\.reset: .* not in the history$`),
    );
    assert.deepEqual([notes, records], [[], []]);
    receive('no JSON');
    assert.match(notes.join(), /^Received 7 bytes on system\.reset .* no gateway understands$/);
    receive('{"resources":["library.>"]}');
    assert.deepEqual([warnings.length, notes.length, records], [1, 1, ['1']]);
    monitor.dispose();
  });
});
