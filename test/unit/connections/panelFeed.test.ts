import assert from 'node:assert/strict';
import { PanelFeed } from '../../../src/connections/panelFeed';
import { Emitter } from '../../../src/util/emitter';
import type { PanelProfiles, ToPanel } from '../../../src/connections/messages';
import { createController } from './controllerSetup';

const listOf = (...names: string[]): PanelProfiles => ({
  profiles: [],
  unusable: [],
  problems: names.map((what) => ({ what })),
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
        return listOf();
      },
      onDidChangeProfiles: new Emitter<undefined>().event,
      post: (message) => posted.push(message),
    });
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

  it('is the list when the list may have changed, and nothing once the page is gone', () => {
    const changed = new Emitter<undefined>();
    const posted: string[] = [];
    const { service } = createController('a');
    let name = 'first';
    const feed = new PanelFeed({
      service,
      profiles: () => listOf(name),
      onDidChangeProfiles: changed.event,
      post: (message) => {
        if (message.type === 'profiles') posted.push(...message.profiles.problems.map(({ what }) => what));
      },
    });
    name = 'second';
    changed.fire(undefined);
    feed.dispose();
    changed.fire(undefined);
    assert.deepEqual(posted, ['first', 'second']);
  });
});
