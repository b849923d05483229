import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defaultTimings } from '../../../src/connections/timings';
import { Monitor } from '../../../src/resets/observe/monitor';
import { observationSummary } from '../../../src/resets/observe/observationText';
import { observationOf, type ResetRecord } from '../../../src/resets/resetRecord';
import { ResetService } from '../../../src/resets/resetService';
import { silentLogger } from '../../host/silentLogger';
import type { Problem } from '../../../src/util/problem';
import { connectClient } from '../../host/client';
import { startNatsServer } from '../../host/natsServer';
import { startGateway } from '../../host/resgate';
import { startService } from '../../host/service';
import { createService, profileOf } from '../natsSetup';
import { said } from '../../unit/said';
import { keepsNothing } from '../../unit/resets/flowSetup';

const config = (permissions: string): string => `authorization { users: [
  { user: all, password: p },
  { user: few, password: p ${permissions} } ] }`;
const without = (subject: string): string => `, permissions: { subscribe: { deny: "${subject}" } }`;

describe('A permission that goes while a reset is observed', function () {
  this.timeout(60_000);
  const cases: [what: string, subject: string, expected: RegExp][] = [
    ['answers', '_INBOX.*', /^1 refetched, 1 requested · no permission to observe answers · [^·]+ m?s$/],
    ['requests', 'get.>', /^1 refetched, 1 requested · observation stopped early · [^·]+ m?s$/],
  ];
  for (const [what, subject, expected] of cases) {
    it(`is reported, where it is that for ${what}: what was not seen did not fail`, async () => {
      const folder = await mkdtemp(path.join(tmpdir(), 'nats-config-'));
      const file = path.join(folder, 'server.conf');
      await writeFile(file, config(''));
      const nats = await startNatsServer({ args: ['--config', file] });
      const service = await startService({ natsUrl: nats.url, user: 'all', pass: 'p' });
      const gateway = await startGateway({ natsUrl: nats.url.replace('://', '://all:p@') });
      const client = await connectClient(gateway.wsUrl);
      const connections = createService({ secrets: { password: 'p' }, timings: defaultTimings });
      try {
        await client.watch('library.book.1');
        await client.watch('library.book.2');
        const profile = profileOf({ servers: [nats.url], auth: 'password', user: 'few' });
        const connected = await connections.connect(profile);
        assert.ok(connected.ok);
        service.silent.add('library.book.2');
        let seen = (): void => undefined;
        const isSeen = new Promise<void>((resolve) => (seen = resolve));
        const show = ({ state }: ResetRecord): void => {
          const { answered, pending } = observationOf(state)?.counts.get ?? {};
          if (answered === 1 && pending === 1) seen();
        };
        const resets = new ResetService({
          recording: { ...keepsNothing, show },
          newId: () => '1',
          now: Date.now,
          observe: () => ({ answers: 'watched' }),
        });
        const sent = await resets.send(
          { message: { resources: ['library.>'] }, origin: 'command' },
          connected.value,
        );
        await isSeen;
        await writeFile(file, config(without(subject)));
        process.kill(nats.pid, 'SIGHUP');
        const observation = observationOf((await sent.observed).state);
        assert.ok(observation);
        assert.match(observationSummary(observation), expected);
      } finally {
        connections.dispose();
        await client.close();
        await service.stop();
        await gateway.stop();
        await nats.stop();
        await rm(folder, { recursive: true });
      }
    });
  }

  it('or was never there, to see the resets of others, is said instead of none', async () => {
    const nats = await startNatsServer({ config: config(without('system.*')) });
    const connections = createService({ secrets: { password: 'p' } });
    try {
      const profile = profileOf({ servers: [nats.url], auth: 'password', user: 'few' });
      const connected = await connections.connect(profile);
      assert.ok(connected.ok);
      const problem = await new Promise<Problem>((resolve) => {
        new Monitor({
          bus: connected.value,
          rules: { answers: 'watched' },
          isOwn: () => false,
          newId: () => '1',
          now: Date.now,
          logger: silentLogger,
          onRecord: () => undefined,
          onDenied: resolve,
          onProgress: () => undefined,
        });
      });
      assert.match(said(problem.what), /does not allow "test" to subscribe to system\.reset/);
    } finally {
      connections.dispose();
      await nats.stop();
    }
  });
});
