/**
 * Sends resets, several at once, until it is killed: `killedSender.js NATS_URL FOLDER FIRST_NUMBER`. It writes a line when it
 * is connected, and one for all that it tells of a reset or of its history.
 */
import { writeSync } from 'node:fs';
import { silentLogger } from '../host/silentLogger';
import { problemText } from '../../src/util/problem';
import { profileOf } from '../bus/natsSetup';
import { keyOf, openWindow } from './productWindow';
import { endOf } from './runResult';

const parallel = 8;

async function main([natsUrl = '', folder = '', first = '']: readonly string[]): Promise<void> {
  const product = openWindow({
    folder,
    profile: profileOf({ servers: [natsUrl] }),
    // Nobody reacts here: a longer wait would only make fewer resets.
    rules: { noReaction: 50 },
    logger: silentLogger,
    onProblem: (problem) => writeSync(1, `problem: ${problemText(problem)}\n`),
  });
  product.resets.onDidChange((record) => {
    writeSync(1, `${keyOf(record)} ${Date.now()} ${endOf(record)}\n`);
  });
  product.connections.onDidChange(({ kind }) => {
    if (kind === 'connected') writeSync(1, 'connected\n');
  });
  let number = Number(first);
  const sendOn = async (): Promise<never> => {
    for (;;) await product.send({ resources: [`stress.r${number++}.*`] });
  };
  await Promise.all(Array.from({ length: parallel }, sendOn));
}

void main(process.argv.slice(2));
