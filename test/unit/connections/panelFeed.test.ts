import assert from 'node:assert/strict';
import { Redactor } from '../../../src/connections/redaction/redact';
import { PanelFeed } from '../../../src/connections/panelFeed';
import { Emitter } from '../../../src/util/emitter';
import { asIs, type Outgoing } from '../../../src/connections/redaction/outgoing';
import { newDraft } from '../../../src/connections/formMessages';
import type { ConnectionState } from '../../../src/connections/connectionState';
import { parseToPanel, type PanelProfiles, type ToPanel } from '../../../src/connections/messages';
import { createController } from './controllerSetup';
import { verbatim } from '../../../src/util/l10n';

const listOf = (...names: string[]): Outgoing<PanelProfiles> => ({
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
    const values = { ...newDraft, name: 'hunter22' };
    const posted: ToPanel[] = [];
    const feed = new PanelFeed({
      service: {
        activeId: undefined,
        onDidChange: service.onDidChange,
        state: { kind: 'disconnected', reason: { ...problem, kind: 'other' } },
      },
      profiles: () => ({
        profiles: [
          {
            id: asIs('user:hunter22'),
            name: asIs('hunter22'),
            source: asIs('user'),
            description: 'of hunter22',
            values: asIs(values),
            problem,
          },
        ],
        unusable: [{ name: asIs('u'), problem }],
        problems: [problem],
      }),
      onDidChangeProfiles: new Emitter<undefined>().event,
      redact: redactor.redact,
      post: (message) => posted.push(message),
    });
    const profile = { id: 'user:hunter22', name: 'hunter22', source: 'user', values };
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

  it('is masked in whatever a server says of itself, and stays a message that the page knows', () => {
    const redactor = new Redactor();
    for (const secret of ['hunter22', 'status', 'connected', 'connection', 'verified']) redactor.add(secret);
    const { service } = createController('a');
    const posted: ToPanel[] = [];
    const feed = new PanelFeed({
      service: {
        activeId: 'user:hunter22',
        onDidChange: service.onDidChange,
        state: {
          kind: 'connected',
          profile: 'hunter22',
          server: {
            url: 'nats://hunter22.example:4222',
            name: 'of hunter22',
            id: 'NA',
            version: 'hunter22',
            cluster: 'hunter22',
            security: 'verified',
          },
          roundTripMs: 1,
          lameDuck: false,
        } as ConnectionState,
      },
      profiles: () => listOf(),
      onDidChangeProfiles: new Emitter<undefined>().event,
      redact: redactor.redact,
      post: (message) => posted.push(message),
    });
    assert.deepEqual(parseToPanel(posted[0]), {
      type: 'status',
      status: {
        activeId: 'user:hunter22',
        connection: {
          kind: 'connected',
          profile: 'hunter22',
          server: 'of •••',
          url: 'nats://•••.example:4222',
          version: '•••',
          cluster: '•••',
          security: 'verified',
          roundTrip: '1 ms',
          lameDuck: false,
        },
      },
    });
    feed.dispose();
  });
});
