import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { gatewayProgram } from '../../host/resgate';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import type { StepRecord } from './observation';
import { World } from './world';

/** The Resgate whose recordings are kept. */
const recordedVersion = 'Resgate 1.8.0';

const isRecording = process.env['RECORD'] === '1';

/** How a scenario's gateway is to run. */
export interface ScenarioOptions {
  /** How long a service has for an answer, in milliseconds. */
  readonly requestTimeout?: number;
  readonly resetThrottle?: number;
}

/**
 * A suite of scenarios in which the gateway has to do what Resgate was seen to do, as it is kept in
 * `recordings/NAME.json`. With `RECORD=1` and a real Resgate in `RESGATE` the suite writes that file instead.
 */
export function conformance(
  name: string,
  define: (
    conforms: (title: string, play: (world: World) => Promise<void>, options?: ScenarioOptions) => void,
  ) => void,
): void {
  describe(`a gateway does as ${recordedVersion} does: ${name}`, () => {
    const file = path.join(import.meta.dirname, '..', 'recordings', `${name}.json`);
    const recordings = new Map<string, readonly StepRecord[]>(
      existsSync(file) && !isRecording ? read(file) : [],
    );
    let nats: NatsServer | undefined;
    let scenarios = 0;

    before(async function () {
      this.timeout(180_000);
      const { kind, description } = await gatewayProgram();
      console.log(`    ${description}`);
      if (isRecording && (kind !== 'resgate' || !description.includes(recordedVersion))) {
        throw new Error(`Only ${recordedVersion} may be recorded. Let RESGATE name its executable.`);
      }
      nats = await startNatsServer();
    });

    after(async () => {
      await nats?.stop();
      // A run of some scenarios alone, or with a failure among them, must not take the others' recordings away.
      if (isRecording && recordings.size === scenarios) await write(file, recordings);
    });

    define((title, play, options) => {
      scenarios++;
      it(title, async function () {
        this.timeout(30_000);
        const world = await World.start({ natsUrl: nats?.url ?? '', ...options });
        try {
          await play(world);
        } finally {
          await world.stop();
        }
        if (this.test?.timedOut) return;
        if (isRecording) recordings.set(title, world.steps);
        else compare(world.steps, recordings.get(title) ?? []);
      });
    });
  });
}

function compare(actual: readonly StepRecord[], expected: readonly StepRecord[]): void {
  for (const [index, step] of actual.entries()) assert.deepEqual(step, expected[index]);
  assert.equal(actual.length, expected.length, 'there are as many steps as were recorded');
}

function read(file: string): [string, readonly StepRecord[]][] {
  return Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, readonly StepRecord[]>);
}

async function write(file: string, recordings: ReadonlyMap<string, readonly StepRecord[]>): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true });
  const config = await resolveConfig(file);
  writeFileSync(
    file,
    await format(JSON.stringify(Object.fromEntries(recordings)), { ...config, parser: 'json' }),
  );
}
