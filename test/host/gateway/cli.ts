/** Runs the stand-in gateway: `npm run --silent gateway -- --nats URL --addr HOST --port PORT`. */
import { problemText } from '../../../src/util/problem';
import { type GatewayOptions, parseCommandLine, usage } from './options';
import { protocolVersion } from './protocol';
import { startServer } from './server';

void main();

async function main(): Promise<void> {
  const commandLine = parseCommandLine(process.argv.slice(2));
  switch (commandLine.kind) {
    case 'help':
      process.stdout.write(usage);
      break;
    case 'version':
      process.stdout.write(`stand-in gateway\nprotocol v${protocolVersion}\n`);
      break;
    case 'wrong':
      fail(`Wrong arguments: ${commandLine.why}.\n\n${usage}`);
      break;
    case 'run':
      await runGateway(commandLine.options);
  }
}

async function runGateway(options: GatewayOptions): Promise<void> {
  const started = await startServer(options, (line) => process.stderr.write(line));
  if (!started.ok) {
    fail(`${problemText(started.problem)}\n`);
    return;
  }
  const gateway = started.value;
  const stop = (): void => {
    void gateway.stop();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  fail(
    `The NATS connection was lost: ${await gateway.lost}. Start the gateway again when the server is back.\n`,
  );
  await gateway.stop();
}

function fail(text: string): void {
  process.stderr.write(text);
  process.exitCode = 1;
}
