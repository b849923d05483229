import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { defaultTimings } from '../../src/connections/timings';
import type { Bus } from '../../src/resets/bus';
import { Monitor } from '../../src/resets/observe/monitor';
import { observationOf, type ResetRecord } from '../../src/resets/resetRecord';
import { ResetService } from '../../src/resets/resetService';
import { silentLogger } from '../host/silentLogger';
import { createService, profileOf } from '../bus/natsSetup';
import { progress } from '../host/cache';
import { startNatsServer } from '../host/natsServer';
import { startGateway } from '../host/resgate';
import type { WorldMessage, WorldRequest } from './busWorld';
import { atMost, comparedWith, type Figure, median, rounded } from './figure';
import { HostWork } from './hostWork';
import { problemText } from '../../src/util/problem';
import { keepsNothing } from '../unit/resets/flowSetup';

const resources = 10_000;
const rounds = 11;
const foreignRate = 5000;
/** Without it, that many requests at once are too much for Resgate's own connection, and it stops. */
const resetThrottle = 256;
const message = { resources: ['library.>'] };

/** Whether this process sends the reset and watches, sends it alone, or watches what another one sends. */
type Way = 'verified' | 'notVerified' | 'monitored';

/** One reset: how long the service was asked because of it, and how long this process worked in one go. */
interface Run {
  readonly took: number;
  readonly blocked: number;
}

/** The other side, and how it is reached. */
interface Setting {
  readonly world: ChildProcess;
  readonly bus: Bus;
}

/**
 * Resets of 10,000 cached resources, observed and not, in turns; then the same amid foreign traffic. Times are taken where
 * the service is, from the reset on the bus to the last answer.
 */
export async function benchVerify(): Promise<readonly Figure[]> {
  const nats = await startNatsServer();
  const gateway = await startGateway({ natsUrl: nats.url, log: progress, resetThrottle });
  const world = fork(
    path.join(import.meta.dirname, 'busWorld.ts'),
    [nats.url, gateway.wsUrl, String(resources)],
    { execArgv: ['--import', 'tsx'] },
  );
  const connections = createService({ timings: defaultTimings });
  try {
    await next(world, 'ready');
    const connected = await connections.connect(profileOf({ servers: [nats.url] }));
    if (!connected.ok) throw new Error(problemText(connected.problem));
    const setting = { world, bus: connected.value };
    const quiet = await measure(setting);
    ask(world, { traffic: foreignRate });
    await next(world, 'traffic');
    const { rate } = await next(world, 'traffic');
    const busy = await measure(setting);
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

type Measured = Readonly<Record<Way, Run[]>>;

/** The ways in turns, in changing order: whatever else the machine does concerns all alike. */
async function measure(setting: Setting): Promise<Measured> {
  const ways: Way[] = ['notVerified', 'verified', 'monitored'];
  // The first ones warm the programs up.
  for (const way of ways) await reset(setting, way);
  const measured: Measured = { notVerified: [], verified: [], monitored: [] };
  for (let round = 0; round < rounds; round++) {
    for (const way of ways) measured[way].push(await reset(setting, way));
    ways.reverse();
  }
  return measured;
}

async function reset({ world, bus }: Setting, way: Way): Promise<Run> {
  const work = new HostWork();
  const answered = next(world, 'answered');
  const observing = way === 'monitored' ? receive({ world, bus }) : send(bus, way === 'verified');
  const { took, asked } = await answered;
  const record = await observing;
  const blocked = work.stop();
  const observation = observationOf(record.state);
  if (asked < resources) throw new Error(`The gateway asked for ${asked} of the ${resources} resources only`);
  const count = observation?.counts.get.answered ?? 0;
  if (count !== (way === 'notVerified' ? 0 : asked))
    throw new Error(`Of ${asked} answers ${count} were seen`);
  return { took, blocked };
}

async function send(bus: Bus, isVerified: boolean): Promise<ResetRecord> {
  const resets = new ResetService({
    recording: keepsNothing,
    newId: () => '1',
    now: Date.now,
    observe: () => (isVerified ? { answers: 'watched' } : undefined),
  });
  return (await resets.send({ message, origin: 'command' }, bus)).observed;
}

/** Lets the other side send the reset, and sees with the monitor what comes of it. */
async function receive({ world, bus }: Setting): Promise<ResetRecord> {
  let monitor: Monitor | undefined;
  const observed = new Promise<ResetRecord>((resolve) => {
    monitor = new Monitor({
      bus,
      rules: { answers: 'watched' },
      isOwn: () => false,
      newId: () => '1',
      now: Date.now,
      logger: silentLogger,
      onRecord: (record) => {
        if (observationOf(record.state)) resolve(record);
      },
      onProgress: () => undefined,
    });
  });
  await bus.flush();
  ask(world, { reset: message });
  const record = await observed;
  monitor?.dispose();
  return record;
}

function figures(what: string, { notVerified, verified, monitored }: Measured): Figure[] {
  const middle = (runs: readonly Run[], field: keyof Run): number =>
    rounded(median(runs.map((run) => run[field])));
  const took = { bench: 'verify', unit: 'ms', value: middle(verified, 'took') } as const;
  return [
    comparedWith(
      { ...took, figure: `${what}: reset to last answer, verified` },
      middle(notVerified, 'took'),
      'not verified',
      1.1,
    ),
    ...([verified, monitored] as const).map((runs): Figure => {
      const blocked = middle(runs, 'blocked');
      const who = runs === verified ? 'while it verifies' : 'while it monitors';
      const figure = { bench: 'verify', figure: `${what}: longest block of the host ${who}`, value: blocked };
      return atMost({ ...figure, unit: 'ms' }, 10);
    }),
  ];
}

function ask(world: ChildProcess, request: WorldRequest): void {
  world.send(request);
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
