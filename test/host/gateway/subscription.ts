import { getDenied, KeptAccess } from './access';
import type { CachedResource } from './cachedResource';
import type { Connection } from './connection';
import { EventQueue } from './eventQueue';
import { letGo } from './holding';
import { splitResourceId } from './names';
import { type Answer, errors, type ResError } from './protocol';
import { followReferences, type Waiter, whenReady } from './readiness';
import { References } from './references';
import type { LoadedResource, ResourceEvent, Subscriber } from './resourceEvent';
import type { Throttle } from './throttle';
import { type Content, contentForClient, propertiesForClient, valueForClient } from './value';

/** Resources in the form in which clients get them (RES Client Protocol, "Resource set"). */
export interface ResourceSet {
  models?: Record<string, unknown>;
  collections?: Record<string, unknown>;
  errors?: Record<string, ResError>;
}

type State = 'loading' | 'loaded' | 'ready' | 'sending' | 'sent' | 'deleted' | 'disposed';

/** One client's subscription to one resource, be it that the client asked for it or that another resource refers to it. */
export class Subscription implements Subscriber {
  readonly rid: string;
  readonly name: string;
  readonly query: string;
  readonly access: KeptAccess;
  /** How often the client has subscribed to it itself. */
  direct = 0;
  /** The subscriptions whose resources refer to it. */
  readonly holders = new Set<Subscription>();
  /** What its own resource refers to. */
  readonly references: References;
  /** Who waits for it to be loaded. */
  waiters: Waiter[] = [];
  readonly #connection: Connection;
  #state: State = 'loading';
  #resource: CachedResource | undefined;
  #content: Content | undefined;
  #error: ResError | undefined;
  readonly #events = new EventQueue(
    (event) => {
      this.#process(event);
    },
    () => {
      this.#askAgain();
    },
  );

  constructor(connection: Connection, rid: string) {
    this.#connection = connection;
    this.rid = rid;
    ({ name: this.name, query: this.query } = splitResourceId(connection.expandCid(rid)));
    this.references = new References(this, (target) => connection.subscription(target));
    this.access = new KeptAccess(
      (done) => {
        connection.requestAccess(this, done);
      },
      () => this.#state === 'disposed',
    );
  }

  get isLoading(): boolean {
    return this.#state === 'loading';
  }

  /** Whether it and all that it refers to has been loaded, or can't be. */
  get isReady(): boolean {
    return this.#state !== 'loading' && this.#state !== 'loaded' && this.#state !== 'disposed';
  }

  /** Whether the client has got the resource. */
  get isSent(): boolean {
    return this.#state === 'sent';
  }

  /** Why the resource could not be loaded. */
  get error(): ResError | undefined {
    return this.#error;
  }

  loaded(answer: Answer<LoadedResource>): void {
    this.#connection.enqueue(() => {
      const waiters = this.waiters;
      this.waiters = [];
      if (!answer.ok) {
        if (this.#state === 'disposed') return;
        this.#error = answer.problem;
        this.#state = 'ready';
        for (const waiter of waiters) followReferences(this, waiter);
        return;
      }
      const { resource, content } = answer.value;
      if (this.#state === 'disposed') {
        resource.remove(this);
        return;
      }
      this.#resource = resource;
      this.#content = content;
      this.#state = 'loaded';
      for (const value of content.values.values()) this.references.add(value);
      for (const waiter of waiters) followReferences(this, waiter);
    });
  }

  event(event: ResourceEvent): void {
    this.#connection.enqueue(() => {
      if (event.kind === 'reaccess') this.#reaccess();
      else if (this.#state !== 'disposed') this.#events.push(event);
    });
  }

  reaccess(throttle?: Throttle): void {
    this.#connection.enqueue(() => {
      this.#reaccess(throttle);
    });
  }

  /** Adds to a set what the client has not got yet, of this resource and all that it refers to. */
  collect(set: ResourceSet): void {
    if (this.#state === 'sent' || this.#state === 'sending' || this.#state === 'disposed') return;
    if (this.#error) {
      (set.errors ??= {})[this.rid] = this.#error;
      return;
    }
    if (!this.#content) return;
    const json = contentForClient(this.#content, this.#connection.isLegacy);
    if (this.#content.type === 'model') (set.models ??= {})[this.rid] = json;
    else (set.collections ??= {})[this.rid] = json;
    this.#state = 'sending';
    for (const target of this.references.targets()) target.collect(set);
  }

  /** Marks as sent what `collect` added, and lets the events go that waited for it. */
  markSent(): void {
    if (this.#state === 'disposed' || this.#state === 'sent' || this.#error) return;
    this.#state = 'sent';
    for (const target of this.references.targets()) target.markSent();
    this.#events.resume('loading');
  }

  /** Makes it a resource that the client has not got. */
  unsend(): void {
    if (this.#state === 'sent') this.#state = 'ready';
  }

  /** Ends it; the connection knows it no more. */
  dispose(): void {
    if (this.#state === 'disposed') return;
    const wasDeleted = this.#state === 'deleted';
    this.#state = 'disposed';
    this.waiters = [];
    this.#events.clear();
    this.references.clear();
    if (!wasDeleted) this.#resource?.remove(this);
    this.#resource = undefined;
    this.#connection.forget(this);
  }

  #process(event: ResourceEvent): void {
    switch (event.kind) {
      case 'change': {
        const targets = [...event.changed.values()].flatMap((value) => this.references.add(value) ?? []);
        // After the new ones: a resource that only moves from one property to another must not be let go of.
        for (const key of event.changed.keys()) this.references.remove(event.old.get(key));
        const values = propertiesForClient(event.changed, this.#connection.isLegacy);
        this.#sendWith(targets, (set) => {
          this.#send('change', { values, ...set });
        });
        break;
      }
      case 'add': {
        const targets = [this.references.add(event.value) ?? []].flat();
        const value = valueForClient(event.value, this.#connection.isLegacy);
        this.#sendWith(targets, (set) => {
          this.#send('add', { idx: event.idx, value, ...set });
        });
        break;
      }
      case 'remove':
        this.references.remove(event.value);
        this.#send('remove', event.data);
        break;
      case 'delete':
        this.#state = 'deleted';
        this.#send('delete', event.data);
        this.#unsubscribe(errors.deleted);
        break;
      case 'custom':
        this.#send(event.name, event.data);
        break;
      case 'reaccess':
        break;
    }
  }

  /** Sends an event with the resources that it brings, once they have been loaded; later events wait for it. */
  #sendWith(targets: readonly Subscription[], send: (set: ResourceSet) => void): void {
    if (targets.every((target) => target.isSent)) {
      send({});
      return;
    }
    this.#events.holdUp('loading');
    let open = targets.length;
    for (const target of targets) {
      whenReady(target, () => {
        open--;
        if (open > 0 || this.#state === 'disposed') return;
        const set: ResourceSet = {};
        for (const each of targets) each.collect(set);
        send(set);
        for (const each of targets) each.markSent();
        this.#events.resume('loading');
      });
    }
  }

  #reaccess(throttle?: Throttle): void {
    if (this.#state === 'disposed') return;
    if (this.#events.isHeldUp) this.#events.deferReaccess();
    else this.#askAgain(throttle);
  }

  #askAgain(throttle?: Throttle): void {
    this.access.forget();
    if (this.direct === 0) return;
    this.#events.holdUp('reaccess');
    this.access.use((access) => {
      const denied = getDenied(access);
      if (denied) this.#unsubscribe(denied);
      this.#events.resume('reaccess');
    }, throttle);
  }

  /** Ends what the client subscribed to itself and tells it why. */
  #unsubscribe(reason: ResError): void {
    if (this.direct === 0) return;
    this.direct = 0;
    letGo(this);
    this.#send('unsubscribe', { reason });
  }

  #send(event: string, data: unknown = null): void {
    this.#connection.send({ event: `${this.rid}.${event}`, data });
  }
}
