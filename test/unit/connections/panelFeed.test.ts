import assert from 'node:assert/strict';
import { Redactor } from '../../../src/connections/redaction/redact';
import { PanelFeed } from '../../../src/connections/panelFeed';
import { Emitter } from '../../../src/util/emitter';
import type { PanelProfiles, ToPanel } from '../../../src/connections/messages';
import { createController } from './controllerSetup';
import { verbatim } from '../../../src/util/l10n';

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
      redact: (text) => text,
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
      redact: (text) => text,
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

  it('holds no secret, whatever its problem is about, and ids and names as they are', () => {
    const redactor = new Redactor();
    redactor.add('hunter22');
    const problem = {
      what: verbatim('hunter22 is wrong'),
      why: verbatim('not hunter22'),
      remedy: verbatim('Change hunter22.'),
    };
    const masked = { what: '••• is wrong', why: 'not •••', remedy: 'Change •••.' };
    const { controller, service } = createController('a');
    const profile = {
      id: 'user:hunter22',
      name: 'hunter22',
      source: 'user',
      description: 'of hunter22',
      values: { name: 'hunter22' },
    };
    const posted: ToPanel[] = [];
    const feed = new PanelFeed({
      service: {
        activeId: undefined,
        onDidChange: service.onDidChange,
        state: { kind: 'disconnected', reason: { ...problem, kind: 'other' } },
      },
      profiles: () =>
        ({
          profiles: [{ ...profile, problem }],
          unusable: [{ name: 'u', problem }],
          problems: [problem],
        }) as unknown as PanelProfiles,
      onDidChangeProfiles: new Emitter<undefined>().event,
      redact: redactor.redact,
      post: (message) => posted.push(message),
    });
    assert.deepEqual(posted, [
      { type: 'status', status: { connection: { kind: 'disconnected', problem: masked } } },
      {
        type: 'profiles',
        profiles: {
          profiles: [{ ...profile, description: 'of •••', problem: masked }],
          unusable: [{ name: 'u', problem: masked }],
          problems: [masked],
        },
      },
    ]);
    feed.dispose();
    controller.close();
  });
});
