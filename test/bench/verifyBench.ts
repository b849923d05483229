import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { defaultTimings } from '../../src/nats/timings';
import type { Bus } from '../../src/reset/bus';
import { ResetService } from '../../src/reset/resetService';
import { createService, profileOf } from '../bus/natsSetup';
import { progress } from '../host/cache';
import { startNatsServer } from '../host/natsServer';
import { startGateway } from '../host/resgate';
import type { WorldMessage, WorldRequest } from './busWorld';
import { atMost, comparedWith, type Figure, median, rounded } from './figure';

const resources = 10_000;
const rounds = 7;
const foreignRate = 5000;

/** One reset: how long the service was asked because of it, and how long this process was kept from anything else. */
interface Run {
  readonly took: number;
  readonly blocked: number;
  readonly observed: number;
}

/**
 * Resets of 10,000 cached resources, observed and not, in turns; then the same amid foreign traffic. Times are taken where
 * the service is, from the reset on the bus to the last answer.
 */
export async function benchVerify(): Promise<readonly Figure[]> {
  const nats = await startNatsServer();
  const gateway = await startGateway({ natsUrl: nats.url, log: progress });
  const world = fork(
    path.join(import.meta.dirname, 'busWorld.ts'),
    [nats.url, gateway.wsUrl, String(resources)],
    { execArgv: ['--import', 'tsx'] },
  );
  const connections = createService({ timings: defaultTimings });
  try {
    await next(world, 'ready');
    const connected = await connections.connect(profileOf({ servers: [nats.url] }));
    if (!connected.ok) throw new Error(connected.problem.what);
    const quiet = await measure(world, connected.value);
    world.send({ traffic: foreignRate } satisfies WorldRequest);
    await next(world, 'traffic');
    const { rate } = await next(world, 'traffic');
    const busy = await measure(world, connected.value);
    const { kind } = gateway;
    return [
      ...figures(`${resources} resources, ${kind}`, quiet),
      { bench: 'verify', figure: 'foreign traffic', value: rate, unit: 'messages/s' },
      ...figures(`${resources} resources, ${kind}, foreign traffic`, busy),
    ];
  } finally {
    connections.dispose();
    world.kill();
    await gateway.stop();
    await nats.stop();
  }
}

interface Measured {
  readonly plain: readonly Run[];
  readonly verified: readonly Run[];
}

async function measure(world: ChildProcess, bus: Bus): Promise<Measured> {
  const plain: Run[] = [];
  const verified: Run[] = [];
  // The first ones warm the programs up.
  await reset(world, bus, false);
  await reset(world, bus, true);
  for (let round = 0; round < rounds; round++) {
    plain.push(await reset(world, bus, false));
    verified.push(await reset(world, bus, true));
  }
  return { plain, verified };
}

async function reset(world: ChildProcess, bus: Bus, isVerified: boolean): Promise<Run> {
  const resets = new ResetService({
    newId: () => '1',
    now: Date.now,
    observe: () => (isVerified ? { answers: 'watched' } : undefined),
  });
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const answered = next(world, 'answered');
  const { observed } = await resets.send({ message: { resources: ['library.>'] }, origin: 'command' }, bus);
  const { took, asked } = await answered;
  const { state } = await observed;
  delays.disable();
  const observation = state.kind === 'published' ? state.observation : undefined;
  const count = observation?.counts.get.answered ?? 0;
  if (asked < resources) throw new Error(`The gateway asked for ${asked} of the ${resources} resources only`);
  if (isVerified && count !== asked) throw new Error(`Of ${asked} answers ${count} were seen`);
  return { took, blocked: delays.max / 1e6, observed: observation?.took ?? 0 };
}

function figures(what: string, { plain, verified }: Measured): Figure[] {
  const common = { bench: 'verify', unit: 'ms' } as const;
  const took = rounded(median(verified.map((run) => run.took)));
  const idle = rounded(median(plain.map((run) => run.blocked)));
  const blocked = rounded(median(verified.map((run) => run.blocked)));
  return [
    comparedWith(
      { ...common, figure: `${what}: reset to last answer, verified`, value: took },
      median(plain.map((run) => run.took)),
      'not verified',
      1.1,
    ),
    {
      ...atMost({ ...common, figure: `${what}: longest block of the host`, value: blocked }, 10),
      // What an idle process is kept waiting for by the machine in the same time.
      peer: idle,
      ratio: rounded(blocked / idle),
    },
  ];
}

function next<K extends WorldMessage['kind']>(
  world: ChildProcess,
  kind: K,
): Promise<Extract<WorldMessage, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const ended = (): void => {
      reject(new Error('The process with the service ended'));
    };
    const timer = setTimeout(() => {
      reject(new Error(`The process with the service does not say: ${kind}`));
    }, 60_000);
    const take = (message: WorldMessage): void => {
      if (message.kind !== kind) return;
      clearTimeout(timer);
      world.off('message', take);
      world.off('exit', ended);
      resolve(message as Extract<WorldMessage, { kind: K }>);
    };
    world.on('message', take);
    world.once('exit', ended);
  });
}
