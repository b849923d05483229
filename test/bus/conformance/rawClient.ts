import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A message from the gateway: a reply or an event. */
export type ClientMessage = Readonly<Record<string, unknown>>;

/** A client that speaks the RES Client Protocol by itself, so that all that the gateway sends is seen. */
export class RawClient {
  readonly #socket: WebSocket;
  readonly #methods = new Map<number, string>();
  readonly #waiting = new Map<number, (reply: ClientMessage) => void>();
  #lastId = 0;

  private constructor(socket: WebSocket, onMessage: (lane: string, message: ClientMessage) => void) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const { id, ...message } = JSON.parse(data.toString()) as Record<string, unknown>;
      if (typeof id === 'number') {
        onMessage(`reply to ${this.#methods.get(id) ?? 'nothing'}`, message);
        this.#waiting.get(id)?.(message);
      } else {
        onMessage(resourceOf(String(message['event'])), message);
      }
    });
  }

  /**
   * Connects, and calls `onMessage` for each message; what concerns one resource or request is in one lane. It tells
   * the gateway which protocol it speaks, unless that is `none`.
   */
  static async connect(
    url: string,
    onMessage: (lane: string, message: ClientMessage) => void,
    protocol = '1.2.3',
  ): Promise<RawClient> {
    const socket = new WebSocket(url);
    await once(socket, 'open');
    const client = new RawClient(socket, onMessage);
    if (protocol !== 'none') await client.request('version', { protocol });
    return client;
  }

  /** Sends a request and resolves with the reply. */
  request(method: string, params?: unknown): Promise<ClientMessage> {
    const id = ++this.#lastId;
    this.#methods.set(id, method);
    const reply = new Promise<ClientMessage>((resolve) => this.#waiting.set(id, resolve));
    this.send({ id, method, params });
    return reply;
  }

  /** Sends anything: an object as JSON, a text as it is. */
  send(message: unknown): void {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Ends the connection without waiting for the gateway: Resgate answers a close, but leaves the socket open. */
  close(): void {
    this.#socket.terminate();
  }
}

function resourceOf(event: string): string {
  return event.slice(0, event.lastIndexOf('.'));
}
