import assert from 'node:assert/strict';
import { resolveAccess } from '../../../src/connections/link/access';
import type { ConnectionProblem } from '../../../src/connections/connectionProblem';
import type { KnownProfile } from '../../../src/connections/connectionService';
import { contextProfile } from '../../../src/connections/contexts/contextProfile';
import { parseProfile } from '../../../src/connections/profile/profileCodec';
import { serializeProfile } from '../../../src/connections/profile/profileCodec';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { makeCertificates, type Certificates } from '../natsCertificates';
import { startNatsListener } from '../natsListener';
import { createService, profileOf } from '../natsSetup';
import { said } from '../../unit/said';

describe('a server that offers TLS with a certificate of a private authority', function () {
  this.timeout(30_000);
  let certificates: Certificates;
  let offered: NatsServer;
  let required: NatsServer;

  before(async () => {
    certificates = await makeCertificates();
    const { certFile, keyFile } = certificates.server;
    const tls = `tls { cert_file: "${certFile}", key_file: "${keyFile}" }`;
    [offered, required] = await Promise.all([
      startNatsServer({ config: `${tls}\nallow_non_tls: true` }),
      startNatsServer({ config: tls }),
    ]);
  });
  after(async () => {
    await Promise.all([offered.stop(), required.stop()]);
    await certificates.remove();
  });

  async function fromContext(
    fields: Parameters<typeof contextProfile>[1],
    origin?: 'environment',
  ): Promise<KnownProfile> {
    const made = await contextProfile('dev', fields, { env: {}, home: '/' }, origin);
    assert.ok(made.ok, JSON.stringify(made));
    return { id: 'context:dev', ...made.value };
  }

  /** How a connection is secured, or why it can't be made. */
  async function outcome(known: KnownProfile): Promise<ConnectionProblem | string> {
    const service = createService({ timings: { connectMs: 5_000 } });
    try {
      const connected = await service.connect(known);
      if (!connected.ok) return connected.problem;
      assert.ok(service.state.kind === 'connected');
      return service.state.server.security;
    } finally {
      service.dispose();
    }
  }

  async function refusal(known: KnownProfile): Promise<ConnectionProblem> {
    const problem = await outcome(known);
    if (typeof problem === 'string') assert.fail(`connected: ${problem}`);
    return problem;
  }

  it('is not spoken to in plain text by itself; the message of a context says both choices', async () => {
    const problem = await refusal(await fromContext({ url: offered.url }));
    assert.equal(problem.kind, 'unknownAuthority');
    assert.match(said(problem.remedy), /^Add "ca" to the context\. Or import it and set TLS to off: /);
  });

  it('that of the environment too', async () => {
    const { remedy } = await refusal(await fromContext({ url: offered.url }, 'environment'));
    assert.match(said(remedy), /^Set NATS_CA .*\. Or import it and set TLS to off: /);
  });

  it('that of a saved connection too', async () => {
    const { kind, remedy } = await refusal(profileOf({ servers: offered.url }));
    assert.equal(kind, 'unknownAuthority');
    assert.match(said(remedy), /^Set the CA file .*\. Or set TLS to off in the connection: /);
  });

  it('is reached by either choice', async () => {
    assert.equal(await outcome(await fromContext({ url: offered.url, ca: certificates.caFile })), 'verified');
    const { profile } = await fromContext({ url: offered.url });
    const imported = parseProfile(serializeProfile({ ...profile, tls: { ...profile.tls, mode: 'off' } }));
    assert.ok(imported.profile);
    assert.equal(await outcome({ id: 'user:dev', profile: imported.profile }), 'plain');
    assert.equal(await outcome(profileOf({ servers: offered.url, tls: { mode: 'off' } })), 'plain');
  });

  it('has that choice for another host’s certificate too', async () => {
    const known = await fromContext({ url: offered.url });
    const tls = { ...known.profile.tls, caFile: certificates.caFile, serverName: 'other.example.test' };
    const { kind, remedy } = await refusal({ ...known, profile: { ...known.profile, tls } });
    assert.equal(kind, 'hostNameMismatch');
    assert.match(said(remedy), /Or import it and set TLS to off/);
  });

  it('is not offered plain text where it, the URL or the connection requires TLS', async () => {
    for (const known of [
      await fromContext({ url: required.url }),
      await fromContext({ url: offered.url.replace('nats:', 'tls:') }),
      profileOf({ servers: required.url }),
      profileOf({ servers: offered.url, tls: { mode: 'required' } }),
    ]) {
      const { kind, remedy } = await refusal(known);
      assert.equal(kind, 'unknownAuthority');
      assert.doesNotMatch(said(remedy), /off/);
    }
  });

  it('makes TLS required for every server of a context that has tls:// for one, as for the CLI', async () => {
    const plain = await startNatsListener();
    try {
      const url = `nats://ann:pw@127.0.0.1:${plain.port},${offered.url.replace('nats:', 'tls:')}`;
      assert.equal(await outcome(await fromContext({ url, ca: certificates.caFile })), 'verified');
      assert.equal(plain.received(), '');
    } finally {
      await plain.stop();
    }
  });

  it('is told of a file that holds no certificate, instead of counting it for none', async () => {
    const { keyFile } = certificates.server;
    const { profile } = await fromContext({ url: offered.url, ca: keyFile });
    const access = await resolveAccess(profile, {});
    assert.equal(access.ok, false);
    assert.match(said(access.problem.why), /no certificate in PEM format/);
  });
});
