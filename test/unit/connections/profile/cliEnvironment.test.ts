import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readCliProfiles, type CliProfile } from '../../../../src/connections/contexts/cliContexts';
import { said } from '../../said';

describe('the profile of the environment, as the NATS CLI reads it', () => {
  let root: string;
  let env: Record<string, string>;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'cli-environment-'));
    env = { XDG_CONFIG_HOME: root };
    await mkdir(path.join(root, 'nats', 'context'), { recursive: true });
  });
  afterEach(() => rm(root, { recursive: true }));

  async function environment(): Promise<CliProfile> {
    const found = (await readCliProfiles({ env, home: '/home/ann' })).environment;
    assert.ok(found);
    return found;
  }

  it('is made of the CLI’s variables', async () => {
    Object.assign(env, {
      NATS_URL: 'tls://a',
      NATS_USER: 'alice',
      NATS_PASSWORD: 'pw',
      NATS_CA: '~/ca.pem',
    });
    const { name, description, result } = await environment();
    assert.equal(name, 'Environment');
    assert.equal(description, 'From NATS_URL, NATS_USER, NATS_PASSWORD, NATS_CA');
    assert.ok(result.ok);
    assert.deepEqual(result.value.profile.servers, ['tls://a:4222']);
    assert.equal(result.value.profile.tls.caFile, '/home/ann/ca.pem');
    assert.deepEqual(result.value.ownSecrets, { password: 'pw' });
  });

  it('takes a user without a password for a token, as the CLI does', async () => {
    Object.assign(env, { NATS_URL: 'a', NATS_USER: 't0ken' });
    const { result } = await environment();
    assert.ok(result.ok);
    assert.deepEqual(result.value.profile.auth, { kind: 'token' });
    assert.deepEqual(result.value.ownSecrets, { token: 't0ken' });
  });

  for (const [variables, auth] of [
    [{ NATS_CREDS: '/u.creds' }, { kind: 'creds', file: '/u.creds' }],
    [{ NATS_NKEY: '/u.nk' }, { kind: 'nkey', file: '/u.nk' }],
    [{ NATS_JWT: 'a.b.c', NATS_SEED: `SU${'A'.repeat(56)}` }, { kind: 'jwt' }],
    [{ NATS_TOKEN: 't' }, { kind: 'token' }],
  ] as const) {
    it(`understands ${Object.keys(variables).join(' and ')}`, async () => {
      Object.assign(env, variables);
      const { result } = await environment();
      assert.ok(result.ok);
      assert.deepEqual(result.value.profile.auth, auth);
    });
  }

  it('starts from the context that NATS_CONTEXT names, and the other variables win', async () => {
    const dev = { url: 'nats://dev', user: 'alice', password: 'pw' };
    await writeFile(path.join(root, 'nats', 'context', 'dev.json'), JSON.stringify(dev));
    Object.assign(env, { NATS_CONTEXT: 'dev', NATS_URL: 'nats://other' });
    const { result, basedOn } = await environment();
    assert.equal(basedOn, 'dev');
    assert.ok(result.ok);
    assert.deepEqual(result.value.profile.servers, ['nats://other:4222']);
    assert.deepEqual(result.value.ownSecrets, { password: 'pw' });
  });

  it('cannot be used when NATS_CONTEXT names none, or one outside of the folder', async () => {
    for (const name of ['gone', '../../etc/passwd', 'a/b']) {
      env['NATS_CONTEXT'] = name;
      const { result } = await environment();
      assert.equal(result.ok, false);
      assert.match(said(result.problem.why), /NATS_CONTEXT/);
    }
  });
});
