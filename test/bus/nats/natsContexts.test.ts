import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readCliProfiles } from '../../../src/connections/contexts/cliContexts';
import type { KnownProfile } from '../../../src/connections/connectionService';
import { projectRoot, temporaryFolder } from '../../host/cache';
import { startNatsServer } from '../../host/natsServer';
import { startNatsListener, type NatsListener, type Presented } from '../natsListener';
import { makeNkey, makeOperator } from '../natsIdentities';
import { createService, stateWhere } from '../natsSetup';
import { said } from '../../unit/said';

/** What the real CLI was seen to send: what stands before the @ of the URL, the fields that are set, what CONNECT held. */
interface CliRecording {
  readonly rows: readonly (readonly [url: keyof typeof userInfos, fields: readonly Field[], sent: string])[];
}

const userInfos = {
  none: '',
  pair: 'url-user:url-pass@',
  noPassword: 'url-user:@',
  token: 'url-token@',
  onlyPassword: ':url-pass@',
} as const;
type Field = 'user' | 'password' | 'token' | 'creds' | 'nkey' | 'user_jwt' | 'user_seed';

describe('a context of the NATS CLI', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const cleanUp: (() => void | Promise<void>)[] = [];

  before(async () => {
    folder = await temporaryFolder('contexts-');
    await mkdir(path.join(folder.path, 'nats', 'context'), { recursive: true });
  });
  afterEach(async () => {
    for (const step of cleanUp.splice(0).reverse()) await step();
  });
  after(() => folder.remove());

  async function listener(options?: Parameters<typeof startNatsListener>[0]): Promise<NatsListener> {
    const started = await startNatsListener(options);
    cleanUp.push(() => started.stop());
    return started;
  }

  async function context(fields: object): Promise<KnownProfile> {
    await writeFile(path.join(folder.path, 'nats', 'context', 'x.json'), JSON.stringify(fields));
    const { contexts } = await readCliProfiles({ env: { XDG_CONFIG_HOME: folder.path }, home: folder.path });
    const result = contexts[0]?.result;
    assert.ok(result?.ok, JSON.stringify(result));
    return { id: 'context:x', ...result.value };
  }

  function service(options?: Parameters<typeof createService>[0]): ReturnType<typeof createService> {
    const created = createService(options);
    cleanUp.push(() => {
      created.dispose();
    });
    return created;
  }

  it('presents what the real CLI presents, whatever fields it has', async function () {
    this.timeout(240_000);
    const file = path.join(projectRoot, 'test', 'bus', 'recordings', 'natsCli.json');
    const { rows } = JSON.parse(await readFile(file, 'utf8')) as CliRecording;
    const operator = makeOperator();
    const [inCreds, inField] = [operator.user(), operator.user({ bearer: true })];
    const nkey = makeNkey();
    const at = (name: string): string => path.join(folder.path, name);
    await writeFile(at('user.creds'), inCreds.creds);
    await writeFile(at('user.nk'), nkey.seed);
    const values: Readonly<Record<Field, string>> = {
      user: 'field-user',
      password: 'field-pass',
      token: 'field-token',
      creds: at('user.creds'),
      nkey: at('user.nk'),
      user_jwt: inField.jwt,
      user_seed: inField.seed,
    };
    const names = new Map([
      ['field-user', 'user'],
      ['field-pass', 'password'],
      ['field-token', 'token'],
      ['url-user', 'url.user'],
      ['url-pass', 'url.password'],
      ['url-token', 'url.token'],
      [nkey.publicKey, 'nkey'],
      [inCreds.jwt, 'creds'],
      [inField.jwt, 'user_jwt'],
    ]);
    const inWords = ({ sig = '', ...shown }: Presented): string => {
      // The client library names a JWT's own key beside it.
      const nkeyShown = shown.jwt === undefined ? shown.nkey : undefined;
      const all = { ...shown, nkey: nkeyShown };
      const parts = (['user', 'pass', 'auth_token', 'nkey', 'jwt'] as const).flatMap((part) => {
        const text = all[part] ?? '';
        return text === '' ? [] : [`${part}=${names.get(text) ?? text}`];
      });
      return [...parts, ...(sig === '' ? [] : ['sig'])].join(' ');
    };
    const server = await listener();
    const client = service();
    const differing: string[] = [];
    for (const [url, fields, sent] of rows) {
      server.clear();
      const set = Object.fromEntries(fields.map((field) => [field, values[field]]));
      const known = await context({ url: `nats://${userInfos[url]}127.0.0.1:${server.port}`, ...set });
      const connected = await client.connect(known);
      assert.ok(connected.ok, JSON.stringify(connected));
      const ours = server.presented.map(inWords);
      if (ours.length !== 1 || ours[0] !== sent)
        differing.push(`${url} ${fields.join()}: ${ours.join(' | ')}, the CLI ${sent}`);
    }
    assert.equal(rows.length, 640);
    assert.deepEqual(differing, []);
  });

  it('shows each server its own credentials, and nothing to the one that has none', async () => {
    const [a, b, c] = await Promise.all([
      listener({ takes: false }),
      listener({ takes: false }),
      listener({ takes: false }),
    ]);
    const url = `nats://ann:pa-of-a@127.0.0.1:${a.port},nats://token-of-b@127.0.0.1:${b.port},${c.url}`;
    const known = await context({ url });
    const connected = await service().connect(known);
    assert.equal(connected.ok, false);
    const shown = ({ presented }: NatsListener): unknown[] =>
      presented.map(({ user, pass, auth_token }) => [user, pass, auth_token]);
    assert.deepEqual(new Set(shown(a).map(String)), new Set(['ann,pa-of-a,']));
    assert.deepEqual(new Set(shown(b).map(String)), new Set([',,token-of-b']));
    assert.deepEqual(new Set(shown(c).map(String)), new Set([',,']));
    for (const [server, others] of [
      [a, /token-of-b/],
      [b, /ann|pa-of-a/],
      [c, /ann|pa-of-a|token-of-b/],
    ] as const)
      assert.doesNotMatch(server.received(), others);
    assert.doesNotMatch(JSON.stringify(connected.problem), /pa-of-a|token-of-b/);
  });

  it('shows the fields’ credentials to the servers that have none in their URLs', async () => {
    const [a, b] = await Promise.all([listener({ takes: false }), listener()]);
    const url = `nats://ann:pa-of-a@127.0.0.1:${a.port},${b.url}`;
    assert.ok((await service().connect(await context({ url, user: 'bob', password: 'of-the-field' }))).ok);
    assert.deepEqual([a.presented[0]?.user, a.presented[0]?.pass], ['ann', 'pa-of-a']);
    assert.deepEqual([b.presented[0]?.user, b.presented[0]?.pass], ['bob', 'of-the-field']);
    assert.doesNotMatch(a.received(), /bob|of-the-field/);
  });

  it('goes on with the next server by that one’s credentials, where each checks its own', async () => {
    const [first, second] = await Promise.all(
      ['ann', 'bob'].map((user) =>
        startNatsServer({ config: `authorization { user: ${user}, password: "pw of ${user}" }` }),
      ),
    );
    assert.ok(first && second);
    cleanUp.push(() => second.stop());
    const at = (user: string, port: number): string =>
      `nats://${user}:${encodeURIComponent(`pw of ${user}`)}@127.0.0.1:${port}`;
    const client = service();
    const known = await context({ url: `${at('ann', first.port)},${at('bob', second.port)}` });
    assert.ok((await client.connect(known)).ok);
    assert.ok(client.state.kind === 'connected' && client.state.server.url === first.url);
    await first.stop();
    await stateWhere(client, 'connected', ({ server }) => server.url === second.url);
    assert.equal((await client.bus()?.publish('system.reset', new Uint8Array()))?.state, 'published');
    assert.doesNotMatch(second.output(), /Authorization|authentication error/i);
  });

  it('shows a server that the cluster named what it shows the one that named it', async () => {
    const peer = await listener();
    const [a, b] = await Promise.all([
      startNatsListener({ peers: [`127.0.0.1:${peer.port}`] }),
      listener({ takes: false }),
    ]);
    const url = `nats://ann:pa-of-a@127.0.0.1:${a.port},nats://bob:pb-of-b@127.0.0.1:${b.port}`;
    const client = service();
    assert.ok((await client.connect(await context({ url }))).ok);
    await b.stop();
    await a.stop();
    await stateWhere(client, 'connected', ({ server }) => server.url === peer.url);
    assert.deepEqual([peer.presented[0]?.user, peer.presented[0]?.pass], ['ann', 'pa-of-a']);
    assert.doesNotMatch(peer.received(), /bob|pb-of-b/);
  });

  describe('with a creds file', () => {
    const operator = makeOperator();
    const user = operator.user();
    const variants: Readonly<Record<string, string>> = {
      'as nsc writes it': user.creds,
      'with CRLF': user.creds.replaceAll('\n', '\r\n'),
      'with CR': user.creds.replaceAll('\n', '\r'),
      'without the end of the last line': user.creds.trimEnd(),
      'with CRLF, without the end of the last line': user.creds.trimEnd().replaceAll('\n', '\r\n'),
      'with blank lines': user.creds.replaceAll('\n', '\n\n'),
      'with blank lines and CRLF': user.creds.replaceAll('\n', '\r\n\r\n'),
      'with spaces': user.creds.replace(/^/gm, '  ').replace(/$/gm, ' \t'),
      'with a byte order mark': `\uFEFF${user.creds}`,
      'without the last marker': user.creds.replace(/------END USER NKEY SEED------\n/, ''),
      'without any end marker': user.creds.replace(/------END .*\n/g, ''),
      'with other dashes': user.creds.replaceAll(/-{5,}/g, '---'),
      'with a remark in another code page': `# Schl\u00fcssel\n${user.creds}`,
    };
    for (const [name, text] of Object.entries(variants)) {
      it(`${name}, connects to a server that checks it`, async () => {
        const server = await startNatsServer({ config: operator.config });
        cleanUp.push(() => server.stop());
        const file = path.join(folder.path, 'variant.creds');
        await writeFile(file, text, name.includes('code page') ? 'latin1' : 'utf8');
        const connected = await service().connect(await context({ url: server.url, creds: file }));
        assert.ok(connected.ok, JSON.stringify(connected));
        const { state } = await connected.value.publish('system.reset', new Uint8Array());
        assert.equal(state, 'published');
      });
    }

    for (const [name, make, reason] of [
      ['is not there', () => Promise.resolve(), /The credentials file of .* cannot be used.*does not exist/],
      ['is a folder', (file: string) => mkdir(file), /it is a folder/],
      ['holds no JWT', (file: string) => writeFile(file, user.seed), /it contains no user JWT/],
      ['holds no seed', (file: string) => writeFile(file, user.jwt), /it contains no nkey seed/],
      [
        'is UTF-16, as PowerShell writes it',
        (file: string) => writeFile(file, `\uFEFF${user.creds}`, 'utf16le'),
        /it is not UTF-8 text/,
      ],
    ] as const) {
      it(`that ${name}, says so, without repeating it`, async () => {
        const file = path.join(folder.path, `${name.replaceAll(/\W/g, '-')}.creds`);
        await make(file);
        const connected = await service().connect(await context({ url: 'nats://127.0.0.1:1', creds: file }));
        assert.equal(connected.ok, false);
        assert.equal(connected.problem.kind, 'unusableFile');
        const told = JSON.stringify(connected.problem);
        assert.match(told, reason);
        assert.match(told, /in the context|made by nsc/);
        assert.ok(!told.includes(user.seed) && !told.includes(user.jwt));
      });
    }
  });

  it('says which server’s URL it can’t use, without its credentials', async () => {
    await writeFile(
      path.join(folder.path, 'nats', 'context', 'x.json'),
      JSON.stringify({ url: 'nats://ann:pa-of-a@h:1,nats://bob:pb-of-b@h:1' }),
    );
    const { contexts } = await readCliProfiles({ env: { XDG_CONFIG_HOME: folder.path }, home: '/' });
    const result = contexts[0]?.result;
    assert.equal(result?.ok, false);
    assert.match(said(result.problem.why), /contains a server twice, with different credentials/);
    assert.doesNotMatch(JSON.stringify(result), /pa-of-a|pb-of-b/);
  });
});
