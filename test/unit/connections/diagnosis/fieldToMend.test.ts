import assert from 'node:assert/strict';
import { resolveProfile } from '../../../../src/connections/profile/resolveProfile';
import type { ProfileAuth } from '../../../../src/connections/profile/profile';
import { readDraft } from '../../../../src/connections/profile/draft';
import { fieldToMend } from '../../../../src/connections/diagnosis/fieldToMend';
import { newDraft, type ConnectionDraft } from '../../../../src/connections/formMessages';
import { verbatim } from '../../../../src/util/l10n';

const seed = `SU${'A'.repeat(56)}`;

describe('the field to mend', () => {
  const cases: readonly (readonly [Partial<ConnectionDraft>, string])[] = [
    [{ name: ' ' }, 'name'],
    [{ name: seed }, 'name'],
    [{ servers: '' }, 'servers'],
    [{ servers: 'wss://host' }, 'servers'],
    [{ servers: 'nats://alice:x@host', auth: 'token' }, 'servers'],
    [{ auth: 'creds' }, 'credsFile'],
    [{ auth: 'nkey', nkeyFile: seed }, 'nkeyFile'],
    [{ caFile: seed }, 'caFile'],
  ];
  for (const [change, field] of cases) {
    it(`is ${field} where the form holds ${JSON.stringify(change).replace(seed, 'a seed')}`, () => {
      const read = readDraft({ ...newDraft, ...change }, {});
      assert.ok(!read.ok);
      assert.equal(fieldToMend(read.problem), field);
    });
  }

  for (const field of ['caFile', 'keyFile', 'serverName'] as const) {
    it(`is ${field} where that needs a variable that is not set`, () => {
      const read = readDraft({ ...newDraft, [field]: '${env:NOT_SET}' }, {});
      assert.ok(read.ok);
      const context = { env: {}, home: '/home/me', folders: [], place: { kind: 'user' } } as const;
      const resolved = resolveProfile(read.value.profile, context);
      assert.ok(!resolved.ok);
      assert.equal(fieldToMend(resolved.problem), field);
    });
  }

  const credentials: readonly (readonly [ProfileAuth, string])[] = [
    [{ kind: 'none' }, 'auth'],
    [{ kind: 'password', user: 'alice' }, 'password'],
    [{ kind: 'token' }, 'token'],
    [{ kind: 'jwt' }, 'jwt'],
    [{ kind: 'nkey' }, 'seed'],
    [{ kind: 'nkey', file: '~/a.nk' }, 'nkeyFile'],
    [{ kind: 'creds', file: '~/a.creds' }, 'credsFile'],
  ];
  for (const [auth, field] of credentials) {
    it(`is ${field} where the server refuses ${JSON.stringify(auth)}`, () => {
      const tls = { mode: 'auto', handshakeFirst: false, verify: true } as const;
      const profile = { name: 'x', servers: ['h'], auth, tls, protected: false };
      assert.equal(fieldToMend({ kind: 'wrongCredentials', what: verbatim('No') }, profile), field);
    });
  }

  it('is that of the servers where nothing answers, and none where no field can mend it', () => {
    assert.equal(fieldToMend({ kind: 'refused', what: verbatim('No') }), 'servers');
    assert.equal(fieldToMend({ kind: 'unknownAuthority', what: verbatim('No') }), 'caFile');
    assert.equal(fieldToMend({ kind: 'maximumConnections', what: verbatim('No') }), undefined);
    assert.equal(fieldToMend({ what: verbatim('The settings cannot be written') }), undefined);
  });
});
