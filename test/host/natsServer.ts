import { existsSync } from 'node:fs';
import { copyFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder, installOnce, progress, temporaryFolder } from './cache';
import { aptInstallable, findProgram } from './machine';
import { run, startProcess } from './processes';

const version = '2.15.2';

/** Which nats-server: `current`, or the old one of Debian 12 (2.9). */
export type NatsServerVersion = 'current' | 'debian';

export interface NatsServerOptions {
  /** The text of a configuration file. Address and port are given on the command line and win over it. */
  readonly config?: string;
  /** More command-line arguments. */
  readonly args?: readonly string[];
  /** The port for clients; without it the operating system gives one. */
  readonly port?: number;
  readonly version?: NatsServerVersion;
}

/** A nats-server that accepts clients. */
export interface NatsServer {
  /** `nats://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Its log so far. */
  readonly output: () => string;
  /** Resolves when its log fulfils the condition; rejects when it does not within 10 s. */
  readonly untilOutput: (condition: (output: string) => boolean) => Promise<void>;
  /** Resolves when it has ended, however that came. */
  readonly ended: Promise<void>;
  /** Ends it as an operator would; resolves when it has ended. */
  readonly stop: () => Promise<void>;
  /** Ends it without a chance to say goodbye. */
  readonly kill: () => Promise<void>;
}

/** Starts a nats-server on 127.0.0.1, installing it first if need be, and resolves when it accepts clients. */
export async function startNatsServer(options: NatsServerOptions = {}): Promise<NatsServer> {
  const command = await natsServerProgram(options.version);
  const folder = await temporaryFolder('nats-server-');
  const args = ['--addr', '127.0.0.1', '--port', String(options.port ?? -1), ...(options.args ?? [])];
  if (options.config !== undefined) {
    const file = path.join(folder.path, 'server.conf');
    await writeFile(file, options.config);
    args.push('--config', file);
  }
  try {
    const server = await startProcess({
      name: 'nats-server',
      command,
      args,
      cwd: folder.path,
      ready: /Server is ready/,
    });
    const port = Number(/Listening for client connections on 127\.0\.0\.1:(\d+)/.exec(server.output())?.[1]);
    const end = async (how: () => Promise<void>): Promise<void> => {
      await how();
      await folder.remove();
    };
    return {
      url: `nats://127.0.0.1:${port}`,
      port,
      pid: server.pid,
      output: server.output,
      untilOutput: server.untilOutput,
      ended: server.ended,
      stop: () => end(server.stop),
      kill: () => end(server.kill),
    };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

/**
 * The path of a nats-server program: the one that `NATS_SERVER` names, the one in the cache, a fresh one built with Go,
 * or Debian's. Rejects with what is missing and how to get it.
 */
export async function natsServerProgram(wanted: NatsServerVersion = 'current'): Promise<string> {
  if (wanted === 'debian') return debianNatsServer();
  const named = process.env['NATS_SERVER'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`NATS_SERVER names ${named}, which does not exist.`);
    return named;
  }
  const go = findProgram('go');
  if (existsSync(path.join(cacheFolder, `nats-server-${version}`)) || go !== undefined) {
    const folder = await installOnce(`nats-server-${version}`, async (partial) => {
      progress(`Building nats-server ${version} with Go (about a minute, once)…`);
      const source = `github.com/nats-io/nats-server/v2@v${version}`;
      await run(go ?? 'go', ['install', source], { env: { ...process.env, GOBIN: partial, GOFLAGS: '' } });
    });
    return path.join(folder, 'nats-server');
  }
  return findProgram('nats-server') ?? debianNatsServer();
}

async function debianNatsServer(): Promise<string> {
  const folder = await installOnce('nats-server-debian', async (partial) => {
    progress("Getting Debian's nats-server…");
    if (!(await aptInstallable('nats-server'))) {
      throw new Error(
        'There is no nats-server on this machine. Install Go (https://go.dev/dl) or nats-server ' +
          '(https://github.com/nats-io/nats-server/releases), or let NATS_SERVER name the program; then try again.',
      );
    }
    await run('apt-get', ['download', 'nats-server'], { cwd: partial });
    const packages = (await readdir(partial)).filter((file) => file.endsWith('.deb'));
    await run('dpkg', ['-x', packages[0] ?? '', 'unpacked'], { cwd: partial });
    const program = findProgram(
      'nats-server',
      ['bin', 'sbin'].map((bin) => path.join(partial, 'unpacked/usr', bin)),
    );
    if (program === undefined)
      throw new Error("Debian's package nats-server holds no such program any more.");
    await copyFile(program, path.join(partial, 'nats-server'));
  });
  return path.join(folder, 'nats-server');
}
