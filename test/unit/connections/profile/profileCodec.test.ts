import assert from 'node:assert/strict';
import fc from 'fast-check';
import { authKinds, profileColors, profileIcons, tlsModes } from '../../../../src/connections/profile/fields';
import type { ConnectionProfile } from '../../../../src/connections/profile/profile';
import {
  parseProfile,
  parseProfiles,
  serializeProfile,
} from '../../../../src/connections/profile/profileCodec';
import { said } from '../../said';

const minimal = { name: 'Local', servers: ['nats://127.0.0.1:4222'] };

function problemOf(entry: unknown): string {
  const { profile, problems } = parseProfile(entry);
  assert.equal(profile, undefined);
  return problems.map(({ what, why }) => `${said(what)}: ${said(why)}`).join('\n');
}

function profileOf(entry: unknown): ConnectionProfile {
  const { profile, problems } = parseProfile(entry);
  assert.ok(profile, JSON.stringify(problems));
  return profile;
}

const profiles: fc.Arbitrary<ConnectionProfile> = fc
  .record({
    name: fc.string({ minLength: 1 }).filter((name) => name.trim() === name && name !== ''),
    servers: fc.uniqueArray(
      fc.domain().map((host) => `nats://${host}:4222`),
      { minLength: 1, maxLength: 3 },
    ),
    kind: fc.constantFrom(...authKinds),
    text: fc.string({ minLength: 1 }),
    tls: fc.record(
      {
        mode: fc.constantFrom(...tlsModes),
        handshakeFirst: fc.boolean(),
        verify: fc.boolean(),
        caFile: fc.string({ minLength: 1 }),
        certFile: fc.string({ minLength: 1 }),
        keyFile: fc.string({ minLength: 1 }),
        serverName: fc.string({ minLength: 1 }),
      },
      { requiredKeys: ['mode', 'handshakeFirst', 'verify'], noNullPrototype: true },
    ),
    protected: fc.boolean(),
    color: fc.option(fc.constantFrom(...profileColors), { nil: undefined }),
    icon: fc.option(fc.constantFrom(...profileIcons), { nil: undefined }),
    inboxPrefix: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  })
  .map(({ kind, text, color, icon, inboxPrefix, ...rest }) => ({
    ...rest,
    auth: kind === 'password' ? { kind, user: text } : kind === 'creds' ? { kind, file: text } : { kind },
    ...(color === undefined ? {} : { color }),
    ...(icon === undefined ? {} : { icon }),
    ...(inboxPrefix === undefined ? {} : { inboxPrefix }),
  }));

describe('the setting res.connections', () => {
  it('gives back every profile that was written, by way of JSON', () => {
    fc.assert(
      fc.property(profiles, (profile) => {
        const { profile: read, problems } = parseProfile(
          JSON.parse(JSON.stringify(serializeProfile(profile))),
        );
        assert.deepEqual(read, profile);
        assert.deepEqual(problems, []);
      }),
    );
  });

  it('is an empty list where nothing is set', () => {
    assert.deepEqual(parseProfiles(undefined), { entries: [] });
  });

  it('says so when it is not a list', () => {
    assert.match(said(parseProfiles({ a: 1 }).problem?.what), /is not a list/);
    assert.match(said(parseProfiles('nats://localhost').problem?.what), /is not a list/);
  });

  it('keeps the good entries usable beside bad ones, each in its place', () => {
    const list = [null, minimal, 5, { name: 'No servers' }, { ...minimal, name: 'Second' }];
    const { entries } = parseProfiles(list);
    assert.deepEqual(
      entries.map(({ profile }) => profile?.name),
      [undefined, 'Local', undefined, undefined, 'Second'],
    );
    assert.deepEqual(
      entries.map(({ raw }) => raw),
      list,
    );
    assert.match(said(entries[3]?.problems[0]?.what), /"No servers"/);
  });

  it('leaves a second connection of the same name out, and says so', () => {
    const { entries } = parseProfiles([minimal, { ...minimal, servers: 'other' }]);
    assert.equal(entries[1]?.profile, undefined);
    assert.match(said(entries[1]?.problems[0]?.why), /another connection is also named "Local"/);
  });

  it('never throws, whatever it holds, and never loses an entry', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.jsonValue(),
            fc.record({
              name: fc.jsonValue(),
              servers: fc.jsonValue(),
              tls: fc.jsonValue(),
              auth: fc.jsonValue(),
              protected: fc.jsonValue(),
              color: fc.jsonValue(),
              icon: fc.jsonValue(),
            }),
          ),
        ),
        (list) => {
          const { entries } = parseProfiles(list);
          assert.equal(entries.length, list.length);
          for (const entry of entries) assert.ok(entry.profile !== undefined || entry.problems.length > 0);
        },
      ),
    );
  });

  it('reports the wrong type of each field', () => {
    assert.match(problemOf([]), /not an object/);
    assert.match(problemOf({ ...minimal, name: 5 }), /"name" must be a string/);
    assert.match(problemOf({ ...minimal, servers: [5] }), /"servers" must be/);
    assert.match(problemOf({ ...minimal, servers: [] }), /No server was given/);
    assert.match(problemOf({ ...minimal, auth: 'magic' }), /"auth" must be one of none, password/);
    assert.match(problemOf({ ...minimal, auth: 'password', user: 5 }), /"user" must be a string/);
    assert.match(problemOf({ ...minimal, auth: 'creds', credsFile: 1 }), /"credsFile" must be a string/);
    assert.match(problemOf({ ...minimal, inboxPrefix: 1 }), /"inboxPrefix" must be a string/);
  });

  it('does not use an entry whose TLS part it does not understand', () => {
    assert.match(problemOf({ ...minimal, tls: true }), /"tls" must be an object/);
    assert.match(problemOf({ ...minimal, tls: { mode: 'on' } }), /"tls.mode" must be one of/);
    assert.match(problemOf({ ...minimal, tls: { verify: 'no' } }), /"tls.verify" must be true or false/);
    assert.match(problemOf({ ...minimal, tls: { caFile: 1 } }), /"tls.caFile" must be a string/);
  });

  it('protects by default of doubt', () => {
    assert.equal(profileOf(minimal).protected, false);
    assert.equal(profileOf({ ...minimal, protected: 'false' }).protected, true);
    assert.match(said(parseProfile({ ...minimal, protected: 'false' }).problems[0]?.why), /"protected"/);
  });

  it('leaves out a colour and an icon that it does not know, and names the known ones', () => {
    const { profile, problems } = parseProfile({ ...minimal, color: 'pink', icon: 'unicorn' });
    assert.ok(profile);
    assert.ok(!('color' in profile) && !('icon' in profile));
    assert.match(said(problems[0]?.remedy), /red, orange/);
    assert.match(said(problems[1]?.remedy), /home, beaker/);
  });

  it('verifies certificates unless told otherwise', () => {
    assert.equal(profileOf(minimal).tls.verify, true);
    assert.equal(profileOf({ ...minimal, tls: {} }).tls.verify, true);
  });

  it('takes credentials out of a URL that was written by hand, and says that they should go', () => {
    const parsed = parseProfile({ ...minimal, servers: 'nats://u:secret@host' });
    assert.deepEqual(parsed.profile?.auth, { kind: 'password', user: 'u' });
    assert.deepEqual(parsed.profile.servers, ['nats://host:4222']);
    assert.deepEqual(parsed.ownSecrets, { password: 'secret' });
    assert.match(said(parsed.problems[0]?.remedy), /move them to the secret storage/);
    assert.ok(!JSON.stringify(parsed.problems).includes('secret@'));
  });

  it('refuses credentials in URLs that differ from each other, or from how it authenticates, with the reason', () => {
    for (const [settings, why] of [
      [{ servers: 'nats://a:pa@h1,nats://b:pb@h2' }, /URLs contain different ones/],
      [{ servers: ['nats://a:pa@h1', 'nats://h2'] }, /URLs contain different ones/],
      [{ servers: 'nats://a:pa@h1', auth: 'password', user: 'b' }, /contradict its authentication/],
      [{ servers: 'nats://a:pa@h1', auth: 'token' }, /contradict its authentication/],
      [{ servers: 't0ken@h1', auth: 'creds', credsFile: '/u.creds' }, /contradict its authentication/],
    ] as const) {
      const parsed = parseProfile({ name: 'x', ...settings });
      assert.equal(parsed.profile, undefined);
      assert.match(said(parsed.problems[0]?.why), why);
      assert.doesNotMatch(JSON.stringify(parsed), /"pa|pb|t0ken/);
    }
    const fitting = parseProfile({ name: 'x', servers: 'nats://a:pa@h1', auth: 'password', user: 'a' });
    assert.deepEqual(fitting.ownSecrets, { password: 'pa' });
  });

  it('does not read secrets from settings, and says so', () => {
    const parsed = parseProfile({ ...minimal, auth: 'password', user: 'u', password: 'in the open' });
    assert.match(said(parsed.problems[0]?.why), /"password" is not read/);
    assert.ok(!JSON.stringify(parsed.problems).includes('in the open'));
  });

  it('keeps fields that it does not know when an entry is edited', () => {
    const before = { ...minimal, auth: 'token', note: 'ask Ann', color: 'red' };
    const after = serializeProfile({ ...profileOf(before), auth: { kind: 'none' } }, before);
    assert.deepEqual(after, { ...minimal, color: 'red', note: 'ask Ann' });
  });
});
