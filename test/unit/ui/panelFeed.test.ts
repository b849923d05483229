import assert from 'node:assert/strict';
import { PanelFeed } from '../../../src/ui/panelFeed';
import { Emitter } from '../../../src/util/emitter';
import type { PanelProfiles, ToPanel } from '../../../src/webview/messages';
import { createController } from '../nats/controllerSetup';

const listOf = (...names: string[]): PanelProfiles => ({
  profiles: [],
  unusable: [],
  problems: names.map((what) => ({ what })),
  hasWorkspace: true,
});

describe('what the connection panel is sent', () => {
  it('is the state alone when a ping shows a round-trip time: no keyring, no settings', async () => {
    const { controller, service, reads } = createController('a');
    const posted: ToPanel[] = [];
    let lists = 0;
    const feed = new PanelFeed({
      service,
      profiles: () => {
        lists++;
        return Promise.resolve(listOf());
      },
      onDidChangeProfiles: new Emitter<undefined>().event,
      post: (message) => posted.push(message),
    });
    await feed.start();
    await controller.use('a');
    const before = { lists, secrets: reads.secrets };
    posted.length = 0;
    const pings = new Promise<void>((resolve) => {
      let left = 3;
      service.onDidChange(() => {
        if (--left === 0) resolve();
      });
    });
    await pings;
    assert.deepEqual(
      posted.map(({ type }) => type),
      ['status', 'status', 'status'],
    );
    assert.deepEqual({ lists, secrets: reads.secrets }, before);
    assert.equal(before.lists, 1);
    feed.dispose();
    controller.close();
  });

  it('is never an older list after a newer one, and nothing once the page is gone', async () => {
    const changed = new Emitter<undefined>();
    const answers: ((list: PanelProfiles) => void)[] = [];
    const posted: string[] = [];
    const { service } = createController('a');
    const feed = new PanelFeed({
      service,
      profiles: () => new Promise((resolve) => answers.push(resolve)),
      onDidChangeProfiles: changed.event,
      post: (message) => {
        if (message.type === 'profiles') posted.push(...message.profiles.problems.map(({ what }) => what));
      },
    });
    const started = feed.start();
    changed.fire(undefined);
    const [older, newer] = answers;
    newer?.(listOf('newer'));
    older?.(listOf('older'));
    await started;
    assert.deepEqual(posted, ['newer']);
    changed.fire(undefined);
    feed.dispose();
    answers[2]?.(listOf('too late'));
    await Promise.resolve();
    assert.deepEqual(posted, ['newer']);
  });
});
