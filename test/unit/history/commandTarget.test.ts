import assert from 'node:assert/strict';
import { parseProfile } from '../../../src/connections/profile/profileCodec';
import { commandTarget } from '../../../src/history/commands/commandTarget';
import type { StoredProfile } from '../../../src/connections/store/connectionSettings';
import { said } from '../said';

type Entry = Parameters<typeof commandTarget>[0];

describe('What a copied nats command runs on', () => {
  const entry = (connection?: string): Entry => ({
    isPinned: false,
    label: '',
    isImported: false,
    record: {
      id: 'a',
      time: 0,
      origin: 'command',
      message: { resources: ['a'] },
      ...(connection === undefined ? {} : { connection }),
      state: { kind: 'published', server: 'nats' },
    },
  });
  function stored(settings: object, more: Partial<StoredProfile> = {}): StoredProfile {
    const { profile } = parseProfile({ name: 'dev', ...settings });
    assert.ok(profile);
    return { id: 'x', source: 'user', profile, ...more };
  }
  const targetOf = (known: StoredProfile): unknown => {
    const target = commandTarget(entry('dev'), (name) => (name === 'dev' ? known : undefined));
    assert.ok(target.ok);
    return target.value;
  };

  it('is the context of the CLI by its name, with its servers where the terminal would put others in their place', () => {
    const servers = { servers: 'nats://h1,nats://h2' };
    const context = { source: 'context', target: { context: 'dev' } } as const;
    assert.deepEqual(targetOf(stored(servers, context)), { context: 'dev' });
    assert.deepEqual(
      targetOf(stored(servers, { ...context, target: { context: 'dev', usesOwnServers: true } })),
      { context: 'dev', servers: ['nats://h1:4222', 'nats://h2:4222'] },
    );
  });

  it('is the servers of any other connection, without a secret, by TLS where it requires that', () => {
    const known = stored({ servers: 'nats://ann:pa55@h1', auth: 'password', user: 'ann' });
    assert.deepEqual(targetOf(known), { servers: ['nats://h1:4222'] });
    assert.deepEqual(targetOf(stored({ servers: 'h1', tls: { mode: 'required' } })), {
      servers: ['tls://h1:4222'],
    });
  });

  it('is nothing, with the reason, where the server is not known', () => {
    const known = stored({ servers: 'h1' });
    for (const [one, why] of [
      [entry('gone'), /the connection "gone" no longer exists/],
      [entry(), /the connection of the reset was not stored/],
      [{ ...entry('dev'), isImported: true }, /the reset was imported/],
    ] as const) {
      const target = commandTarget(one, (name) => (name === 'dev' ? known : undefined));
      assert.equal(target.ok, false);
      assert.match(said(target.problem.why), why);
    }
  });
});
