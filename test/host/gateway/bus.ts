import { type Msg, type NatsConnection, Nuid } from 'nats';
import type { Log } from './log';
import { type Answer, encodeJson, errors, failed } from './protocol';

/** The longest line of the NATS protocol that names the subjects of a message. */
const maxControlLine = 4096;

/** The gateway's side of NATS: requests to services, and the events that services send. */
export class Bus {
  readonly #connection: NatsConnection;
  readonly #requestTimeout: number;
  readonly #log: Log;
  /** One for each gateway: observers tell gateways apart by the first 12 characters of their reply subjects. */
  readonly #nuid = new Nuid();

  /** @param requestTimeout How long a service has for an answer, in milliseconds. */
  constructor(connection: NatsConnection, requestTimeout: number, log: Log) {
    this.#connection = connection;
    this.#requestTimeout = requestTimeout;
    this.#log = log;
  }

  /** Sends a request; `done` is called once, later: with the answer, or with the error that stands for none. */
  request(subject: string, payload: unknown, done: (answer: Answer<Uint8Array>) => void): void {
    const inbox = `_INBOX.${this.#nuid.next()}`;
    const label = inbox.slice(-6);
    if (subject.length + inbox.length > maxControlLine) {
      queueMicrotask(() => {
        done(failed(errors.subjectTooLong));
      });
      return;
    }
    const settle = (answer: Answer<Uint8Array>): void => {
      clearTimeout(timer);
      subscription.unsubscribe();
      done(answer);
    };
    const giveUpAfter = (milliseconds: number): NodeJS.Timeout => {
      const timeout = setTimeout(() => {
        this.#log.trace(() => `x=> (${label}) Request timeout`);
        settle(failed(errors.timeout));
      }, milliseconds);
      // A gateway that was stopped has not to wait for it.
      return timeout.unref();
    };
    let timer = giveUpAfter(this.#requestTimeout);

    const subscription = this.#connection.subscribe(inbox, {
      callback: (error, message) => {
        // An error means that the connection goes down, and the gateway with it.
        if (error) return;
        const longer = preResponse(message);
        if (longer !== undefined) {
          clearTimeout(timer);
          timer = giveUpAfter(longer);
        }
        if (longer !== undefined || isMeta(message.data)) {
          this.#log.trace(() => `==> (${label}): ${message.string()}`);
        } else if (message.data.length === 0 && message.headers?.code === 503) {
          this.#log.trace(() => `x=> (${label}) No responders`);
          settle(failed(errors.notFound));
        } else {
          this.#log.trace(() => `==> (${label}): ${message.string()}`);
          settle({ ok: true, value: message.data });
        }
      },
    });
    const text = encodeJson(payload);
    this.#log.trace(() => `<== (${label}) ${subject}: ${text}`);
    this.#connection.publish(subject, text, { reply: inbox });
  }

  /** Listens to all events of a namespace (`event.library.book.1`); the function that it returns ends it. */
  subscribe(namespace: string, onEvent: (event: string, data: Uint8Array) => void): () => void {
    const subject = `${namespace}.*`;
    this.#log.trace(() => `S=> ${subject}`);
    const subscription = this.#connection.subscribe(subject, {
      callback: (error, message) => {
        if (error) return;
        this.#log.trace(() => `=>> ${message.subject}: ${message.string()}`);
        onEvent(message.subject.slice(namespace.length + 1), message.data);
      },
    });
    return () => {
      this.#log.trace(() => `U=> ${subject}`);
      subscription.unsubscribe();
    };
  }
}

/** Whether a message is about the answer to come: JSON objects don't begin with a letter. */
function isMeta(data: Uint8Array): boolean {
  return data.length > 0 && /[a-z]/i.test(String.fromCharCode(data[0] ?? 0));
}

/** The milliseconds that a pre-response asks for (RES Service Protocol, "Pre-response"). */
function preResponse(message: Msg): number | undefined {
  if (!isMeta(message.data)) return undefined;
  const timeout = /(?:^|\s)timeout:"(\d+)"/.exec(message.string())?.[1];
  return timeout === undefined ? undefined : Number(timeout);
}
