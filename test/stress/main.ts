/**
 * `npm run stress [-- --seed N] [--resets N] [--kills N] [--host-kills N]`: sends resets under faults, and kills processes
 * and extension hosts that send; tells what was told of them and is not so.
 */
import { parseArgs } from 'node:util';
import { runFaults } from './faultRun';
import { runHostKills } from './hostKillRun';
import { runKills } from './killRun';
import { resultText, type RunResult } from './runResult';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      resets: { type: 'string', default: '1000' },
      kills: { type: 'string', default: '200' },
      'host-kills': { type: 'string', default: '10' },
    },
  });
  const [resets, kills] = [Number(values.resets), Number(values.kills)];
  const hostKills = Number(values['host-kills']);
  const seeds = values.seed === undefined ? [1, 2, 3] : [Number(values.seed)];
  let offences = 0;
  const tell = (what: string, result: RunResult): void => {
    console.log(`\n${what}\n\n${resultText(result)}`);
    offences += result.offences.length;
  };
  for (const seed of resets > 0 ? seeds : []) {
    tell(`${resets} resets under faults, seed ${seed}`, await runFaults({ seed, resets }));
  }
  const seed = seeds[0] ?? 1;
  if (kills > 0) {
    tell(`${kills} kills of a process that sends resets, seed ${seed}`, await runKills({ seed, kills }));
  }
  if (hostKills > 0) {
    const result = await runHostKills({ seed, kills: hostKills });
    tell(`${hostKills} kills of an extension host that sends resets, seed ${seed}`, result);
  }
  return offences === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
