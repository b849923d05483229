import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../host/cache';
import { type NatsServer, startNatsServer } from '../host/natsServer';
import { type Denial, keyIn } from './plan';

/** The product's account; nobody else uses this server. */
export const edgeUser = { user: 'dev', password: 'dev' } as const;

/** What the server's own log tells of a reset. */
export interface Received {
  /** How often it was received, and not denied. */
  readonly accepted: number;
  readonly denied: number;
}

type Folder = Awaited<ReturnType<typeof temporaryFolder>>;

const denials: Readonly<Record<Denial, string>> = {
  publish: 'publish: { deny: ["system.reset"] }',
  requests: 'subscribe: { deny: ["get.stress.>", "access.stress.>"] }',
  answers: 'subscribe: { deny: ["_INBOX.*"] }',
};

/** The server that the product is connected to, to which everything happens. Its log outlives it. */
export class EdgeServer {
  readonly #folder: Folder;
  readonly #cluster: string;
  #server: NatsServer;
  #logs = '';

  private constructor(folder: Folder, cluster: string, server: NatsServer) {
    this.#folder = folder;
    this.#cluster = cluster;
    this.#server = server;
  }

  /** Starts it beside another one, which is reached at the given address of its cluster. */
  static async start(hubCluster: string): Promise<EdgeServer> {
    const folder = await temporaryFolder('stress-edge-');
    // Clients hear of no other server: the way to this one is the only one.
    const cluster = `cluster { name: stress, listen: "127.0.0.1:-1", no_advertise: true, routes: ["${hubCluster}"] }`;
    await writeConfig(folder.path, cluster, undefined);
    return new EdgeServer(folder, cluster, await start(folder.path));
  }

  get port(): number {
    return this.#server.port;
  }

  /** Ends it at once. */
  async kill(): Promise<void> {
    await this.#server.kill();
    this.#logs += this.#server.output();
  }

  /** Starts it again, at the same port. */
  async restart(): Promise<void> {
    this.#server = await start(this.#folder.path, this.#server.port);
  }

  /** Lets it stand still, or go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    process.kill(this.#server.pid, signal);
  }

  /** Denies something, or nothing any more; resolves when that is in force. */
  async deny(denied: Denial | undefined): Promise<void> {
    await writeConfig(this.#folder.path, this.#cluster, denied);
    const count = reloads(this.#server.output());
    process.kill(this.#server.pid, 'SIGHUP');
    await this.#server.untilOutput((output) => reloads(output) > count);
  }

  /** Resolves when it hears what is published at the other server. */
  async joined(): Promise<void> {
    await this.#server.untilOutput((output) => /rid:\d+ - Route connection created/.test(output));
  }

  /** What it received and denied by now, by the keys of the resets. */
  received(): Map<string, Received> {
    const found = new Map<string, { accepted: number; denied: number }>();
    const last = new Map<string, string>();
    for (const line of this.log().split('\n')) {
      const client = /(\[\d+\]).* (cid:\d+) /.exec(line)?.slice(1).join(' ');
      if (client === undefined) continue;
      if (line.includes('<<- MSG_PAYLOAD')) {
        const key = keyIn(line);
        if (key === undefined) continue;
        last.set(client, key);
        const counts = found.get(key) ?? { accepted: 0, denied: 0 };
        counts.accepted++;
        found.set(key, counts);
      } else if (line.includes('Publish Violation - Subject "system.reset"')) {
        const counts = found.get(last.get(client) ?? '');
        if (counts) {
          counts.accepted--;
          counts.denied++;
        }
      }
    }
    return found;
  }

  log(): string {
    return this.#logs + this.#server.output();
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    await this.#folder.remove();
  }
}

function start(folder: string, port?: number): Promise<NatsServer> {
  const args = ['--config', path.join(folder, 'edge.conf'), '-DV'];
  return startNatsServer({ args, ...(port !== undefined && { port }) });
}

async function writeConfig(folder: string, cluster: string, denied: Denial | undefined): Promise<void> {
  const permissions = denied === undefined ? '' : `, permissions: { ${denials[denied]} }`;
  const { user, password } = edgeUser;
  const users = `authorization { users: [{ user: ${user}, password: ${password}${permissions} }] }`;
  await writeFile(path.join(folder, 'edge.conf'), `${users}\n${cluster}\n`);
}

function reloads(output: string): number {
  return output.split('Reloaded server configuration').length - 1;
}
