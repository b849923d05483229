import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type NatsConnection } from 'nats';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Result } from '../../../src/util/problem';
import { Bus } from './bus';
import { Cache, stringList } from './cache';
import { Connection } from './connection';
import { Log } from './log';
import { connectionOptions, shownUrl } from './natsAddress';
import type { GatewayOptions } from './options';
import { errors, isObject, parseJson, protocolVersion } from './protocol';
import { verbatim } from '../../../src/util/l10n';

/** Starts a gateway; the problem says what keeps it from starting. */
export async function startServer(
  options: GatewayOptions,
  write: (line: string) => void,
): Promise<Result<Gateway>> {
  const log = new Log(write, options);
  const { addr, port } = options;
  const url = shownUrl(options.nats);
  log.info(`Starting the stand-in gateway (RES protocol ${protocolVersion})`);
  log.info(`Connecting to NATS at ${url}`);
  let nats: NatsConnection;
  try {
    nats = await connect(connectionOptions(options.nats));
  } catch (error) {
    const remedy = verbatim('Start a nats-server there, or name another with --nats');
    return {
      ok: false,
      problem: { what: verbatim(`Can't connect to NATS at ${url}`), why: verbatim(reason(error)), remedy },
    };
  }
  log.info(`Listening on http://${addr}:${port}`);
  const http = createServer((_request, response) => {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('This gateway speaks WebSocket alone.\n');
  });
  try {
    await listen(http, port, addr);
  } catch (error) {
    await nats.close();
    const remedy = verbatim('End what uses it, or choose another with --port and --addr');
    return {
      ok: false,
      problem: { what: verbatim(`Can't listen on ${addr}:${port}`), why: verbatim(reason(error)), remedy },
    };
  }
  const gateway = new Gateway(nats, http, options, log);
  log.info('Server ready');
  return { ok: true, value: gateway };
}

/** A gateway that accepts clients. */
export class Gateway {
  /** Resolves when it has lost its NATS connection, with why; not when it was stopped. */
  readonly lost: Promise<string>;
  readonly #nats: NatsConnection;
  readonly #http: Server;
  readonly #sockets: WebSocketServer;
  readonly #log: Log;
  readonly #bus: Bus;
  readonly #cache: Cache;
  readonly #connections = new Set<Connection>();
  #isStopping = false;

  constructor(nats: NatsConnection, http: Server, options: GatewayOptions, log: Log) {
    this.#nats = nats;
    this.#http = http;
    this.#log = log;
    this.#bus = new Bus(nats, options.reqtimeout, log);
    this.#cache = new Cache(this.#bus, options.resetthrottle, log);
    this.#bus.subscribe('system', (event, data) => {
      if (event === 'reset') this.#cache.reset(data);
      if (event === 'tokenReset') this.#resetTokens(data);
    });
    this.#sockets = new WebSocketServer({ server: http, path: options.wspath });
    this.#sockets.on('connection', (socket, request) => {
      this.#accept(socket, request);
    });
    this.lost = nats.closed().then((error) => {
      const why = error ? error.message : 'the server closed it';
      return this.#isStopping ? new Promise<never>(() => undefined) : why;
    });
  }

  /** Lets go of the clients and of NATS. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#log.info('Stopping server...');
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
    this.#cache.dispose();
    await this.#nats.close();
    this.#log.info('Server stopped');
  }

  #accept(socket: WebSocket, request: IncomingMessage): void {
    const connection = new Connection(
      {
        cache: this.#cache,
        write: (message, isReply) => {
          this.#log.trace(() => `[${connection.cid}] ${isReply ? '<--' : '<<-'} ${message}`);
          socket.send(message);
        },
      },
      request,
    );
    const { cid } = connection;
    const unsubscribe = this.#bus.subscribe(`conn.${cid}`, (event, data) => {
      connection.receiveEvent(event, data);
    });
    this.#connections.add(connection);
    this.#log.trace(() => `[${cid}] Connected: ${request.socket.remoteAddress ?? ''}`);
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      this.#log.trace(() => `[${cid}] --> ${text}`);
      connection.receive(text);
    });
    socket.on('error', (error) => {
      this.#log.debug(`[${cid}] ${error.message}`);
    });
    socket.once('close', () => {
      this.#log.trace(() => `[${cid}] Disconnected`);
      this.#connections.delete(connection);
      unsubscribe();
      connection.dispose();
    });
  }

  /** Does what a `system.tokenReset` asks for: the service is to renew the tokens of these ids. */
  #resetTokens(data: Uint8Array): void {
    const payload = parseJson(data);
    const message = payload.ok && isObject(payload.value) ? payload.value : {};
    const [tokenIds, subject] = [stringList(message['tids']), message['subject']];
    if (!tokenIds || typeof subject !== 'string' || subject === '') {
      this.#log.error('Error decoding system token reset: not of the form that it must have');
      return;
    }
    const wanted = new Set(tokenIds);
    for (const connection of this.#connections) {
      if (!connection.hasTokenOf(wanted)) continue;
      this.#bus.request(subject, connection.authPayload(''), (answer) => {
        const isLate = !answer.ok && answer.problem.code === errors.timeout.code;
        if (isLate)
          this.#log.error(`[${connection.cid}] Token reset auth request timeout on subject: ${subject}`);
      });
    }
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
