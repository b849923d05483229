import type { Bus } from './bus';
import { CacheEntry } from './cacheEntry';
import type { Log } from './log';
import { compilePattern } from './names';
import { type Answer, isObject, parseJson } from './protocol';
import { Throttle } from './throttle';

/** All resources that clients hold, or held a moment ago, and the resets of them. */
export class Cache {
  readonly #bus: Bus;
  readonly #log: Log;
  readonly #resetThrottle: number;
  readonly #entries = new Map<string, CacheEntry>();

  /** @param resetThrottle The most parallel requests of one reset; 0 for no bound. */
  constructor(bus: Bus, resetThrottle: number, log: Log) {
    this.#bus = bus;
    this.#resetThrottle = resetThrottle;
    this.#log = log;
  }

  /** The entry of a resource name, made if there is none. */
  entry(name: string): CacheEntry {
    let entry = this.#entries.get(name);
    if (!entry) {
      entry = new CacheEntry(name, this.#bus, this.#log, () => this.#entries.delete(name));
      this.#entries.set(name, entry);
    }
    return entry;
  }

  /** Sends a request about a resource; the answer comes in its turn with the resource's events. */
  request(name: string, subject: string, payload: unknown, done: (answer: Answer<Uint8Array>) => void): void {
    const entry = this.entry(name);
    entry.hold();
    this.#bus.request(subject, payload, (answer) => {
      entry.enqueue(() => {
        done(answer);
        entry.release(1);
      });
    });
  }

  /** Does what a `system.reset` asks for; one that has not the form it must have is ignored whole. */
  reset(data: Uint8Array): void {
    const message = parseReset(data);
    if (!message) {
      this.#log.error('Error decoding system reset: not of the form that it must have');
      return;
    }
    const throttle = new Throttle(this.#resetThrottle);
    this.#forEachMatch(message.resources, (entry) => {
      entry.resetResources(throttle);
    });
    this.#forEachMatch(message.access, (entry) => {
      entry.resetAccess(throttle);
    });
  }

  dispose(): void {
    for (const entry of this.#entries.values()) entry.dispose();
  }

  /** An entry that several patterns match is met as often. Invalid patterns are left out without a word. */
  #forEachMatch(patterns: readonly string[], action: (entry: CacheEntry) => void): void {
    const tests = patterns.map(compilePattern).filter((test) => test !== undefined);
    if (tests.length === 0) return;
    for (const entry of [...this.#entries.values()]) {
      for (const test of tests) if (test(entry.name)) action(entry);
    }
  }
}

function parseReset(data: Uint8Array): { resources: string[]; access: string[] } | undefined {
  if (data.length === 0) return { resources: [], access: [] };
  const parsed = parseJson(data);
  if (!parsed.ok) return undefined;
  if (parsed.value === null) return { resources: [], access: [] };
  if (!isObject(parsed.value)) return undefined;
  const resources = stringList(parsed.value['resources']);
  const access = stringList(parsed.value['access']);
  return resources && access && { resources, access };
}

/** Reads a list of texts; `null` for the list is an empty one, in the list it is an empty text. */
export function stringList(json: unknown): string[] | undefined {
  if (json === undefined || json === null) return [];
  if (!Array.isArray(json)) return undefined;
  const items: unknown[] = json.map((item: unknown) => item ?? '');
  return items.every((item) => typeof item === 'string') ? items : undefined;
}
