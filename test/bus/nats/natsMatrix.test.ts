import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConnectionProblemKind } from '../../../src/connections/connectionProblem';
import type { ProfileSecrets } from '../../../src/connections/profile/secrets';
import { temporaryFolder } from '../../host/cache';
import { startNatsServer, type NatsServer, type NatsServerVersion } from '../../host/natsServer';
import { makeCertificates, type Certificates } from '../natsCertificates';
import { makeNkey, makeOperator } from '../natsIdentities';
import { createService, profileOf, stateWhere } from '../natsSetup';

const password = 'p@ss:w/rd %41';
const operator = makeOperator();
const nkey = makeNkey();
const known = operator.user();
const expired = operator.user({ expires: -60 });
const stranger = makeOperator().user();

type Settings = Record<string, unknown>;

/** What a client presents: settings, secrets, and what stands before the @ of the URL. */
interface Presented {
  readonly settings?: Settings;
  readonly secrets?: ProfileSecrets;
  readonly userInfo?: string;
  readonly creds?: string;
}

/** How a server authenticates, one configuration each. */
const realms = {
  none: '',
  users: `authorization { users: [{ user: alice, password: "${password}" }, { nkey: ${nkey.publicKey} }] }`,
  token: 'authorization { token: "s3cr3t-token" }',
  operator: operator.config,
} as const;

/** Each way to authenticate, right and wrong. */
const ways: readonly {
  readonly name: string;
  readonly realm: keyof typeof realms;
  readonly right: Presented;
  readonly wrong?: Presented;
}[] = [
  { name: 'no authentication', realm: 'none', right: {} },
  {
    name: 'user and password',
    realm: 'users',
    right: { settings: { auth: 'password', user: 'alice' }, secrets: { password } },
    wrong: { settings: { auth: 'password', user: 'alice' }, secrets: { password: 'wrong-one' } },
  },
  {
    name: 'user and password in the URL',
    realm: 'users',
    right: { userInfo: `alice:${encodeURIComponent(password)}` },
    wrong: { userInfo: 'alice:wrong-one' },
  },
  {
    name: 'a token',
    realm: 'token',
    right: { settings: { auth: 'token' }, secrets: { token: 's3cr3t-token' } },
    wrong: { settings: { auth: 'token' }, secrets: { token: 'wrong-one' } },
  },
  {
    name: 'a token in the URL',
    realm: 'token',
    right: { userInfo: 's3cr3t-token' },
    wrong: { userInfo: 'wrong-one' },
  },
  {
    name: 'an nkey',
    realm: 'users',
    right: { settings: { auth: 'nkey' }, secrets: { seed: nkey.seed } },
    wrong: { settings: { auth: 'nkey' }, secrets: { seed: makeNkey().seed } },
  },
  {
    name: 'a user JWT and its seed',
    realm: 'operator',
    right: { settings: { auth: 'jwt' }, secrets: { jwt: known.jwt, seed: known.seed } },
    wrong: { settings: { auth: 'jwt' }, secrets: { jwt: stranger.jwt, seed: stranger.seed } },
  },
  {
    name: 'a credentials file',
    realm: 'operator',
    right: { creds: known.creds },
    wrong: { creds: stranger.creds },
  },
];

/** How a server uses TLS, and what connects to it and what does not. */
interface TlsVariant {
  readonly name: string;
  readonly server: (files: Certificates) => string;
  readonly works: readonly TlsUse[];
  readonly fails: readonly (TlsUse & { readonly kind: ConnectionProblemKind })[];
  /** The old server does not know it. */
  readonly newOnly?: boolean;
}

interface TlsUse {
  readonly name: string;
  readonly scheme?: 'tls';
  readonly tls: (files: Certificates) => Settings;
  readonly passphrase?: boolean;
}

const tlsBlock = (files: { certFile: string; keyFile: string }, more = ''): string =>
  `tls { cert_file: "${files.certFile}", key_file: "${files.keyFile}", timeout: 3 ${more} }`;
const caOnly = ({ caFile }: Certificates): Settings => ({ caFile });

const variants: readonly TlsVariant[] = [
  {
    name: 'no TLS',
    server: () => '',
    works: [
      { name: 'where the server offers it', tls: () => ({}) },
      { name: 'off', tls: () => ({ mode: 'off' }) },
    ],
    fails: [
      { name: 'required by tls://', scheme: 'tls', tls: () => ({}), kind: 'tlsUnavailable' },
      { name: 'required', tls: () => ({ mode: 'required' }), kind: 'tlsUnavailable' },
    ],
  },
  {
    name: 'TLS',
    server: ({ server }) => tlsBlock(server),
    works: [
      { name: 'where the server offers it', tls: caOnly },
      { name: 'required', tls: ({ caFile }) => ({ mode: 'required', caFile }) },
      { name: 'required by tls://', scheme: 'tls', tls: caOnly },
      { name: 'verification off', tls: () => ({ verify: false }) },
    ],
    fails: [
      { name: 'off', tls: () => ({ mode: 'off' }), kind: 'tlsRequired' },
      { name: 'without the CA', tls: () => ({}), kind: 'unknownAuthority' },
      {
        name: 'for another server name',
        tls: ({ caFile }) => ({ caFile, serverName: 'other.example.test' }),
        kind: 'hostNameMismatch',
      },
    ],
  },
  {
    name: 'TLS with client certificates',
    server: ({ server, caFile }) => tlsBlock(server, `, ca_file: "${caFile}", verify: true`),
    works: [
      {
        name: 'with a certificate and its key under a passphrase',
        tls: ({ caFile, client }) => ({ caFile, certFile: client.certFile, keyFile: client.keyFile }),
        passphrase: true,
      },
    ],
    fails: [
      { name: 'without a certificate', tls: caOnly, kind: 'clientCertificateRequired' },
      {
        name: 'without the passphrase',
        tls: ({ caFile, client }) => ({ caFile, certFile: client.certFile, keyFile: client.keyFile }),
        kind: 'missingSecret',
      },
    ],
  },
  {
    name: 'TLS under another name',
    server: ({ named }) => tlsBlock(named),
    works: [
      {
        name: 'with the server name',
        tls: ({ caFile }) => ({ caFile, serverName: 'nats.example.test' }),
      },
    ],
    fails: [{ name: 'without the server name', tls: caOnly, kind: 'hostNameMismatch' }],
  },
  {
    name: 'TLS with an expired certificate',
    server: ({ expired: files }) => tlsBlock(files),
    works: [{ name: 'verification off', tls: () => ({ verify: false }) }],
    fails: [{ name: 'verified', tls: caOnly, kind: 'certificateExpired' }],
  },
  {
    name: 'TLS that starts at once',
    newOnly: true,
    server: ({ server }) => tlsBlock(server, ', handshake_first: true'),
    works: [{ name: 'handshake first', tls: ({ caFile }) => ({ caFile, handshakeFirst: true }) }],
    fails: [
      { name: 'without saying so', tls: caOnly, kind: 'notNats' },
      {
        name: 'handshake first, without the CA',
        tls: () => ({ handshakeFirst: true }),
        kind: 'unknownAuthority',
      },
    ],
  },
];

for (const version of ['current', 'debian'] satisfies NatsServerVersion[]) {
  describe(`nats-server, ${version}`, function () {
    this.timeout(30_000);
    let certificates: Certificates;
    let folder: Awaited<ReturnType<typeof temporaryFolder>>;

    before(async () => {
      certificates = await makeCertificates();
      folder = await temporaryFolder('credentials-');
    });
    after(async () => {
      await certificates.remove();
      await folder.remove();
    });

    for (const variant of variants) {
      if (variant.newOnly === true && version === 'debian') continue;
      describe(`with ${variant.name}`, () => {
        const servers = new Map<string, NatsServer>();

        before(async () => {
          const tls = variant.server(certificates);
          const start = async (name: string, config: string): Promise<void> => {
            servers.set(name, await startNatsServer({ version, config: `${config}\n${tls}` }));
          };
          await Promise.all(Object.entries(realms).map(([realm, config]) => start(realm, config)));
          await start('full', 'max_connections: 1');
        });
        after(() => Promise.all([...servers.values()].map((server) => server.stop())));

        /** Connects, and sends if that worked; resolves with how far it came. */
        async function attempt(
          realm: string,
          { settings, secrets, userInfo, creds }: Presented,
          use: TlsUse,
        ): Promise<{ kind: string; texts: string }> {
          const server = servers.get(realm);
          assert.ok(server);
          const credsFile = path.join(folder.path, 'user.creds');
          if (creds !== undefined) await writeFile(credsFile, creds);
          const service = createService({
            secrets: {
              ...secrets,
              ...(use.passphrase === true ? { keyPassphrase: certificates.client.passphrase } : {}),
            },
            timings: { connectMs: use.name === 'without saying so' ? 200 : 3_000, pingIntervalMs: 60_000 },
          });
          try {
            const connected = await service.connect(
              profileOf({
                servers: `${use.scheme ?? 'nats'}://${userInfo === undefined ? '' : `${userInfo}@`}127.0.0.1:${server.port}`,
                ...settings,
                ...(creds === undefined ? {} : { auth: 'creds', credsFile }),
                tls: use.tls(certificates),
              }),
            );
            const texts = JSON.stringify(connected.ok ? service.state : connected.problem);
            if (!connected.ok) return { kind: connected.problem.kind, texts };
            const { state } = await connected.value.publish('system.reset', new Uint8Array());
            assert.ok(service.state.kind === 'connected');
            const tls = use.name === 'verification off' ? 'unverified' : 'verified';
            assert.equal(service.state.server.security, variant.name === 'no TLS' ? 'plain' : tls);
            return { kind: state, texts };
          } finally {
            service.dispose();
          }
        }

        for (const { name, realm, right, wrong } of ways) {
          for (const use of variant.works) {
            it(`connects with ${name}, TLS ${use.name}`, async () => {
              assert.equal((await attempt(realm, right, use)).kind, 'published');
            });
            if (!wrong) continue;
            it(`says that ${name} is wrong, TLS ${use.name}`, async () => {
              const { kind, texts } = await attempt(realm, wrong, use);
              assert.equal(kind, 'wrongCredentials');
              assert.ok(!texts.includes('wrong-one'));
              assert.equal((await attempt(realm, {}, use)).kind, 'authorizationViolation');
            });
          }
          for (const use of variant.fails) {
            it(`says ${use.kind} with ${name}, TLS ${use.name}`, async () => {
              assert.equal((await attempt(realm, right, use)).kind, use.kind);
            });
          }
        }

        for (const use of variant.works) {
          it(`says that a JWT has expired, TLS ${use.name}`, async () => {
            const secrets = { jwt: expired.jwt, seed: expired.seed };
            const byJwt = await attempt('operator', { settings: { auth: 'jwt' }, secrets }, use);
            assert.equal(byJwt.kind, 'credentialsExpired');
            assert.equal(
              (await attempt('operator', { creds: expired.creds }, use)).kind,
              'credentialsExpired',
            );
          });

          it(`says that the server is full, TLS ${use.name}`, async () => {
            const server = servers.get('full');
            assert.ok(server);
            const secrets = { keyPassphrase: certificates.client.passphrase };
            const first = createService({ secrets, timings: { connectMs: 3_000 } });
            const tls = use.tls(certificates);
            const connected = await first.connect(
              profileOf({ servers: `${use.scheme ?? 'nats'}://127.0.0.1:${server.port}`, tls }),
            );
            assert.ok(connected.ok, JSON.stringify(connected));
            assert.equal((await attempt('full', {}, use)).kind, 'maximumConnections');
            first.dispose();
          });
        }
      });
    }

    it('says that the JWT has expired when that happens while it is connected, and stops trying', async () => {
      const server = await startNatsServer({ version, config: operator.config });
      const { jwt, seed } = operator.user({ expires: 2 });
      const service = createService({ secrets: { jwt, seed } });
      assert.ok((await service.connect(profileOf({ servers: server.url, auth: 'jwt' }))).ok);
      const { reason } = await stateWhere(service, 'disconnected');
      assert.equal(reason?.kind, 'credentialsExpired');
      service.dispose();
      await server.stop();
    });
  });
}
