import assert from 'node:assert/strict';
import type { Origin, ResetRecord, ResetState } from '../../../../src/resets/resetRecord';
import { FirstSteps } from '../../../../src/resets/ui/firstSteps';

/** A profile, and the context keys of the newest window. */
function profile(): { open: () => FirstSteps; ticked: () => string[] } {
  const kept = new Map<string, unknown>();
  let keys = new Set<string>();
  const memory = {
    get: (key: string) => kept.get(key),
    update: (key: string, value: unknown) => {
      kept.set(key, value);
      return Promise.resolve();
    },
  };
  return {
    open: () => {
      keys = new Set();
      const window = keys;
      return new FirstSteps(memory, (key, value) => {
        if (value) window.add(key);
      });
    },
    ticked: () => [...keys].sort(),
  };
}

function reset(kind: ResetState['kind'], origin: Origin): ResetRecord {
  const state = kind === 'published' ? { kind, server: 'here' } : { kind };
  return { id: '1', time: 0, origin, message: { resources: ['a.b'] }, state } as unknown as ResetRecord;
}

describe('the first steps', () => {
  it('are taken by a reset once the server confirmed it, and not before', () => {
    const { open, ticked } = profile();
    const steps = open();
    for (const kind of ['requested', 'sending', 'rejected', 'failed'] as const)
      steps.follow(reset(kind, 'codeLens'));
    assert.deepEqual(ticked(), []);
    steps.follow(reset('published', 'codeLens'));
    assert.deepEqual(ticked(), ['res.hasReset']);
  });

  it('tell a reset from the palette from one by a lens', () => {
    const { open, ticked } = profile();
    open().follow(reset('published', 'command'));
    assert.deepEqual(ticked(), ['res.hasReset', 'res.hasResetFromPalette']);
  });

  it('are remembered by the next window', () => {
    const { open, ticked } = profile();
    const first = open();
    first.take('hasSeenReport');
    first.follow(reset('published', 'codeLens'));
    open();
    assert.deepEqual(ticked(), ['res.hasReset', 'res.hasSeenReport']);
  });
});
