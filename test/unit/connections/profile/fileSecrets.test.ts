import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ConnectionService, type KnownProfile } from '../../../../src/connections/connectionService';
import type { Dial } from '../../../../src/connections/link/dial';
import { parseProfile } from '../../../../src/connections/profile/profileCodec';
import { Redactor } from '../../../../src/connections/redaction/redact';
import type { ProfileSecrets } from '../../../../src/connections/profile/secrets';
import { defaultTimings } from '../../../../src/connections/timings';
import { silentLogger } from '../../../host/silentLogger';
import { uncaughtDuring } from '../../util/uncaught';
import { encodeLine } from '../../../../src/history/log/historyLog';
import { record } from '../../history/records';
import { problemText } from '../../../../src/util/problem';
import { pastedSecret } from '../../../../src/util/pastedSecret';
import { newDraft, rememberedDraft } from '../../../../src/connections/formMessages';
import { msg, verbatim } from '../../../../src/util/l10n';

const seed = 'SUAIBDPBAUTWCWBKIO6XHQNINK5FWJW4OHLXC3HQ2KFE4PEJUA44CNHTC4';
const jwt = `eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ.${'eyJqdGkiOiJBIn0'.repeat(9)}.${'sigN-_4'.repeat(12)}`;
const keyLines = ['MC4CAQAwBQYDK2VwBCIEIJ1y5ZQ0q3k8hX7l', 'T0dBd3pFTk9UQVJFQUxLRVlBVEFMTA=='];
const pem = `-----BEGIN PRIVATE KEY-----\n${keyLines.join('\n')}\n-----END PRIVATE KEY-----\n`;
const creds = `-----BEGIN NATS USER JWT-----\r\n${jwt}\r\n------END NATS USER JWT------\r\n\r\n-----BEGIN USER NKEY SEED-----\r\n${seed}\r\n------END USER NKEY SEED------`;

function serviceWith(
  dial: Dial,
  secrets: () => Promise<ProfileSecrets> = () => Promise.resolve({}),
): ConnectionService {
  return new ConnectionService({
    secrets: { get: secrets, set: () => Promise.resolve() },
    dial,
    timings: defaultTimings,
    redactor: new Redactor(),
    logger: silentLogger,
  });
}

function known(settings: Record<string, unknown>): KnownProfile {
  const { profile, problems } = parseProfile({ name: 'test', servers: 'host.example', ...settings });
  assert.ok(profile, JSON.stringify(problems));
  return { id: 'test', profile };
}

/** Fails with a text that repeats what it was given. */
const indiscreet: Dial = (_target, access) => {
  const texts = [access.tls.key ?? '', ...keyLines, seed, jwt];
  const why = verbatim([JSON.stringify(access.credentials), JSON.stringify(access.tls), ...texts].join(' '));
  const what = msg('denied to {0}', msg('{0} ({1})', texts.join(' '), texts.length));
  return Promise.resolve({ ok: false, problem: { kind: 'other', what, why } });
};

describe('what stands in the files of a connection', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'res-files-'));
    await writeFile(path.join(folder, 'user.nk'), `${seed}\n`);
    await writeFile(path.join(folder, 'user.creds'), creds);
    await writeFile(path.join(folder, 'key.pem'), pem);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const [what, settings, secrets] of [
    ['the seed of an nkey file', { auth: 'nkey', nkeyFile: 'user.nk' }, [seed]],
    ['the JWT and the seed of a credentials file', { auth: 'creds', credsFile: 'user.creds' }, [jwt, seed]],
    ['each line of a private key', { tls: { keyFile: 'key.pem' } }, keyLines],
  ] as const) {
    it(`is masked, in the history too: ${what}`, async () => {
      const inFolder = JSON.parse(
        JSON.stringify(settings, (_field, value: unknown) =>
          typeof value === 'string' && value.includes('.') ? path.join(folder, value) : value,
        ),
      ) as Record<string, unknown>;
      const service = serviceWith(indiscreet);
      const connected = await service.connect(known(inFolder));
      assert.ok(!connected.ok);
      const { problem } = connected;
      const stored = encodeLine({ rev: 1, put: record('1', { state: { kind: 'failed', problem } }) });
      assert.match(stored, /"codes":\{"what":\["denied to \{0\}",\["\{0\} \(\{1\}\)","[^"]*•••/);
      const seen = [
        stored,
        JSON.stringify([connected, service.state, await service.test(known(inFolder))]),
      ].join();
      for (const secret of secrets) assert.ok(!seen.includes(secret), seen);
      service.dispose();
    });
  }
});

describe('a secret where the path of a file belongs', () => {
  const fields = [
    { auth: 'creds', credsFile: '?' },
    { auth: 'nkey', nkeyFile: '?' },
    { tls: { caFile: '?' } },
    { tls: { certFile: '?' } },
    { tls: { keyFile: '?' } },
  ];

  for (const settings of fields) {
    it(`is not repeated: ${JSON.stringify(settings)}`, async () => {
      // A password looks like nothing, and can't be told from a path.
      for (const pasted of [
        'correct-horse-battery',
        `p4ss/${'w'.repeat(300)}`,
        'x'.repeat(5000),
        'nul\0byte',
      ]) {
        const service = serviceWith(indiscreet);
        const filled = JSON.parse(
          JSON.stringify(settings).replace('"?"', JSON.stringify(pasted)),
        ) as typeof settings;
        const connected = await service.connect(known(filled));
        assert.ok(!connected.ok);
        const text = problemText(connected.problem);
        assert.ok(!text.includes(pasted), text);
        assert.match(text, /(credentials|nkey|CA|client certificate|client key) file/);
        service.dispose();
      }
    });
  }

  it('is refused where it can be told by its form, and not repeated', () => {
    const places = [
      ...fields,
      { name: '?' },
      { servers: '?' },
      { inboxPrefix: '?' },
      { tls: { serverName: '?' } },
    ];
    for (const settings of places) {
      for (const pasted of [seed, jwt, pem, creds]) {
        const { profile, problems } = parseProfile({
          name: 'test',
          servers: 'host.example',
          ...(JSON.parse(JSON.stringify(settings).replace('"?"', JSON.stringify(pasted))) as typeof settings),
        });
        assert.equal(profile, undefined, JSON.stringify(settings));
        const texts = problems.map(problemText).join('\n');
        assert.match(
          texts,
          /contains (an nkey seed|a user JWT|a private key|the text of a credentials file)/,
        );
        for (const secret of [seed, jwt, ...keyLines]) assert.ok(!texts.includes(secret), texts);
      }
    }
  });

  it('is not remembered with the form', () => {
    for (const pasted of [seed, jwt, pem, creds]) {
      for (const field of ['credsFile', 'nkeyFile', 'caFile', 'keyFile', 'name', 'user'] as const)
        assert.equal(rememberedDraft({ ...newDraft, [field]: pasted })[field], '');
    }
    const draft = { ...newDraft, credsFile: '~/.nats/user.creds', name: 'Production' };
    assert.deepEqual(rememberedDraft(draft), draft);
  });

  it('is not confused with paths, names and public keys', () => {
    for (const text of [
      '~/.local/share/nats/nsc/keys/keys/U/AB/UAIBDPBAUTWCWBKIO6XHQNINK5FWJW4OHLXC3HQ2KFE4PEJUA44CNHTC.nk',
      'UAIBDPBAUTWCWBKIO6XHQNINK5FWJW4OHLXC3HQ2KFE4PEJUA44CNHTC4AAA',
      'C:\\certs\\ca.pem',
      'SERVICE',
      '-----BEGIN CERTIFICATE-----',
    ])
      assert.equal(pastedSecret(text), undefined, text);
  });
});

describe('a connection whose making throws', () => {
  const secret = 'k'.repeat(32_000);
  const password = { auth: 'password', user: 'u' };

  for (const [what, service] of [
    [
      'the dialling',
      serviceWith(
        () => Promise.reject(new Error(`no ${secret}`)),
        () => Promise.resolve({ password: secret }),
      ),
    ],
    ['the secret storage', serviceWith(indiscreet, () => Promise.reject(new Error('the keyring is locked')))],
    ['what is done with the problem', serviceWith(indiscreet, () => Promise.resolve({ password: secret }))],
  ] as const) {
    it(`ends as disconnected, with a problem and without the secret: ${what}`, async () => {
      const connected = await service.connect(known(password));
      assert.ok(!connected.ok);
      assert.equal(service.state.kind, 'disconnected');
      assert.ok('reason' in service.state && service.state.reason);
      const tested = await service.test(known(password));
      assert.ok(!tested.ok);
      assert.ok(!JSON.stringify([connected, service.state, tested]).includes('kkkk'));
      service.dispose();
    });
  }

  it('does not heed a listener that throws', async () => {
    const service = serviceWith(indiscreet, () => Promise.resolve({ password: 'hunter22' }));
    service.onDidChange(({ kind }) => {
      if (kind === 'disconnected') throw new Error('a listener’s bug');
    });
    let connected: Awaited<ReturnType<typeof service.connect>> | undefined;
    const uncaught = await uncaughtDuring(async () => {
      connected = await service.connect(known(password));
    });
    assert.ok(connected && !connected.ok && !problemText(connected.problem).includes('hunter22'));
    assert.equal(service.state.kind, 'disconnected');
    assert.equal(uncaught.length, 1);
    service.dispose();
  });
});
