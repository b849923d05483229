import { connect } from 'node:net';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { freePort } from './ports';
import { findProgram } from './machine';
import { run, type RunningProcess, startProcess } from './processes';

/** How a gateway is to run. */
export interface GatewayStart {
  /** The NATS server that it connects to. */
  readonly natsUrl: string;
  /** The port for clients; without it the operating system gives one. */
  readonly port?: number;
  /** How long a service has for an answer, in milliseconds. */
  readonly requestTimeout?: number;
  /** The most parallel requests of one reset. */
  readonly resetThrottle?: number;
  /** Whether it logs every message. */
  readonly verbose?: boolean;
  /** Receives the line that says which gateway it is. */
  readonly log?: (line: string) => void;
}

/** A gateway that accepts clients. */
export interface RunningGateway {
  readonly kind: 'resgate' | 'stand-in';
  /** Which gateway it is, in one line. */
  readonly description: string;
  readonly wsUrl: string;
  readonly port: number;
  readonly natsUrl: string;
  readonly pid: number;
  /** Its log so far. */
  readonly output: () => string;
  /** Resolves when it has ended, however that came. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
}

interface Program {
  readonly kind: RunningGateway['kind'];
  readonly description: string;
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * Starts a gateway on 127.0.0.1 and resolves when it accepts clients: the Resgate that the environment variable
 * `RESGATE` names, else the one on PATH, else the project's own stand-in.
 */
export async function startGateway(options: GatewayStart): Promise<RunningGateway> {
  const program = await gatewayProgram();
  options.log?.(program.description);
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(options.port);
    let gateway: RunningProcess | undefined;
    try {
      gateway = await startProcess({
        name: program.description,
        command: program.command,
        args: [...program.args, ...flags(options, port)],
        ready: /Server ready/,
        timeout: 20_000,
      });
      await listening(gateway, port);
    } catch (error) {
      await gateway?.stop();
      // Between the asking for a free port and its use, another program can have taken it.
      const isTaken = options.port === undefined && /address already in use|EADDRINUSE/.test(String(error));
      if (isTaken && attempt < 5) continue;
      throw error;
    }
    const { kind, description } = program;
    const { pid, output, ended, stop } = gateway;
    const wsUrl = `ws://127.0.0.1:${port}`;
    return { kind, description, wsUrl, port, natsUrl: options.natsUrl, pid, output, ended, stop };
  }
}

/** Which gateway is to be used here. Rejects if `RESGATE` names something that can't be run. */
export async function gatewayProgram(): Promise<Program> {
  const named = process.env['RESGATE'];
  if (named !== undefined && named !== '') {
    try {
      accessSync(named, constants.X_OK);
    } catch {
      throw new Error(
        `RESGATE names ${named}, which can't be run. Let it name a Resgate executable, or unset it for the stand-in.`,
      );
    }
    return resgate(named);
  }
  const found = findProgram('resgate');
  return found === undefined ? standIn : resgate(found);
}

const standIn: Program = {
  kind: 'stand-in',
  description: "Gateway: the project's own stand-in for Resgate",
  command: process.execPath,
  args: ['--import', 'tsx', path.join(import.meta.dirname, 'gateway', 'cli.ts')],
};

async function resgate(command: string): Promise<Program> {
  const version = /resgate\s+v?(\S+)/.exec(await run(command, ['--version']))?.[1] ?? 'of unknown version';
  return { kind: 'resgate', description: `Gateway: Resgate ${version} (${command})`, command, args: [] };
}

function flags(options: GatewayStart, port: number): string[] {
  const { natsUrl, requestTimeout, resetThrottle, verbose } = options;
  return [
    ...['--nats', natsUrl, '--addr', '127.0.0.1', '--port', String(port)],
    ...(requestTimeout === undefined ? [] : ['--reqtimeout', String(requestTimeout)]),
    ...(resetThrottle === undefined ? [] : ['--resetthrottle', String(resetThrottle)]),
    ...(verbose ? ['-D', '-V'] : []),
  ];
}

/** Resgate says that it is ready a moment before it listens, and even when it then can't. */
async function listening(gateway: RunningProcess, port: number): Promise<void> {
  const ended = gateway.ended.then(() => 'ended' as const);
  for (;;) {
    const state = await Promise.race([accepts(port), ended]);
    if (state === 'open') return;
    if (state === 'ended') throw new Error(`The gateway ended at once.\n${gateway.output().slice(-4000)}`);
  }
}

function accepts(port: number): Promise<'open' | 'refused'> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve('open');
    });
    socket.once('error', () => {
      resolve('refused');
    });
  });
}
