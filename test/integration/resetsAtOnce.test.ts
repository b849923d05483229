import assert from 'node:assert/strict';
import { commands } from 'vscode';
import type { ResetOutcome } from '../../src/resets/resetOutcome';
import { startNatsServer } from '../host/natsServer';
import { listenToResets } from './resetBus';
import { setSettings } from './settings';

describe('Several resets at once, as other extensions and tasks ask for them', function () {
  this.timeout(30_000);
  const cleanUp: (() => unknown)[] = [];

  afterEach(async () => {
    for (const step of cleanUp.splice(0).reverse()) await step();
  });

  const reset = (resources: string, connection?: string): Thenable<ResetOutcome> =>
    commands.executeCommand<ResetOutcome>('res.resetResources', {
      resources,
      ...(connection === undefined ? {} : { connection }),
    });

  it('are all published while nothing is connected, on one connection and on several', async () => {
    const [one, other] = await Promise.all([startNatsServer(), startNatsServer()]);
    cleanUp.push(
      () => one.stop(),
      () => other.stop(),
      await setSettings({
        'res.connections': [
          { name: 'one', servers: one.url },
          { name: 'other', servers: other.url },
        ],
        'res.verify.enabled': false,
      }),
    );
    const [busOfOne, busOfOther] = await Promise.all([listenToResets(one.url), listenToResets(other.url)]);
    cleanUp.push(
      () => busOfOne.close(),
      () => busOfOther.close(),
      () => commands.executeCommand('res.disconnect'),
    );
    await commands.executeCommand('res.disconnect');
    const same = await Promise.all(['a.a', 'a.b', 'a.c'].map((pattern) => reset(pattern, 'one')));
    assert.deepEqual(
      same.map(({ state, reason }) => reason ?? state),
      ['published', 'published', 'published'],
    );
    await commands.executeCommand('res.disconnect');
    const mixed = await Promise.all([
      reset('b.a', 'one'),
      reset('b.b', 'other'),
      reset('b.c', 'one'),
      reset('b.d'),
    ]);
    assert.deepEqual(
      mixed.map(({ state, reason, connection }) => `${reason ?? state} on ${connection ?? ''}`),
      ['one', 'other', 'one', 'one'].map((name) => `published on ${name}`),
    );
    const patterns = (resets: readonly unknown[]): string[] =>
      resets.map((message) => JSON.stringify(message).replace(/\W+/g, ' ').trim()).sort();
    assert.deepEqual(
      patterns(await busOfOne.resets()),
      ['a a', 'a b', 'a c', 'b a', 'b c', 'b d'].map((name) => `resources ${name}`),
    );
    assert.deepEqual(patterns(await busOfOther.resets()), ['resources b b']);
  });
});
