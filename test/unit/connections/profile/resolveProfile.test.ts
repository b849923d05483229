import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseProfiles, serializeProfile } from '../../../../src/connections/profile/profileCodec';
import { resolveProfile, type ResolvedProfile } from '../../../../src/connections/profile/resolveProfile';
import { secretDestination } from '../../../../src/connections/profile/secretDestination';
import { valuesOf, type WrittenProfile } from '../../../../src/connections/profile/profile';
import type { VariableContext } from '../../../../src/connections/profile/variables';
import { readDraft } from '../../../../src/connections/profile/draft';
import { rememberedDraft } from '../../../../src/connections/formMessages';
import { said } from '../../said';

const folder = { name: 'api', path: '/projects/api' };
const here = (env: Record<string, string> = {}): VariableContext => ({
  env,
  home: '/home/ann',
  folders: [folder],
  place: { kind: 'folder', folder },
});

function written(entry: Record<string, unknown>): WrittenProfile {
  const [parsed] = parseProfiles([{ name: 'Team', servers: 'h', ...entry }]).entries;
  assert.ok(parsed?.profile, JSON.stringify(parsed?.problems));
  return parsed.profile;
}

function resolved(entry: Record<string, unknown>, env: Record<string, string> = {}): ResolvedProfile {
  const result = resolveProfile(written(entry), here(env));
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

function problem(entry: Record<string, unknown>, env: Record<string, string> = {}): string {
  const result = resolveProfile(written(entry), here(env));
  assert.ok(!result.ok, JSON.stringify(result));
  return `${said(result.problem.what)}: ${said(result.problem.why)}. ${said(result.problem.remedy)}`;
}

describe('A connection of a team', () => {
  it('has every text replaced', () => {
    const { profile } = resolved(
      {
        name: 'Dev ${env:X}',
        servers: ['tls://${env:X}.example:4223', '${env:X}'],
        auth: 'password',
        user: '${env:X}',
        inboxPrefix: '_${env:X}',
        tls: { caFile: '${workspaceFolder}/a', certFile: 'b', keyFile: '~/c', serverName: '${env:X}' },
      },
      { X: 'x' },
    );
    assert.deepEqual(profile, {
      name: 'Dev x',
      servers: ['tls://x.example:4223', 'nats://x:4222'],
      auth: { kind: 'password', user: 'x' },
      inboxPrefix: '_x',
      tls: {
        mode: 'auto',
        handshakeFirst: false,
        verify: true,
        caFile: '/projects/api/a',
        certFile: '/projects/api/b',
        keyFile: '/home/ann/c',
        serverName: 'x',
      },
      protected: false,
    });
    const creds = resolved({ auth: 'creds', credsFile: '$X/u.creds' }, { X: '/x' }).profile.auth;
    assert.deepEqual(creds, { kind: 'creds', file: '/x/u.creds' });
    const nkey = resolved({ auth: 'nkey', nkeyFile: 'u.nk' }).profile.auth;
    assert.deepEqual(nkey, { kind: 'nkey', file: '/projects/api/u.nk' });
  });

  it('names each field and all that is not set, at once', () => {
    const text = problem({ servers: '${env:HOST}', tls: { caFile: '${env:CA}/x', certFile: '${file}' } });
    assert.match(text, /^"Team" can't be used here/);
    assert.match(text, /"servers": the environment variable HOST is not set/);
    assert.match(text, /"tls.caFile": the environment variable CA is not set/);
    assert.match(text, /"tls.certFile"/);
  });

  it('is usable without a user, whom each person is asked for', () => {
    assert.deepEqual(resolved({ auth: 'password' }).profile.auth, { kind: 'password' });
  });

  it('says that WebSocket addresses are not supported, written or replaced', () => {
    for (const servers of ['wss://h', 'ws://h', 'wss://${env:H}']) {
      const [entry] = parseProfiles([{ name: 'Team', servers }]).entries;
      assert.equal(entry?.profile, undefined);
      assert.match(said(entry?.problems[0]?.why), /WebSocket \(wss?:\/\/\) is not supported/);
    }
    assert.match(problem({ servers: '${env:URL}' }, { URL: 'wss://h' }), /WebSocket \(wss/);
  });
});

describe('Credentials that variables bring into a URL', () => {
  const servers = 'nats://${env:NAME}:${env:PASS}@h';

  it('authenticate as they are, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (NAME, PASS) => {
        const { profile, ownSecrets } = resolved({ servers }, { NAME, PASS });
        assert.deepEqual(profile.auth, { kind: 'password', user: NAME });
        assert.deepEqual(ownSecrets, { password: PASS });
        assert.deepEqual(profile.servers, ['nats://h:4222']);
      }),
    );
  });

  it('may be a token, a user with a password, or stand in a URL that is a variable as a whole', () => {
    const token = resolved({ servers: '${env:T}@h' }, { T: 'a,b@c/d' });
    assert.deepEqual([token.profile.auth, token.ownSecrets], [{ kind: 'token' }, { token: 'a,b@c/d' }]);
    const pair = resolved({ servers: '${env:T}@h' }, { T: 'u:p@q' });
    assert.deepEqual(
      [pair.profile.auth, pair.ownSecrets],
      [{ kind: 'password', user: 'u' }, { password: 'p@q' }],
    );
    const url = resolved({ servers: '${env:URL}' }, { URL: 'nats://u:p@h1:1, u:p@h2' });
    assert.deepEqual(url.profile.servers, ['nats://h1:1', 'nats://h2:4222']);
    assert.deepEqual(url.ownSecrets, { password: 'p' });
    const fixed = resolved({ servers: 'al%20ice:${env:T}@h' }, { T: '%41' });
    assert.deepEqual(
      [fixed.profile.auth, fixed.ownSecrets],
      [{ kind: 'password', user: 'al ice' }, { password: '%41' }],
    );
  });

  it('must be the same for each server', () => {
    const text = problem({ servers: [servers, 'h2'] }, { NAME: 'n', PASS: 'hunter2' });
    assert.match(text, /URLs contain different ones/);
    assert.ok(!text.includes('hunter2'));
  });

  it('never come from what was once typed in for the same servers', () => {
    const env = { NAME: 'n', PASS: 'p' };
    const typed = written({ servers: 'h', auth: 'password', user: 'n' });
    const byUrl = secretDestination(true, written({ servers }), resolved({ servers }, env));
    assert.notEqual(byUrl, secretDestination(true, typed, resolved({ servers: 'h' }, env)));
  });

  it('stay variables in the form, in the settings and in what the form remembers', () => {
    for (const one of [servers, '${env:T}@h', 'nats://alice:${env:PASS}@${env:H}:1']) {
      const draft = { ...valuesOf(written({ servers: one })), scope: 'workspace' as const };
      assert.equal(draft.servers, one);
      assert.equal(rememberedDraft(draft).servers, one);
      const read = readDraft({ ...draft, color: 'red' }, {});
      assert.ok(read.ok);
      assert.deepEqual(read.value.secrets, {});
      assert.deepEqual(serializeProfile(read.value.profile), { name: 'Team', servers: [one], color: 'red' });
    }
  });

  it('are taken out where the secret itself is written down', () => {
    const [entry] = parseProfiles([{ name: 'Team', servers: 'nats://${env:U}:s3cret@${env:H}' }]).entries;
    assert.deepEqual(entry?.profile?.servers, ['nats://${env:H}']);
    assert.deepEqual(entry.profile.auth, { kind: 'password', user: '${env:U}' });
    assert.deepEqual(entry.ownSecrets, { password: 's3cret' });
    const odd = parseProfiles([{ name: 'Team', servers: 'nats://u:pa${ss}w@h' }]).entries[0];
    assert.deepEqual(odd?.ownSecrets, { password: 'pa${ss}w' });
    assert.deepEqual(odd.profile?.servers, ['nats://h:4222']);
  });

  it('are refused in a field that is not kept secret, and not repeated', () => {
    const seed = `SU${'A'.repeat(56)}`;
    const text = problem({ auth: 'creds', credsFile: '/x/${env:SEED}' }, { SEED: seed });
    assert.match(text, /"credsFile" contains an nkey seed/);
    assert.ok(!text.includes(seed));
  });

  it('are not quoted where they make no server', () => {
    const text = problem({ servers: '${env:URL}' }, { URL: 'nats://u:hunter2@bad host hunter2' });
    assert.ok(!text.includes('hunter2'), text);
  });
});

describe('Kept secrets', () => {
  const destination = (entry: Record<string, unknown>, env: Record<string, string>, shared = true) =>
    secretDestination(shared, written(entry), resolved(entry, env));

  it('are for the servers and files after the replacement', () => {
    const entry = { servers: '${env:H}', tls: { caFile: '${env:D}/ca' } };
    const before = destination(entry, { H: 'h', D: '/d' });
    assert.equal(before, destination(entry, { H: 'h', D: '/d' }));
    assert.notEqual(before, destination(entry, { H: 'evil', D: '/d' }));
    assert.notEqual(before, destination(entry, { H: 'h', D: '/e' }));
    assert.equal(before, destination({ servers: 'h', tls: { caFile: '/d/ca' } }, {}));
  });

  it('of the user are bound only where something else decides on the servers', () => {
    assert.equal(destination({ servers: 'h', tls: { caFile: '~/ca' } }, {}, false), undefined);
    const entry = { servers: '${env:H}' };
    assert.notEqual(destination(entry, { H: 'a' }, false), destination(entry, { H: 'b' }, false));
  });
});
