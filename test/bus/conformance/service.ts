import { connect, type Msg, type NatsConnection } from 'nats';

/** An answer that a service gives: what follows `{` in the protocol's response, or a text sent as it is. */
export type Response = Readonly<Record<string, unknown>> | string;

/** What a scenario's service answers to a request, given the rest of the subject and the payload. */
export type Handler = (payload: Record<string, unknown>, subject: string) => Response | undefined;

/** The service of a scenario: it answers from data that the scenario changes, or when the scenario wants it to. */
export class Service {
  readonly models = new Map<string, Record<string, unknown>>();
  readonly collections = new Map<string, unknown[]>();
  /** Answers to certain subjects, before any data is looked at; none leaves the answer to `answer`. */
  readonly handlers = new Map<string, Handler>();
  readonly #connection: NatsConnection;
  readonly #unanswered = new Map<string, Msg[]>();

  readonly #onUnanswered: () => void;

  private constructor(connection: NatsConnection, onUnanswered: () => void) {
    this.#connection = connection;
    this.#onUnanswered = onUnanswered;
  }

  /** Starts to answer for the names of `library`; `onUnanswered` is called when a request was left unanswered. */
  static async start(natsUrl: string, onUnanswered: () => void): Promise<Service> {
    const service = new Service(await connect({ servers: natsUrl }), onUnanswered);
    await service.serve('library');
    return service;
  }

  /** Starts to answer for a service's names; the function that it returns ends that. */
  async serve(name: string): Promise<() => void> {
    const subscriptions = ['get', 'access', 'call', 'auth'].flatMap((kind) =>
      [`${kind}.${name}`, `${kind}.${name}.>`].map((subject) =>
        this.#connection.subscribe(subject, {
          callback: (_error, message) => {
            this.#onRequest(message);
          },
        }),
      ),
    );
    await this.#connection.flush();
    return () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
    };
  }

  /** Answers requests to a subject of its own, such as that of a query event. */
  async answerOn(subject: string, handler: Handler): Promise<void> {
    this.handlers.set(subject, handler);
    this.#connection.subscribe(subject, {
      callback: (_error, message) => {
        this.#onRequest(message);
      },
    });
    await this.#connection.flush();
  }

  /** Publishes a message: an object as JSON, a text as it is. */
  publish(subject: string, payload: unknown = ''): void {
    this.#connection.publish(subject, typeof payload === 'string' ? payload : JSON.stringify(payload));
  }

  /** Leaves requests for a subject unanswered until `answer` is called. */
  hold(subject: string): void {
    this.handlers.set(subject, () => undefined);
  }

  /** How many requests are unanswered. */
  get unanswered(): number {
    return [...this.#unanswered.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** Answers the oldest unanswered request for a subject; `isLast` is false for a message that only precedes it. */
  answer(subject: string, response: Response = this.#respond(subject, {}), isLast = true): void {
    const [message] = this.#unanswered.get(subject) ?? [];
    if (!message) throw new Error(`Nothing is unanswered on ${subject}.`);
    if (isLast) this.#unanswered.get(subject)?.shift();
    message.respond(encode(response));
  }

  /** Answers one unanswered request, of whichever subject came first, from the data. */
  answerOldest(): void {
    const [subject] = [...this.#unanswered].find(([, messages]) => messages.length > 0) ?? [];
    if (subject !== undefined) this.answer(subject);
  }

  /** Answers each unanswered request, and those to come, from the data. */
  answerAll(): void {
    for (const [subject, messages] of this.#unanswered) {
      this.handlers.delete(subject);
      while (messages.length > 0) this.answer(subject);
    }
  }

  async stop(): Promise<void> {
    await this.#connection.close();
  }

  #onRequest(message: Msg): void {
    const { subject } = message;
    const payload = message.data.length === 0 ? {} : message.json<Record<string, unknown>>();
    const handler = this.handlers.get(subject);
    const response = handler ? handler(payload, subject) : this.#respond(subject, payload);
    if (response !== undefined) message.respond(encode(response));
    else {
      this.#unanswered.set(subject, [...(this.#unanswered.get(subject) ?? []), message]);
      this.#onUnanswered();
    }
  }

  #respond(subject: string, payload: Record<string, unknown>): Response {
    const [kind = ''] = subject.split('.', 1);
    const name = subject.slice(kind.length + 1);
    if (kind === 'access') return { result: { get: true, call: '*' } };
    if (kind === 'call' || kind === 'auth') return { result: { echo: payload['params'] ?? null } };
    const model = this.models.get(name);
    if (model) return { result: { model } };
    const collection = this.collections.get(name);
    if (!collection) return { error: { code: 'system.notFound', message: 'Not found' } };
    const { query } = payload;
    return typeof query === 'string' ? { result: page(collection, query) } : { result: { collection } };
  }
}

/** A page of a collection, with its query in normal form: `limit` first, then `start`. */
function page(collection: readonly unknown[], query: string): Record<string, unknown> {
  const parameters = new URLSearchParams(query);
  const [start, limit] = [Number(parameters.get('start') ?? 0), Number(parameters.get('limit') ?? 10)];
  return { collection: collection.slice(start, start + limit), query: `limit=${limit}&start=${start}` };
}

function encode(response: Response): string {
  return typeof response === 'string' ? response : JSON.stringify(response);
}
