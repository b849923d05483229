import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { connect as connectClient } from 'nats';
import { LiveNames } from '../../../src/code/index/liveNames';
import { WorkspaceIndex } from '../../../src/code/index/workspaceIndex';
import type { RestartEnd, Sign } from '../../../src/recovery/followRestart';
import { HeardResets } from '../../../src/recovery/heardResets';
import { RestartResets } from '../../../src/recovery/restartResets';
import { askService } from '../../../src/recovery/serviceQuestion';
import { encodeMessage, subjectOf } from '../../../src/res/systemMessage';
import { pause } from '../../../src/util/wait';
import { projectRoot, temporaryFolder } from '../../host/cache';
import { startNatsServer } from '../../host/natsServer';
import { startProcess } from '../../host/processes';
import { until } from '../../integration/until';
import { createService, profileOf } from '../natsSetup';

/** Starts only while the file `open` is there, as others wait for their database. */
const serviceCode = (version: number): string => `import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { connect } from 'nats';
while (!existsSync(new URL('open', import.meta.url))) await setTimeout(20);
const nats = await connect({ servers: process.env.NATS_URL });
nats.subscribe('get.library.books', {
  callback: (_error, message) => message.respond('{"result":{"model":{"version":${version}}}}'),
});
`;

describe('a service that its watcher restarts', function () {
  this.timeout(60_000);
  const cleanUp: (() => unknown)[] = [];

  afterEach(async () => {
    for (const step of cleanUp.splice(0).reverse()) await step();
  });

  async function startWatched() {
    const nats = await startNatsServer();
    const folder = await temporaryFolder('watched-');
    const file = (name: string): string => path.join(folder.path, name);
    await symlink(path.join(projectRoot, 'node_modules'), file('node_modules'));
    await writeFile(file('open'), '');
    await writeFile(file('service.mjs'), serviceCode(1));
    const watcher = await startProcess({
      name: 'node --watch',
      command: process.execPath,
      args: ['--watch', 'service.mjs'],
      cwd: folder.path,
      env: { ...process.env, NATS_URL: nats.url },
    });
    const client = await connectClient({ servers: nats.url });
    cleanUp.push(nats.stop, folder.remove, watcher.stop, () => client.close());
    const version = async (): Promise<string | undefined> =>
      client.request('get.library.books', undefined, { timeout: 1000 }).then(
        (message) => message.string(),
        () => undefined,
      );
    const untilVersion = (wanted: number): Promise<unknown> =>
      until(
        async () => (await version())?.includes(`"version":${wanted}`) || undefined,
        () => `version ${wanted} of the service`,
        20_000,
      );
    await untilVersion(1);
    return { nats, client, file, version, untilVersion };
  }

  it('is reset once it was silent and answers again, and not where a save restarted nothing', async () => {
    const { nats, client, file, version, untilVersion } = await startWatched();
    const connections = createService();
    cleanUp.push(() => {
      connections.dispose();
    });
    assert.ok((await connections.connect(profileOf({ servers: nats.url }))).ok);
    const live = new LiveNames();
    live.seeSubject('get.library.books', Date.now());
    const ends: RestartEnd[] = [];
    let unanswered = 0;
    let atReset: string | undefined;
    const seen: string[] = [];
    client.subscribe('system.reset', { callback: (_error, message) => seen.push(message.string()) });
    await client.flush();
    const resets = new RestartResets({
      gate: {
        closedFor: () => undefined,
        pass: async ({ message, bus }) => {
          assert.ok(bus);
          atReset = await version();
          const result = await bus.publish(subjectOf(message), encodeMessage(message));
          assert.equal(result.state, 'published');
          return { kind: 'withheld', cause: 'off' };
        },
      },
      openBus: () => connections.bus(),
      ownedBy: () => ({ resources: ['library.>'] }),
      portsFor: (service, bus) => {
        const now = (): number => performance.now();
        const heard = new HeardResets(bus, now);
        return {
          ask: async () => {
            const answer = await askService(bus, service, { index: new WorkspaceIndex(), live });
            if (answer === false) unanswered++;
            return answer;
          },
          heard: (since) => heard.since(since),
          pause,
          now,
          dispose: () => {
            heard.dispose();
          },
        };
      },
      onEnd: (_service, end) => ends.push(end),
      onPassed: () => undefined,
    });
    cleanUp.push(() => {
      resets.stop();
    });
    const sign = (what: Sign): Promise<void> => resets.sign(what, { service: 'library' });

    await rm(file('open'));
    const saved = sign('hint');
    await writeFile(file('service.mjs'), serviceCode(2));
    await until(
      () => unanswered > 0 || undefined,
      () => 'a question without an answer',
    );
    assert.deepEqual(seen, [], 'it was reset while it was down');
    assert.ok(!existsSync(file('open')));
    await writeFile(file('open'), '');
    await untilVersion(2);
    await saved;
    await client.flush();
    assert.deepEqual(ends, [{ kind: 'answers', wasSilent: true }]);
    assert.deepEqual(seen, ['{"resources":["library.>"]}']);
    assert.match(atReset ?? '', /"version":2/);

    await sign('hint');
    await client.flush();
    assert.deepEqual(ends.slice(1), [{ kind: 'nothing' }]);
    assert.equal(seen.length, 1);
  });
});
