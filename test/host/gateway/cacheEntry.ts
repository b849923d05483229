import type { Bus } from './bus';
import { CachedResource } from './cachedResource';
import type { Log } from './log';
import { type Answer, internalError, isObject, parseJson, parseResponse } from './protocol';
import type { Subscriber } from './resourceEvent';
import type { Throttle } from './throttle';
import { parseContent } from './value';

/** How long a resource stays cached after the last client has let go of it, in milliseconds. */
const keepUnused = 5000;

/** All that is cached of one resource name, with the events that concern it. */
export class CacheEntry {
  readonly name: string;
  readonly #bus: Bus;
  readonly #log: Log;
  readonly #onUnused: () => void;
  #base: CachedResource | undefined;
  readonly #queries = new Map<string, CachedResource>();
  /** What a query that is not in normal form leads to. */
  readonly #links = new Map<string, CachedResource>();
  #uses = 0;
  #unusedTimer: NodeJS.Timeout | undefined;
  #unlisten: (() => void) | undefined;
  /** The answers still awaited to a query event; all else waits for them, so that events stay in order. */
  #awaited = 0;
  #waiting: (() => void)[] = [];

  constructor(name: string, bus: Bus, log: Log, onUnused: () => void) {
    this.name = name;
    this.#bus = bus;
    this.#log = log;
    this.#onUnused = onUnused;
  }

  /** Counts one more use; every use is released once. */
  hold(): void {
    clearTimeout(this.#unusedTimer);
    this.#uses++;
  }

  release(count: number): void {
    this.#uses -= count;
    if (this.#uses > 0 || count === 0) return;
    clearTimeout(this.#unusedTimer);
    this.#unusedTimer = setTimeout(() => {
      this.#unlisten?.();
      this.#onUnused();
    }, keepUnused);
    this.#unusedTimer.unref();
  }

  /** Does something in its turn with the resource's events. */
  enqueue(task: () => void): void {
    if (this.#awaited > 0) this.#waiting.push(task);
    else task();
  }

  /** Adds a subscriber to the resource with a query (empty for none); it counts as a use until it is removed. */
  subscribe(query: string, subscriber: Subscriber): void {
    this.hold();
    this.#unlisten ??= this.#bus.subscribe(`event.${this.name}`, (event, data) => {
      this.enqueue(() => {
        this.#onEvent(event, data);
      });
    });
    this.enqueue(() => {
      this.#resource(query).add(subscriber);
    });
  }

  /** Sends a get request; `onAnswer` is called in its turn with the events, `onSettled` at once. */
  requestGet(query: string, onAnswer: (answer: Answer<Uint8Array>) => void, onSettled?: () => void): void {
    this.#bus.request(`get.${this.name}`, query === '' ? {} : { query }, (answer) => {
      this.enqueue(() => {
        onAnswer(answer);
      });
      onSettled?.();
    });
  }

  /** Lets a query lead to the resource that its normal form names; the resource that was asked for is replaced. */
  alias(resource: CachedResource, normalQuery: string): CachedResource {
    const normal = this.#resource(normalQuery);
    if (resource.query === '') this.#base = normal;
    else {
      this.#queries.delete(resource.query);
      this.#links.set(resource.query, normal);
    }
    normal.aliases.push(resource.query);
    return normal;
  }

  /** Takes a resource out of the cache, with all that leads to it. */
  forget(resource: CachedResource): void {
    for (const query of [resource.query, ...resource.aliases.splice(0)]) {
      if (query === '') {
        if (this.#base === resource) this.#base = undefined;
        continue;
      }
      if (this.#queries.get(query) === resource) this.#queries.delete(query);
      if (this.#links.get(query) === resource) this.#links.delete(query);
    }
  }

  /** Fetches the plain resource and that of each query again. */
  resetResources(throttle: Throttle): void {
    this.enqueue(() => {
      for (const resource of this.#cached()) resource.reset(throttle);
    });
  }

  /** Asks for access again, for each subscriber. */
  resetAccess(throttle: Throttle): void {
    this.enqueue(() => {
      for (const resource of this.#cached()) {
        for (const subscriber of resource.subscribers) subscriber.reaccess(throttle);
      }
    });
  }

  /** Logs what a service did wrong. */
  complain(what: string): void {
    this.#log.error(`Subscription ${this.name}: ${what}`);
  }

  dispose(): void {
    clearTimeout(this.#unusedTimer);
  }

  #cached(): CachedResource[] {
    // A plain name that leads to a resource with a query is that resource.
    const base = this.#base?.query === '' ? [this.#base] : [];
    return [...base, ...this.#queries.values()];
  }

  #resource(query: string): CachedResource {
    const existing = query === '' ? this.#base : (this.#queries.get(query) ?? this.#links.get(query));
    if (existing) return existing;
    const resource = new CachedResource(this, query);
    if (query === '') this.#base = resource;
    else this.#queries.set(query, resource);
    return resource;
  }

  #onEvent(event: string, data: Uint8Array): void {
    const payload = data.length === 0 ? ({ ok: true, value: undefined } as const) : parseJson(data);
    if (!payload.ok) this.complain(`event ${event} with a malformed payload`);
    else if (event === 'query') this.#onQueryEvent(payload.value);
    else if (this.#base?.query === '') this.#base.handle(event, payload.value);
  }

  /** Asks what the event means for each cached query (RES Service Protocol, "Query event"). */
  #onQueryEvent(payload: unknown): void {
    const subject = isObject(payload) ? payload['subject'] : undefined;
    const loaded = [...this.#queries.values()].filter(({ content }) => content !== undefined);
    if (loaded.length === 0) return;
    if (typeof subject !== 'string' || subject === '') {
      this.complain('query event without a subject');
      return;
    }
    this.#awaited = loaded.length;
    for (const resource of loaded) {
      this.#bus.request(subject, { query: resource.query }, (answer) => {
        this.#applyQueryAnswer(resource, answer);
        this.#awaited--;
        this.#continue();
      });
    }
  }

  #applyQueryAnswer(resource: CachedResource, answer: Answer<Uint8Array>): void {
    if (!answer.ok) return;
    const response = parseResponse(answer.value);
    if (!response.ok) {
      if (response.problem.code === 'system.notFound') resource.delete();
      else this.complain(`query event for ?${resource.query}: ${response.problem.message}`);
      return;
    }
    const { result } = response.value;
    const content = isObject(result)
      ? parseContent(result)
      : ({ ok: false, problem: internalError('no result') } as const);
    if (!content.ok) {
      this.complain(`query event for ?${resource.query}: ${content.problem.message}`);
    } else if (content.value) {
      resource.replace(content.value);
    } else if (isObject(result) && Array.isArray(result['events'])) {
      for (const event of result['events'] as unknown[]) {
        if (isObject(event) && typeof event['event'] === 'string')
          resource.handle(event['event'], event['data']);
      }
    }
  }

  #continue(): void {
    const tasks = this.#waiting;
    this.#waiting = [];
    for (const task of tasks) this.enqueue(task);
  }
}
