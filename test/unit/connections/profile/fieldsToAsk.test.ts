import assert from 'node:assert/strict';
import type { ConnectionProblem, ConnectionProblemKind } from '../../../../src/connections/connectionProblem';
import { fieldsToAsk } from '../../../../src/connections/profile/fieldsToAsk';
import type { KeptField } from '../../../../src/connections/profile/fields';
import type { ConnectionProfile, ProfileAuth } from '../../../../src/connections/profile/profile';
import { secretTexts, type ProfileSecrets } from '../../../../src/connections/profile/secrets';
import { verbatim } from '../../../../src/util/l10n';

const personal: ProfileAuth = { kind: 'password' };
const shared: ProfileAuth = { kind: 'password', user: 'alice' };

function fields(
  kind: ConnectionProblemKind,
  { auth = personal, secret, kept = {} }: { auth?: ProfileAuth; secret?: KeptField; kept?: ProfileSecrets },
): readonly KeptField[] {
  const tls = { mode: 'auto', handshakeFirst: false, verify: true } as const;
  const profile: ConnectionProfile = { name: 'x', servers: ['h'], auth, tls, protected: false };
  const problem: ConnectionProblem = {
    kind,
    what: verbatim(''),
    ...(secret === undefined ? {} : { secret }),
  };
  return fieldsToAsk(problem, profile, kept);
}

describe('What a person is asked for', () => {
  it('is a user of their own together with the password', () => {
    assert.deepEqual(fields('missingSecret', { secret: 'user' }), ['user', 'password']);
    assert.deepEqual(fields('missingSecret', { secret: 'user', kept: { password: 'p' } }), ['user']);
  });

  it('is the one secret that is missing', () => {
    assert.deepEqual(fields('missingSecret', { secret: 'password', auth: shared }), ['password']);
    assert.deepEqual(fields('missingSecret', { secret: 'password', kept: { user: 'u' } }), ['password']);
    assert.deepEqual(fields('missingSecret', { secret: 'seed', auth: { kind: 'jwt' } }), ['seed']);
    assert.deepEqual(fields('missingSecret', { secret: 'keyPassphrase' }), ['keyPassphrase']);
  });

  it('is their own user again when the server does not accept it, and nothing that the team decides', () => {
    const kept = { user: 'u', password: 'p' };
    assert.deepEqual(fields('wrongCredentials', { kept }), ['user', 'password']);
    assert.deepEqual(fields('wrongCredentials', { kept, auth: shared }), []);
    assert.deepEqual(fields('wrongCredentials', { kept, auth: { kind: 'token' } }), []);
    assert.deepEqual(fields('refused', { kept }), []);
  });

  it('is masked in what is shown, the user apart', () => {
    assert.deepEqual(secretTexts({ user: 'dev', password: 'p', seed: 's' }), ['p', 's']);
  });
});
