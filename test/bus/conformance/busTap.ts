import { connect, type NatsConnection } from 'nats';

/** A request of a gateway, or an answer to one. */
export interface BusMessage {
  readonly kind: 'request' | 'answer';
  /** The request's subject and payload. */
  readonly lane: string;
  readonly inbox: string;
  readonly text: string;
}

/** Sees all that passes on the bus between a gateway and services. */
export class BusTap {
  readonly #connection: NatsConnection;

  private constructor(connection: NatsConnection) {
    this.#connection = connection;
  }

  /**
   * Starts to listen. `onMessage` is called for each request of a gateway and each answer to one, with the request's
   * subject and payload as the lane: within one, order means something.
   */
  static async start(natsUrl: string, onMessage: (message: BusMessage) => void): Promise<BusTap> {
    const connection = await connect({ servers: natsUrl });
    const lanes = new Map<string, string>();
    connection.subscribe('>', {
      callback: (_error, message) => {
        const { subject, reply } = message;
        const text = message.string();
        const lane = lanes.get(subject);
        if (lane !== undefined) onMessage({ kind: 'answer', lane, inbox: subject, text });
        // A NATS client's own requests have another kind of inbox.
        if (!reply || !/^_INBOX\.[^.]+$/.test(reply)) return;
        lanes.set(reply, `${subject} ${text}`);
        onMessage({ kind: 'request', lane: `${subject} ${text}`, inbox: reply, text });
      },
    });
    await connection.flush();
    return new BusTap(connection);
  }

  /** Resolves when all has been seen that the server had before. */
  async catchUp(): Promise<void> {
    if (!this.#connection.isClosed()) await this.#connection.flush();
  }

  async stop(): Promise<void> {
    await this.#connection.close();
  }
}
