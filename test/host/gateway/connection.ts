import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Access, parseAccess } from './access';
import type { Cache } from './cache';
import { perform, type Reply } from './clientActions';
import { parseClientRequest } from './clientRequest';
import { letGo } from './holding';
import { type Answer, encodeJson, errors, failed, isObject, parseJson, protocolVersion } from './protocol';
import { Subscription } from './subscription';
import { describeUpgrade } from './upgradeRequest';

/** The most times that a client may subscribe to one resource. */
const subscriptionLimit = 256;

/** The protocol of a client that does not name one: 1.1.1. */
const legacyProtocol = 1_001_001;

/** What a connection needs of the gateway. */
export interface ConnectionHost {
  readonly cache: Cache;
  /** Sends a message to the client: the reply to a request, or an event. */
  readonly write: (message: string, isReply: boolean) => void;
}

/** One client's connection: its requests, its token and what it holds. */
export class Connection {
  /** The id that services know the connection by: 20 characters, as Resgate's are. */
  readonly cid = Array.from(randomBytes(20), (byte) => (byte % 32).toString(32)).join('');
  readonly #host: ConnectionHost;
  readonly #httpRequest: IncomingMessage;
  readonly #subscriptions = new Map<string, Subscription>();
  /** What is still to be done, in order; it never runs within what caused it. */
  #tasks: (() => void)[] = [];
  #token: unknown;
  #tokenId = '';
  #protocol = legacyProtocol;
  #isDisposed = false;

  constructor(host: ConnectionHost, httpRequest: IncomingMessage) {
    this.#host = host;
    this.#httpRequest = httpRequest;
  }

  /** Whether the client speaks a protocol without soft references and data values. */
  get isLegacy(): boolean {
    return this.#protocol < 1_002_001;
  }

  /** Whether the client gets the bare result of a call, and no resource with it. */
  get hasBareResults(): boolean {
    return this.#protocol < 1_002_000;
  }

  /** Does something after what is under way, in order. */
  enqueue(task: () => void): void {
    this.#tasks.push(task);
    if (this.#tasks.length > 1) return;
    queueMicrotask(() => {
      for (let index = 0; index < this.#tasks.length; index++) this.#tasks[index]?.();
      this.#tasks = [];
    });
  }

  /** Sends an event to the client. */
  send(event: { readonly event: string; readonly data: unknown }): void {
    if (!this.#isDisposed) this.#host.write(encodeJson(event), false);
  }

  /** Handles a message from the client. */
  receive(text: string): void {
    this.enqueue(() => {
      const request = this.#isDisposed ? undefined : parseClientRequest(text);
      if (!request) return;
      const { id, action } = request;
      const reply: Reply = (answer) => {
        const message = answer.ok ? { result: answer.value, id } : { error: answer.problem, id };
        if (!this.#isDisposed) this.#host.write(encodeJson(message), true);
      };
      if (action.ok) perform(this, action.value, reply);
      else reply(action);
    });
  }

  /** Handles an event that a service sent to the connection (RES Service Protocol, "Connection token event"). */
  receiveEvent(event: string, data: Uint8Array): void {
    if (event !== 'token') return;
    const payload = parseJson(data);
    if (!payload.ok || !isObject(payload.value)) return;
    const { token, tid = '' } = payload.value;
    if (typeof tid !== 'string') return;
    this.enqueue(() => {
      const hadToken = this.#token !== undefined;
      this.#token = token;
      this.#tokenId = tid;
      // What was allowed without a token stays allowed.
      if (hadToken) for (const subscription of this.#subscriptions.values()) subscription.reaccess();
    });
  }

  /** Whether the connection's token has one of the ids. */
  hasTokenOf(tokenIds: ReadonlySet<string>): boolean {
    return this.#tokenId !== '' && tokenIds.has(this.#tokenId);
  }

  /** Notes which protocol the client speaks and answers with the gateway's own. */
  setVersion(protocol: string): Answer<{ readonly protocol: string }> {
    const parts = protocol.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : NaN));
    if (protocol !== '') {
      const [major = NaN, minor = NaN, patch = NaN, ...more] = parts;
      const version = (major * 1000 + minor) * 1000 + patch;
      if (more.length > 0 || Number.isNaN(version)) return failed(errors.invalidParams);
      if (major !== 1) return failed(errors.unsupportedProtocol);
      this.#protocol = version;
    }
    return { ok: true, value: { protocol: protocolVersion } };
  }

  /** The subscription to a resource, made if there is none. */
  subscription(rid: string): Subscription {
    const existing = this.#subscriptions.get(rid);
    if (existing) return existing;
    const subscription = new Subscription(this, rid);
    this.#subscriptions.set(rid, subscription);
    this.#host.cache.entry(subscription.name).subscribe(subscription.query, subscription);
    return subscription;
  }

  /** Takes a disposed subscription off the list. */
  forget(subscription: Subscription): void {
    if (this.#subscriptions.get(subscription.rid) === subscription)
      this.#subscriptions.delete(subscription.rid);
  }

  /** The subscription to a resource, with one hold more by the client itself. */
  hold(rid: string): Answer<Subscription> {
    const subscription = this.subscription(rid);
    if (subscription.direct >= subscriptionLimit) return failed(errors.subscriptionLimit);
    subscription.direct++;
    return { ok: true, value: subscription };
  }

  /** Takes holds of the client itself away. */
  release(subscription: Subscription, count: number): void {
    subscription.direct = Math.max(0, subscription.direct - count);
    letGo(subscription);
  }

  /** The subscription to a resource that the client or another resource holds. */
  existing(rid: string): Subscription | undefined {
    return this.#subscriptions.get(rid);
  }

  requestAccess({ name, query }: Subscription, done: (access: Access) => void): void {
    this.request(name, `access.${name}`, this.payload(query), (answer) => {
      done(parseAccess(answer));
    });
  }

  /** Sends a request about a resource; the answer comes after what is under way. */
  request(name: string, subject: string, payload: unknown, done: (answer: Answer<Uint8Array>) => void): void {
    this.#host.cache.request(name, subject, payload, (answer) => {
      this.enqueue(() => {
        done(answer);
      });
    });
  }

  /** The payload of a request that is made for the client. */
  payload(query: string, params?: unknown): Record<string, unknown> {
    const token = this.#token ?? null;
    return {
      ...(params === undefined ? {} : { params }),
      token,
      ...(query === '' ? {} : { query }),
      cid: this.cid,
    };
  }

  /** The payload of an auth request, which tells the service how the client connected as well. */
  authPayload(query: string, params?: unknown): Record<string, unknown> {
    return { ...this.payload(query, params), ...describeUpgrade(this.#httpRequest) };
  }

  expandCid(rid: string): string {
    return rid.replaceAll('{cid}', this.cid);
  }

  dispose(): void {
    this.enqueue(() => {
      this.#isDisposed = true;
      for (const subscription of [...this.#subscriptions.values()]) subscription.dispose();
    });
  }
}
