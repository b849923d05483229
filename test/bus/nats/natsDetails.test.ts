import assert from 'node:assert/strict';
import { testAnswer } from '../../../src/connections/diagnosis/testText';
import { startNatsServer, type NatsServer, type NatsServerVersion } from '../../host/natsServer';
import { makeCertificates, type Certificates } from '../natsCertificates';
import { createService, profileOf } from '../natsSetup';

for (const version of ['current', 'debian'] satisfies NatsServerVersion[]) {
  describe(`a test of a connection to nats-server, ${version}`, function () {
    this.timeout(30_000);
    let certificates: Certificates;
    let server: NatsServer;

    before(async () => {
      certificates = await makeCertificates();
      const { certFile, keyFile } = certificates.server;
      server = await startNatsServer({
        version,
        args: ['--name', 'dev-server'],
        config: `
          cluster { name: dev-cluster, listen: "127.0.0.1:-1" }
          tls { cert_file: "${certFile}", key_file: "${keyFile}" }
          accounts { TEAM { users: [
            { user: alice, password: pw },
            { user: bob, password: pw, permissions: { publish: { allow: ["call.>", "$SYS.REQ.USER.INFO"] }, subscribe: { deny: ["secret.>"] } } }
            { user: carol, password: pw, permissions: { publish: { allow: ["system.reset"] } } }
          ] } }`,
      });
    });
    after(async () => {
      await server.stop();
      await certificates.remove();
    });

    async function textFor(user: string, verify = true): Promise<string> {
      const service = createService({ secrets: { password: 'pw' }, timings: { connectMs: 3_000 } });
      const tls = { caFile: certificates.caFile, verify };
      const result = await service.test(profileOf({ servers: server.url, auth: 'password', user, tls }));
      assert.equal(service.state.kind, 'disconnected', 'a test changes nothing');
      service.dispose();
      const { ok, text } = testAnswer(result);
      assert.equal(ok, true, text);
      return text;
    }

    it('reports name, version, cluster, round trip, TLS and account', async () => {
      const lines = (await textFor('alice')).split('\n');
      assert.match(lines[0] ?? '', /^Connected to dev-server, nats-server \d+\.\d+\.\d+\.$/);
      assert.equal(lines[1], 'Cluster: dev-cluster.');
      assert.match(lines[2] ?? '', /^Round trip: (<1|\d+) ms\.$/);
      assert.match(
        lines[3] ?? '',
        /^Security: TLSv1\.3 \(TLS_\w+\), certificate for server, issued by Test authority, valid until .*GMT\.$/,
      );
      // The old server does not answer questions about oneself.
      const account =
        version === 'debian'
          ? ['Permissions: not reported by the server.']
          : ['Account: TEAM, user alice.', 'May publish: everything. May subscribe: everything.'];
      assert.deepEqual(lines.slice(4), account);
    });

    it('says that a certificate was not verified where the connection wants none verified', async () => {
      assert.match(
        await textFor('alice', false),
        /^Security: TLSv1\.3 .*unsafe: the certificate was not verified\.$/m,
      );
      assert.doesNotMatch(await textFor('alice'), /unsafe/);
    });

    if (version === 'debian') return;

    it('reports the permissions, and that no reset could be published', async () => {
      const text = await textFor('bob');
      assert.match(text, /May publish: \$SYS\.REQ\.USER\.INFO, call\.>\./);
      assert.match(text, /May subscribe: everything except secret\.>\./);
      assert.match(text, /This account may not publish system\.reset/);
    });

    it('says that the server does not tell where asking is not allowed', async () => {
      assert.match(await textFor('carol'), /Permissions: not reported by the server\./);
    });
  });
}
