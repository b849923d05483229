import type { CacheEntry } from './cacheEntry';
import { type Applied, applyEvent, eventsBetween } from './contentEvents';
import { type Answer, failed, internalError, isObject, parseResponse } from './protocol';
import type { ResourceEvent, Subscriber } from './resourceEvent';
import type { Throttle } from './throttle';
import { type Content, invalidResponse, parseContent } from './value';

/** A service's answer to a get request. */
interface GetResult {
  readonly content: Content;
  /** The normalised query; empty for a resource without one. */
  readonly query: string;
}

/** One cached resource: a name with one query, or without. */
export class CachedResource {
  readonly entry: CacheEntry;
  /** The query as the service normalised it; empty for none. */
  readonly query: string;
  readonly subscribers = new Set<Subscriber>();
  /** The queries, other than its own, that lead to it. */
  readonly aliases: string[] = [];
  content: Content | undefined;
  #isRequested = false;
  #isResetting = false;

  constructor(entry: CacheEntry, query: string) {
    this.entry = entry;
    this.query = query;
  }

  /** Adds a subscriber and tells it what the resource holds, once that is known. */
  add(subscriber: Subscriber): void {
    this.subscribers.add(subscriber);
    if (this.content) {
      subscriber.loaded({ ok: true, value: { resource: this, content: this.content } });
    } else if (!this.#isRequested) {
      this.#isRequested = true;
      this.entry.requestGet(this.query, (answer) => {
        this.#onLoaded(parseGetResponse(answer));
      });
    }
  }

  /** Takes a subscriber off. A resource with a query that nobody holds is forgotten at once. */
  remove(subscriber: Subscriber): void {
    this.entry.enqueue(() => {
      if (!this.subscribers.delete(subscriber)) return;
      if (this.query !== '' && this.subscribers.size === 0) this.entry.forget(this);
      this.entry.release(1);
    });
  }

  /** Asks the service again and sends subscribers the difference; nothing if that is already under way. */
  reset(throttle: Throttle): void {
    if (this.#isResetting) return;
    this.#isResetting = true;
    throttle.run((done) => {
      this.entry.requestGet(
        this.query,
        (answer) => {
          this.#isResetting = false;
          this.#onReset(parseGetResponse(answer));
        },
        done,
      );
    });
  }

  /** Applies an event that the service sent and passes it to the subscribers. */
  handle(name: string, data: unknown): void {
    if (name === 'reaccess') {
      this.#emit({ kind: 'reaccess' });
      return;
    }
    if (!this.content) return;
    switch (name) {
      case 'change':
      case 'add':
      case 'remove':
        // What a reset fetches has it in it already.
        if (!this.#isResetting) this.#take(applyEvent(this.content, name, data));
        break;
      case 'delete':
        this.delete(data);
        break;
      default:
        this.#emit({ kind: 'custom', name, data });
    }
  }

  /** Takes new content over and sends subscribers what differs. */
  replace(next: Content): void {
    if (!this.content || this.#isResetting) return;
    for (const applied of eventsBetween(this.content, next)) this.#take(applied);
  }

  /** Forgets the resource and tells the subscribers that it is no more. */
  delete(data?: unknown): void {
    if (!this.content || this.#isResetting) return;
    const subscribers = [...this.subscribers];
    this.subscribers.clear();
    this.entry.forget(this);
    this.entry.release(subscribers.length);
    for (const subscriber of subscribers) subscriber.event({ kind: 'delete', data });
  }

  #onLoaded(answer: Answer<GetResult>): void {
    const waiting = [...this.subscribers];
    if (!answer.ok) {
      this.subscribers.clear();
      this.entry.forget(this);
      this.entry.release(waiting.length);
      for (const subscriber of waiting) subscriber.loaded(answer);
      return;
    }
    const resource = answer.value.query === this.query ? this : this.entry.alias(this, answer.value.query);
    for (const subscriber of waiting) resource.subscribers.add(subscriber);
    // The normalised resource can have been loaded through another query before.
    const content = (resource.content ??= answer.value.content);
    for (const subscriber of waiting) subscriber.loaded({ ok: true, value: { resource, content } });
  }

  #onReset(answer: Answer<GetResult>): void {
    if (answer.ok) {
      this.replace(answer.value.content);
    } else if (answer.problem.code === 'system.notFound') {
      this.delete();
    } else {
      this.entry.complain(`Reset get error - ${answer.problem.message}`);
    }
  }

  #take(applied: Applied): void {
    if (!applied.ok) {
      this.entry.complain(applied.problem.message);
    } else if (applied.value) {
      this.content = applied.value.content;
      this.#emit(applied.value.event);
    }
  }

  #emit(event: ResourceEvent): void {
    for (const subscriber of [...this.subscribers]) subscriber.event(event);
  }
}

function parseGetResponse(answer: Answer<Uint8Array>): Answer<GetResult> {
  if (!answer.ok) return answer;
  const response = parseResponse(answer.value);
  if (!response.ok) return response;
  const { result } = response.value;
  if (!isObject(result)) return failed(internalError('response missing result'));
  const content = parseContent(result);
  if (!content.ok) return content;
  const { query } = result;
  return content.value
    ? { ok: true, value: { content: content.value, query: typeof query === 'string' ? query : '' } }
    : failed(invalidResponse);
}
