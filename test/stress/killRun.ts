import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { between, pick, type Random, seeded } from '../bench/random';
import { projectRoot, temporaryFolder } from '../host/cache';
import { startNatsServer } from '../host/natsServer';
import { startProcess } from '../host/processes';
import { judgeHistories } from './judgeHistories';
import type { RunResult } from './runResult';
import { Timeline } from './timeline';
import { startWitness } from './witness';

/** More than a process sends before it is killed. */
const numbersEach = 10_000;
/** After so many kills the next processes begin with an empty history: one that grew long takes long to be read. */
const killsEach = 20;

/** Kills processes that send resets, at any time, and holds what a new window finds in the history against the bus. */
export async function runKills(options: {
  readonly seed: number;
  readonly kills: number;
}): Promise<RunResult> {
  const random = seeded(options.seed);
  const timeline = new Timeline();
  const problems: string[] = [];
  const nats = await startNatsServer();
  const witness = await startWitness(nats.url);
  const folder = await temporaryFolder('stress-kills-');
  try {
    const program = await bundleSender(folder.path);
    const histories = new Set<string>();
    for (let kills = 0; kills < options.kills;) {
      // Sometimes a window dies while another lives on.
      const together = random() < 0.3 && kills + 1 < options.kills ? 2 : 1;
      const history = path.join(folder.path, `history-${Math.floor(kills / killsEach)}`);
      histories.add(history);
      const kill = (number: number): Promise<void> =>
        killOne([program, nats.url, history, String(1 + number * numbersEach)], random, timeline, problems);
      await Promise.all(Array.from({ length: together }, () => kill(kills++)));
    }
    await witness.catchUp();
    return await judgeHistories(histories, witness, timeline, problems);
  } finally {
    await witness.stop();
    await nats.stop();
    await folder.remove();
  }
}

/** Starts a process, and kills it a moment after it could send, or before. */
async function killOne(
  args: readonly string[],
  random: Random,
  timeline: Timeline,
  problems: string[],
): Promise<void> {
  const waitsForConnection = random() < 0.8;
  const afterMs = pick(random, [between(random, 0, 300), between(random, 0, 1200)]);
  const sender = await startProcess({ name: 'the sender', command: process.execPath, args });
  if (waitsForConnection) await sender.untilOutput((output) => output.includes('connected'));
  await pause(afterMs);
  timeline.note('a process is killed');
  await sender.kill();
  for (const [, key, time, told] of sender.output().matchAll(/^(r\d+) (\d+) (.*)$/gm)) {
    timeline.note(`told: ${told}`, key, Number(time) - performance.timeOrigin);
  }
  for (const [, problem = ''] of sender.output().matchAll(/^problem: (.*)$/gm)) problems.push(problem);
}

async function bundleSender(folder: string): Promise<string> {
  const outfile = path.join(folder, 'killedSender.cjs');
  await build({
    entryPoints: [path.join(projectRoot, 'test/stress/killedSender.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
  return outfile;
}
