import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import {
  readCliProfiles,
  type CliProfile,
  type CliProfiles,
} from '../../../../src/connections/contexts/cliContexts';
import type { ContextProfile } from '../../../../src/connections/contexts/contextProfile';
import { said } from '../../said';

/** What `nats context add` writes when nothing was given. */
const blank = {
  description: '',
  url: 'nats://127.0.0.1:4222',
  socks_proxy: '',
  token: '',
  user: '',
  password: '',
  creds: '',
  nkey: '',
  cert: '',
  key: '',
  ca: '',
  nsc: '',
  jetstream_domain: '',
  jetstream_api_prefix: '',
  jetstream_event_prefix: '',
  inbox_prefix: '',
  user_jwt: '',
  user_seed: '',
  color_scheme: '',
  tls_first: false,
  windows_cert_store: '',
  windows_cert_match_by: '',
  windows_cert_match: '',
  windows_ca_certs_match: null,
};

const seed = `SU${'A'.repeat(56)}`;

describe('the profiles of the NATS CLI', () => {
  let root: string;
  let env: Record<string, string>;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'cli-profiles-'));
    env = { XDG_CONFIG_HOME: root };
    await mkdir(path.join(root, 'nats', 'context'), { recursive: true });
  });
  afterEach(() => rm(root, { recursive: true }));

  const read = (): Promise<CliProfiles> => readCliProfiles({ env, home: '/home/ann' });
  const write = (name: string, text: string): Promise<void> =>
    writeFile(path.join(root, 'nats', 'context', `${name}.json`), text);
  const context = (name: string, fields: object): Promise<void> =>
    write(name, JSON.stringify({ ...blank, ...fields }, null, 2));

  async function only(fields: object): Promise<CliProfile> {
    await context('dev', fields);
    const [found] = (await read()).contexts;
    assert.ok(found);
    return found;
  }
  async function usable(fields: object): Promise<ContextProfile> {
    const { result } = await only(fields);
    assert.ok(result.ok, JSON.stringify(result));
    return result.value;
  }
  async function refusal(fields: object): Promise<string> {
    const { result } = await only(fields);
    assert.equal(result.ok, false);
    return `${said(result.problem.what)}: ${said(result.problem.why)}`;
  }

  it('are those in the folder of XDG_CONFIG_HOME, by name, and the selected one is known', async () => {
    await context('prod', {});
    await context('dev', {});
    await writeFile(path.join(root, 'nats', 'context.txt'), 'prod\n');
    const { contexts, selected, environment } = await read();
    assert.deepEqual(
      contexts.map(({ name }) => name),
      ['dev', 'prod'],
    );
    assert.equal(selected, 'prod');
    assert.equal(environment, undefined);
  });

  it('are those in ~/.config without it', async () => {
    const home = path.join(root, 'home');
    await mkdir(path.join(home, '.config', 'nats', 'context'), { recursive: true });
    await writeFile(path.join(home, '.config', 'nats', 'context', 'at-home.json'), JSON.stringify(blank));
    const { contexts } = await readCliProfiles({ env: {}, home });
    assert.deepEqual(
      contexts.map(({ name }) => name),
      ['at-home'],
    );
  });

  it('are none where the CLI was never used', async () => {
    assert.deepEqual(await readCliProfiles({ env: {}, home: path.join(root, 'nobody') }), { contexts: [] });
  });

  it('leave out empty files, folders and other files, as the CLI does', async () => {
    await write('empty', '');
    await mkdir(path.join(root, 'nats', 'context', 'folder.json'));
    await writeFile(path.join(root, 'nats', 'context', 'notes.txt'), 'x');
    assert.deepEqual((await read()).contexts, []);
  });

  it('"url": one server or several, and the usual one where it is missing', async () => {
    assert.deepEqual((await usable({ url: 'nats://a:1,tls://b' })).profile.servers, [
      'nats://a:1',
      'tls://b:4222',
    ]);
    assert.deepEqual((await usable({ url: '' })).profile.servers, ['nats://127.0.0.1:4222']);
    assert.match(await refusal({ url: 'ws://a' }), /ws:\/\/\) is not supported/);
  });

  it('"url": credentials in it count before "user" and "token", as for the CLI', async () => {
    const { profile, ownSecrets } = await usable({
      url: 'nats://bob:pw@a',
      user: 'alice',
      password: 'other',
    });
    assert.deepEqual(profile.servers, ['nats://a:4222']);
    assert.deepEqual(profile.auth, { kind: 'password', user: 'bob' });
    assert.deepEqual(ownSecrets, { password: 'pw' });
  });

  it('"user" and "password"', async () => {
    const { profile, ownSecrets } = await usable({ user: 'alice', password: 'pw:x' });
    assert.deepEqual(profile.auth, { kind: 'password', user: 'alice' });
    assert.deepEqual(ownSecrets, { password: 'pw:x' });
  });

  it('"token"', async () => {
    const { profile, ownSecrets } = await usable({ token: 't0ken' });
    assert.deepEqual(profile.auth, { kind: 'token' });
    assert.deepEqual(ownSecrets, { token: 't0ken' });
  });

  it('"creds": a file, with ~ and variables in its name', async () => {
    env['TEAM'] = 'blue';
    assert.deepEqual((await usable({ creds: '~/$TEAM/${TEAM}.creds' })).profile.auth, {
      kind: 'creds',
      file: '/home/ann/blue/blue.creds',
    });
    assert.deepEqual((await usable({ creds: 'file:///etc/u.creds' })).profile.auth, {
      kind: 'creds',
      file: '/etc/u.creds',
    });
  });

  it('"creds": embedded, or in a variable', async () => {
    const creds = `-----BEGIN NATS USER JWT-----\na.b.c\n------END NATS USER JWT------\n\n-----BEGIN USER NKEY SEED-----\n${seed}\n------END USER NKEY SEED------\n`;
    env['CREDS'] = creds;
    for (const reference of [`data:;base64,${Buffer.from(creds).toString('base64')}`, 'env://CREDS']) {
      const { profile, ownSecrets } = await usable({ creds: reference });
      assert.deepEqual(profile.auth, { kind: 'jwt' });
      assert.deepEqual(ownSecrets, { jwt: 'a.b.c', seed });
    }
    assert.match(await refusal({ creds: 'env://MISSING' }), /variable MISSING.* is not set/);
  });

  it('"nkey": a file, or embedded', async () => {
    assert.deepEqual((await usable({ nkey: '~/user.nk' })).profile.auth, {
      kind: 'nkey',
      file: '/home/ann/user.nk',
    });
    const embedded = await usable({ nkey: `data:;base64,${Buffer.from(`${seed}\n`).toString('base64')}` });
    assert.deepEqual(embedded.profile.auth, { kind: 'nkey' });
    assert.deepEqual(embedded.ownSecrets, { seed });
  });

  it('"user_jwt" and "user_seed", the seed in a file too', async () => {
    const file = path.join(root, 'seed.txt');
    await writeFile(file, `${seed}\n`);
    for (const user_seed of [seed, `file://${file}`]) {
      const { profile, ownSecrets } = await usable({ user_jwt: 'a.b.c', user_seed });
      assert.deepEqual(profile.auth, { kind: 'jwt' });
      assert.deepEqual(ownSecrets, { jwt: 'a.b.c', seed });
    }
  });

  it('"cert", "key" and "ca": files, and TLS is required', async () => {
    const { tls } = (await usable({ cert: '~/c.pem', key: '/k.pem', ca: '$XDG_CONFIG_HOME/ca.pem' })).profile;
    assert.deepEqual(tls, {
      mode: 'required',
      caFile: `${root}/ca.pem`,
      certFile: '/home/ann/c.pem',
      keyFile: '/k.pem',
      handshakeFirst: false,
      verify: true,
    });
    assert.match(await refusal({ ca: 'op://vault/item/ca' }), /"ca" must be a file/);
  });

  it('"tls_first"', async () => {
    const { tls } = (await usable({ tls_first: true })).profile;
    assert.equal(tls.handshakeFirst, true);
    assert.equal(tls.mode, 'required');
  });

  it('"inbox_prefix", "description" and "color_scheme"', async () => {
    const { profile } = await usable({ inbox_prefix: '_INBOX.ann', color_scheme: 'magenta' });
    assert.equal(profile.inboxPrefix, '_INBOX.ann');
    assert.equal(profile.color, 'purple');
    assert.equal((await usable({ color_scheme: 'double' })).profile.color, undefined);
    assert.equal((await only({ description: 'The dev system' })).description, 'The dev system');
  });

  for (const [fields, reason] of [
    [{ socks_proxy: 'socks5://127.0.0.1:1080' }, /SOCKS proxy/],
    [{ nsc: 'nsc://o/a/u' }, /nsc/],
    [{ creds: 'nsc://o/a/u' }, /nsc:\/\//],
    [{ creds: 'op://vault/item/creds' }, /1Password \(op:\/\/\)/],
    [{ user: 'alice', password: 'op://vault/item/pw' }, /1Password \(op:\/\/\)/],
    [{ token: 'OP://vault/item/token' }, /1Password \(op:\/\/\)/],
    [{ windows_cert_store: 'user' }, /Windows certificate store/],
    [{ creds: 'vault://secret' }, /vault:\/\/, which is not supported/],
  ] as const) {
    it(`makes ${JSON.stringify(fields)} unusable, with that reason`, async () => {
      assert.match(await refusal(fields), reason);
    });
  }

  it('shows a damaged file as damaged, without repeating what stands in it', async () => {
    await write('broken', '{"password": hunter2secret');
    await write('list', '[]');
    await write('number', '{"user": 5}');
    await write('flag', '{"tls_first": "yes"}');
    const { contexts } = await read();
    const texts = contexts.map(({ name, result }) => {
      assert.equal(result.ok, false);
      assert.match(said(result.problem.what), new RegExp(`context "${name}" is invalid`));
      return said(result.problem.why);
    });
    assert.deepEqual(texts, [
      'it is not valid JSON',
      '"tls_first" must be true or false',
      'it is not a JSON object',
      '"user" must be a string',
    ]);
  });

  it('takes nothing of the language itself for a variable, and no context takes the others away', async () => {
    await context('good', { token: 't' });
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];
    for (const name of names) await context(name, { token: `env://${name}` });
    const { contexts } = await read();
    assert.deepEqual(contexts.find(({ name }) => name === 'good')?.result.ok, true);
    for (const name of names) {
      const result = contexts.find((one) => one.name === name)?.result;
      assert.equal(result?.ok, false);
      assert.match(said(result.problem.why), new RegExp(`the variable ${name}, used by "token", is not set`));
    }
  });

  it('are each read by themselves, whatever stands in the others', async () => {
    const anything = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }),
      fc
        .dictionary(
          fc.constantFrom(
            'url',
            'token',
            'user',
            'password',
            'creds',
            'nkey',
            'ca',
            'tls_first',
            '__proto__',
          ),
          fc.oneof(
            fc.anything(),
            fc.string({ unit: 'binary' }),
            fc.constantFrom(
              'env://constructor',
              'data:;base64,%',
              'file://\0',
              'nats://[',
              'file:///dev',
              '~\0',
              '$constructor',
            ),
          ),
        )
        .map((fields) => JSON.stringify(fields)),
    );
    await context('good', { token: 't' });
    await fc.assert(
      fc.asyncProperty(anything, async (text) => {
        await write('any', text);
        const { contexts } = await read();
        assert.equal(contexts.find(({ name }) => name === 'good')?.result.ok, true);
        assert.equal(
          contexts.some(({ name }) => name === 'any'),
          text !== '',
        );
      }),
      { numRuns: 200 },
    );
  });

  it('tell each file that can’t be read, with the others read all the same', async () => {
    await context('good', {});
    const at = (name: string): string => path.join(root, 'nats', 'context', name);
    await writeFile(at('latin.json'), Buffer.from('{"user":"M\u00fcller"}', 'latin1'));
    await writeFile(at('utf16.json'), Buffer.from('\uFEFF{"user":"ann"}', 'utf16le'));
    await writeFile(at('large.json'), `{"description":"${'x'.repeat(1024 * 1024)}"}`);
    await symlink(at('nowhere'), at('dangling.json'));
    await symlink(at('circle.json'), at('circle.json'));
    await symlink(root, at('folder.json'));
    execFileSync('mkfifo', [at('pipe.json')]);
    await writeFile(at('marked.json'), '\uFEFF{"token":"t"}');
    const { contexts } = await read();
    const found = contexts.map(({ name, result }) => [name, result.ok ? 'ok' : said(result.problem.why)]);
    assert.deepEqual(Object.fromEntries(found), {
      good: 'ok',
      marked: 'ok',
      latin: 'it is not UTF-8 text',
      utf16: 'it is not UTF-8 text',
      large: 'it is larger than 1 MB',
      dangling: 'it does not exist',
      circle: 'its symbolic links form a loop (ELOOP)',
      folder: 'it is a folder',
      pipe: 'it is not a regular file',
    });
  });

  it('tell that their folder, or what is selected, can’t be read', async () => {
    await context('good', {});
    await mkdir(path.join(root, 'nats', 'context.txt'));
    const folder = await read();
    assert.equal(folder.contexts.length, 1);
    assert.equal(folder.selected, undefined);
    assert.match(said(folder.problems?.[0]?.why), /context\.txt: it is a folder/);
    await rm(path.join(root, 'nats'), { recursive: true });
    await mkdir(path.join(root, 'nats'));
    await writeFile(path.join(root, 'nats', 'context'), '');
    env['NATS_URL'] = 'nats://a';
    const file = await read();
    assert.match(said(file.problems?.[0]?.what), /NATS CLI contexts cannot be read/);
    assert.equal(file.environment?.result.ok, true);
  });

  it('tell that the selected one does not exist', async () => {
    await context('good', {});
    await write('empty', '');
    for (const selected of ['gone', 'empty', '../good']) {
      await writeFile(path.join(root, 'nats', 'context.txt'), selected);
      const found = await read();
      assert.equal(found.selected, undefined);
      assert.match(
        said(found.problems?.[0]?.what),
        new RegExp(`selected NATS CLI context "${selected}" does not exist`),
      );
    }
  });

  it('present all that the CLI presents where several credentials are set', async () => {
    const { profile, serverAuth, ownSecrets } = await usable({ user: 'ann', password: '', token: 't0ken' });
    assert.deepEqual(profile.auth, { kind: 'password', user: 'ann' });
    assert.deepEqual(ownSecrets, {});
    assert.deepEqual(serverAuth, [
      {
        server: 'nats://127.0.0.1:4222',
        ways: [
          { auth: { kind: 'password', user: 'ann' }, secrets: { password: '' } },
          { auth: { kind: 'token' }, secrets: { token: 't0ken' } },
        ],
      },
    ]);
  });

  it('give no server the credentials of another', async () => {
    const { profile, serverAuth, ownSecrets } = await usable({
      url: 'nats://a:pa@h1:4222,nats://b:pb@h2:4222,nats://h3',
    });
    assert.deepEqual(profile.servers, ['nats://h1:4222', 'nats://h2:4222', 'nats://h3:4222']);
    assert.deepEqual(ownSecrets, {});
    assert.deepEqual(
      serverAuth?.map(({ server, ways }) => [server, ...ways.map(({ secrets }) => secrets.password)]),
      [['nats://h1:4222', 'pa'], ['nats://h2:4222', 'pb'], ['nats://h3:4222']],
    );
    assert.doesNotMatch(JSON.stringify(profile), /"p[ab]"|:p[ab]@/);
  });

  it('reads what older and newer versions of the CLI write: fields missing, fields unknown, null', async () => {
    await write('old', '{"description":"","url":"nats://a","Token":"t","other":{},"user":null}');
    const [found] = (await read()).contexts;
    assert.ok(found?.result.ok);
    assert.deepEqual(found.result.value.profile.auth, { kind: 'token' });
  });
});
