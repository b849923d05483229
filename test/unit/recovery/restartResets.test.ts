import assert from 'node:assert/strict';
import type { KnownService } from '../../../src/code/index/workspaceIndex';
import type { AutomaticReset } from '../../../src/recovery/gate';
import type { Withheld } from '../../../src/recovery/withheld';
import { HeardResets } from '../../../src/recovery/heardResets';
import { RestartResets } from '../../../src/recovery/restartResets';
import {
  meaningOf,
  readRestartRules,
  runOfConfiguration,
  servicesOfRun,
  wordsOf,
  type Run,
} from '../../../src/recovery/runningService';
import type { ResetMessage } from '../../../src/res/resetMessage';
import type { AskingBus, Bus, BusMessage } from '../../../src/resets/bus';

const busOf = (isProtected = false): AskingBus => ({ connection: 'dev', isProtected }) as AskingBus;

function restarts({
  closed,
  isProtected = false,
  heard = [],
}: { closed?: Withheld; isProtected?: boolean; heard?: readonly ResetMessage[] } = {}) {
  const passed: AutomaticReset[] = [];
  const ends: string[] = [];
  let open = busOf(isProtected);
  let time = 0;
  let asked = 0;
  let listening = 0;
  const resets = new RestartResets({
    gate: {
      closedFor: ({ connection }) =>
        closed ?? (connection === undefined || connection === 'dev' ? undefined : 'otherConnection'),
      pass: (reset) => {
        passed.push(reset);
        return Promise.resolve({ kind: 'withheld', cause: 'notConnected' });
      },
    },
    openBus: () => open,
    ownedBy: (service) => (service === 'other' ? undefined : { resources: [`${service}.>`] }),
    portsFor: () => {
      listening++;
      return {
        ask: () => {
          asked++;
          return Promise.resolve(true);
        },
        heard: () => heard.map((message) => ({ message, time: 0 })),
        pause: async (ms) => {
          time += ms;
          await new Promise(setImmediate);
        },
        now: () => time,
        dispose: () => {
          listening--;
        },
      };
    },
    onEnd: (_service, { kind }) => ends.push(kind),
    onPassed: () => undefined,
  });
  const changeTo = (bus: AskingBus): void => {
    open = bus;
    resets.keepTo(bus);
  };
  return { resets, passed, ends, change: changeTo, asked: () => asked, listening: () => listening, open };
}

describe('resets after a restart', () => {
  it('send once, however many signs come of one restart, and then listen no more', async () => {
    const { resets, passed, listening } = restarts();
    const library = { service: 'library' };
    await Promise.all([
      resets.sign('start', library),
      resets.sign('start', library),
      resets.sign('end', library),
      resets.sign('hint', library),
      resets.sign('start', { service: 'inventory', connection: 'dev' }),
    ]);
    assert.deepEqual(passed.map(({ message, connection }) => [message.resources?.[0], connection]).sort(), [
      ['inventory.>', 'dev'],
      ['library.>', undefined],
    ]);
    assert.equal(listening(), 0);
  });

  it('send nothing where the service has reset itself', async () => {
    const { resets, passed, ends } = restarts({ heard: [{ resources: ['library.>'] }] });
    await resets.sign('start', { service: 'library' });
    assert.deepEqual([passed, ends], [[], ['resetItself']]);
  });

  it('send for a service that answered throughout, and tell that', async () => {
    const { resets, passed, ends, open } = restarts();
    await resets.sign('start', { service: 'library' });
    assert.deepEqual(ends, ['answers']);
    assert.deepEqual(passed, [{ message: { resources: ['library.>'] }, origin: 'restart', bus: open }]);
  });

  it('ask and send nothing while they are off, or for a service that is not in the code', async () => {
    for (const closed of ['off', 'untrusted'] as const) {
      const { resets, passed, asked, listening } = restarts({ closed });
      await resets.sign('start', { service: 'library' });
      assert.deepEqual([passed, asked(), listening()], [[], 0, 0]);
    }
    const { resets, passed } = restarts();
    await resets.sign('start', { service: 'other' });
    assert.deepEqual(passed, []);
  });

  it('ask nothing on a protected connection: the gate offers what a start calls for', async () => {
    const { resets, passed, asked } = restarts({ isProtected: true });
    await resets.sign('end', { service: 'library' });
    await resets.sign('start', { service: 'library' });
    assert.deepEqual([passed.length, asked()], [1, 0]);
  });

  it('ask nothing on a connection that the rule is not for: the gate tells why nothing is sent', async () => {
    const { resets, passed, asked } = restarts();
    await resets.sign('start', { service: 'library', connection: 'other' });
    assert.deepEqual([passed.length, asked()], [1, 0]);
  });

  it('are void once another connection is open, even one of the same name', async () => {
    const { resets, passed, ends, change, listening } = restarts();
    const following = resets.sign('start', { service: 'library' });
    change(busOf());
    await following;
    assert.deepEqual([passed, ends, listening()], [[], [], 0]);
  });

  it('stop when they are stopped', async () => {
    const { resets, passed } = restarts();
    const following = resets.sign('start', { service: 'library' });
    resets.stop();
    await following;
    assert.deepEqual(passed, []);
  });
});

describe('what is run', () => {
  const service = (name: string, file: string): KnownService => ({
    name,
    places: [{ file, line: 1, column: 1 }],
    serves: new Set(),
    servesRoot: false,
  });
  const all = [service('library', '/w/library/service.js'), service('inventory', '/w/inventory/cmd/main.go')];
  const names = (run: Partial<Run>, services = all, rules: unknown = true): string[] =>
    servicesOfRun({ name: 'x', words: [], ...run }, services, ['/w'], readRestartRules(rules) ?? []).map(
      (one) => one.service,
    );

  it('is the services that its program’s file or folder defines', () => {
    assert.deepEqual(names({ program: '/w/library/service.js' }), ['library']);
    assert.deepEqual(names({ program: '/w/library/other.js' }), ['library']);
    assert.deepEqual(names({ program: '/w/inventory' }), ['inventory']);
    assert.deepEqual(names({ program: '/w/start.js' }), []);
    assert.deepEqual(names({ program: '/w/dist/start.js' }, all.slice(1)), ['inventory']);
    assert.deepEqual(names({ program: '/elsewhere/start.js' }, all.slice(1)), []);
  });

  it('is what a command line names, or its folder', () => {
    const run = (line: string, cwd = '/w'): string[] => names({ words: wordsOf(line), cwd });
    assert.deepEqual(run('node library/service.js'), ['library']);
    assert.deepEqual(run('node --inspect "./library/service.js"'), ['library']);
    assert.deepEqual(run('go run ./inventory/cmd'), ['inventory']);
    assert.deepEqual(run('go run .', '/w/inventory/cmd'), ['inventory']);
    assert.deepEqual(run('npm start', '/w/library'), ['library']);
    assert.deepEqual(run('npm run lint'), []);
    assert.deepEqual(run('ls .'), []);
    assert.deepEqual(run(''), []);
  });

  it('is what a launch configuration runs, by whatever tool', () => {
    const api = [
      service('api', '/w/apps/api/src/routes/books.ts'),
      service('users', '/w/user-service/main.js'),
    ];
    const launch = (configuration: Readonly<Record<string, unknown>>, services = api): string[] =>
      names(runOfConfiguration('x', configuration, '/w'), services);
    assert.deepEqual(launch({ program: '/w/user-service/main.js', runtimeExecutable: 'nodemon' }), ['users']);
    assert.deepEqual(launch({ program: 'main.js', cwd: '/w/user-service' }), ['users']);
    assert.deepEqual(
      launch({ runtimeExecutable: 'npm', runtimeArgs: ['run', 'dev'], cwd: '/w/user-service' }),
      ['users'],
    );
    assert.deepEqual(
      launch({ runtimeArgs: ['-r', 'ts-node/register'], args: ['apps/api/src/main.ts'], cwd: '/w' }),
      ['api'],
    );
    assert.deepEqual(
      launch({ runtimeExecutable: 'nodemon', runtimeArgs: ['--config', '/w/apps/api/nodemon.json'] }),
      ['api'],
    );
    assert.deepEqual(launch({ program: '/w/node_modules/x/runner.js', args: ['--hot', 'user-service'] }), [
      'users',
    ]);
    assert.deepEqual(launch({ type: 'coreclr', program: '/w/apps/api/bin/Debug/net8.0/Api.dll' }), ['api']);
    const only = api.slice(1);
    assert.deepEqual(launch({ args: ['src/main.ts'] }, only), ['users']);
    assert.deepEqual(
      launch({ program: '/w/node_modules/jest/bin/jest.js', args: ['--runInBand'] }, only),
      [],
    );
    assert.deepEqual(launch({ type: 'chrome', url: 'http://localhost:1' }, only), []);
  });

  it('does not restart because a debugger is attached to it, or leaves it', () => {
    const run = { name: 'x', words: [] };
    for (const sign of ['start', 'end'] as const) {
      assert.equal(meaningOf(sign, run), sign);
      assert.equal(meaningOf(sign, { ...run, isAttached: true }), 'hint');
    }
  });

  it('is what a rule says, before anything else', () => {
    const rules = [{ run: 'npm run dev*', services: 'library', connection: 'dev' }, 5, { run: 'x' }];
    assert.deepEqual(names({ name: 'npm run dev -- --watch' }, all, rules), ['library']);
    assert.deepEqual(names({ name: 'npm run' }, all, rules), []);
    assert.equal(readRestartRules(false), undefined);
  });
});

describe('the resets of others', () => {
  it('are remembered from a time on, without one’s own and what no gateway understands', () => {
    let tell: ((message: BusMessage) => void) | undefined;
    const bus: Pick<Bus, 'subscribe'> = {
      subscribe: (_subject, onMessage) => {
        tell = onMessage;
        return { dispose: () => undefined };
      },
    };
    let time = 0;
    const heard = new HeardResets(
      bus,
      () => time,
      ({ data }) => new TextDecoder().decode(data).includes('own'),
    );
    for (const text of ['{"resources":["a.>"]}', 'no', '{"resources":["own"]}', '{"resources":["b.>"]}']) {
      time++;
      tell?.({ subject: 'system.reset', data: new TextEncoder().encode(text), at: 0, since: 0 });
    }
    const since = (from: number): unknown => heard.since(from).map(({ message }) => message);
    assert.deepEqual(since(0), [{ resources: ['a.>'] }, { resources: ['b.>'] }]);
    assert.deepEqual(since(2), [{ resources: ['b.>'] }]);
  });
});
