/** `npm run bench [-- NAME …]`: measures, prints a table, and writes bench-results.json. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../host/cache';
import { type Figure, table } from './figure';
import { benchHistory } from './historyBench';
import { benchIndex } from './indexBench';
import { benchPicker } from './pickerBench';
import { benchReport } from './reportBench';
import { benchVerify } from './verifyBench';

const benches: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  history: benchHistory,
  index: benchIndex,
  picker: benchPicker,
  report: benchReport,
  verify: benchVerify,
};

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.find((name) => !Object.hasOwn(benches, name));
  if (unknown !== undefined) {
    console.error(`There is no bench ${unknown}; there are ${Object.keys(benches).join(' and ')}.`);
    return 2;
  }
  const figures: Figure[] = [];
  for (const [name, run] of Object.entries(benches)) {
    if (names.length === 0 || names.includes(name)) figures.push(...(await run()));
  }
  writeFileSync(path.join(projectRoot, 'bench-results.json'), `${JSON.stringify(figures, undefined, 2)}\n`);
  console.log(table(figures));
  const missed = figures.filter(({ holds }) => holds === false).length;
  if (missed > 0) console.log(`\n${missed} of the goals were missed.`);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
