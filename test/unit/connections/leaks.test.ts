import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ConnectionService } from '../../../src/connections/connectionService';
import type { ConnectionState } from '../../../src/connections/connectionState';
import type { Dial } from '../../../src/connections/link/dial';
import { diagnoseFailure } from '../../../src/connections/diagnosis/diagnosis';
import type { Link } from '../../../src/connections/link/link';
import { keptFields } from '../../../src/connections/profile/fields';
import { valuesOf, type ConnectionProfile } from '../../../src/connections/profile/profile';
import { parseProfile, serializeProfile } from '../../../src/connections/profile/profileCodec';
import { Redactor } from '../../../src/connections/redaction/redact';
import type { ProfileSecrets } from '../../../src/connections/profile/secrets';
import { lateLogger } from '../../../src/util/logger';
import { testAnswer } from '../../../src/connections/diagnosis/testText';
import { defaultTimings } from '../../../src/connections/timings';
import { ResetService } from '../../../src/resets/resetService';
import { readDraft } from '../../../src/connections/profile/draft';
import { newDraft, rememberedDraft } from '../../../src/connections/formMessages';
import { keepsNothing } from '../resets/flowSetup';

const secret = fc.stringMatching(/^[!-~]{9,30}$/).filter((text) => !text.includes(','));
const someone = fc.record({
  auth: fc.constantFrom('password', 'token', 'nkey', 'jwt' as const),
  inUrl: fc.boolean(),
  secrets: fc.record({ password: secret, token: secret, seed: secret, jwt: secret, keyPassphrase: secret }),
});

/** How a secret might look in a text that somebody else wrote. */
function formsOf(text: string): string[] {
  return [
    text,
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
    Buffer.from(text).toString('base64').replace(/=+$/, ''),
    Buffer.from(text).toString('base64url'),
  ];
}

/** The same in the middle of something longer, where base64 starts at another bit. */
function embedded(text: string): string {
  return Buffer.from(`user:${text}@host`).toString('base64');
}

function assertHoldsNone(where: string, text: string, secrets: readonly string[]): void {
  for (const one of secrets) {
    // Of the longer one, what is of the secret alone.
    for (const form of [...formsOf(one), embedded(one).slice(8, -8)])
      assert.ok(!text.includes(form), `${where} holds ${form}: ${text}`);
  }
}

describe('no secret of any profile', () => {
  it('is found in log, settings, history, error or webview state, in any form', async () => {
    await fc.assert(
      fc.asyncProperty(someone, fc.boolean(), async ({ auth, inUrl, secrets }, connects) => {
        const all = Object.values(secrets);
        // A text that is a part of what everybody may see can't be kept from being found there.
        fc.pre(!all.some((one) => 'nats://host.example:4222 user resources library'.includes(one)));
        const userInfo =
          auth === 'token'
            ? encodeURIComponent(secrets.token)
            : `user:${encodeURIComponent(secrets.password)}`;
        const typed = {
          ...newDraft,
          name: 'Prod',
          servers: inUrl ? `nats://${userInfo}@host.example` : 'host.example',
          ...(inUrl ? {} : { auth, user: 'user', keyFile: '' }),
        };
        assertHoldsNone('the remembered form', JSON.stringify(rememberedDraft(typed)), all);
        const read = readDraft(typed, inUrl ? {} : secrets);
        assert.ok(read.ok, JSON.stringify(read));
        const { profile } = read.value;
        const settings = JSON.stringify(serializeProfile(profile));
        assertHoldsNone('the settings', settings, all);
        assertHoldsNone('the panel', JSON.stringify(valuesOf(profile)), all);

        const used = keptFields.flatMap((field) => read.value.secrets[field] ?? []);
        assert.ok(used.length > 0);
        const seen = await seenOutside(
          profile,
          read.value.secrets,
          used.flatMap((one) => [...formsOf(one), embedded(one)]).join(' | '),
          connects,
        );
        assertHoldsNone('what is logged and shown', seen, used);
      }),
      { numRuns: 300 },
    );
  });

  it('is found in what is wrong with a profile in the settings', () => {
    fc.assert(
      fc.property(secret, fc.constantFrom('password', 'token', 'seed', 'jwt'), (one, field) => {
        fc.pre(!`Connection "Prod" in res.connections was loaded with corrections ${field}`.includes(one));
        const inField = parseProfile({ name: 'Prod', servers: 'host', [field]: one });
        const inUrl = parseProfile({ name: 'Prod', servers: `nats://user:${one}@bad host` });
        assertHoldsNone('the problems', JSON.stringify([inField.problems, inUrl.problems]), [one]);
      }),
    );
  });
});

/**
 * Connects, sends and tests against a server that repeats every secret in every form in its errors, and gathers all
 * that comes out: log, states, problems, the history of the reset, the answer in the form.
 */
async function seenOutside(
  profile: ConnectionProfile,
  secrets: ProfileSecrets,
  indiscreet: string,
  connects: boolean,
): Promise<string> {
  const seen: unknown[] = [];
  const log = (line: string): void => {
    seen.push(line);
  };
  const redactor = new Redactor();
  const dial: Dial = () => {
    if (connects) return Promise.resolve({ ok: true, value: indiscreetLink(indiscreet) });
    const problem = diagnoseFailure({ code: '', message: indiscreet }, 'nats://host.example:4222', 'none');
    return Promise.resolve({ ok: false, problem });
  };
  const service = new ConnectionService({
    secrets: { get: () => Promise.resolve(secrets), set: () => Promise.resolve() },
    dial,
    timings: { ...defaultTimings, reconnectDelaysMs: [60_000] },
    redactor,
    logger: lateLogger(() => ({ debug: log, info: log, warn: log, error: log }), redactor.redact),
  });
  service.onDidChange((state: ConnectionState) => seen.push(state));
  const known = { id: 'user:Prod', profile };
  const connected = await service.connect(known);
  if (connected.ok) {
    const resets = new ResetService({
      recording: keepsNothing,
      newId: () => '1',
      now: () => 0,
      observe: () => undefined,
    });
    resets.onDidChange((record) => seen.push(record));
    seen.push(await connected.value.publish('system.reset', new Uint8Array()));
    const message = { resources: ['library.>'] };
    const sent = await resets.send({ message, origin: 'api' }, connected.value);
    assert.equal(sent.record.state.kind, 'failed');
  } else {
    seen.push(connected.problem);
  }
  seen.push(redactor.redact(testAnswer(await service.test(known)).text));
  service.dispose();
  assert.match(JSON.stringify(seen), /•••/);
  return seen.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n');
}

function indiscreetLink(indiscreet: string): Link {
  const server = {
    name: '',
    version: '2',
    id: 'id',
    url: 'nats://host.example:4222',
    maxPayload: 1,
    security: 'plain' as const,
  };
  return {
    server,
    reads: { arrival: { since: 0, at: 0 }, heardUntil: 0 },
    profileServer: 'nats://127.0.0.1:4222',
    onEvent: () => ({ dispose: () => undefined }),
    closed: new Promise(() => undefined),
    peers: () => [],
    publish: () => ({ ok: false, problem: { code: '', message: indiscreet } }),
    subscribe: () => ({ dispose: () => undefined }),
    request: () =>
      Promise.resolve(
        new TextEncoder().encode(JSON.stringify({ data: { user: indiscreet, account: indiscreet } })),
      ),
    ask: () => Promise.resolve(undefined),
    flush: () => Promise.resolve('flushed'),
    close: () => undefined,
  };
}
