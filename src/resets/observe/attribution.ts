import { checkPattern } from '../../res/pattern';
import { PatternTree } from '../../res/patternTree';
import type { RequestSubject } from '../../res/requestSubject';
import { isTokenReset, type SystemMessage } from '../../res/systemMessage';
import type { WatchedRequest } from './watchedRequest';

/** A client's first subscription makes a gateway ask for the resource and for access within this time. */
const together = 5;

/** Separates the requests that a reset causes from those that clients cause at the same moment, as far as possible. */
export class Attribution {
  readonly #message: SystemMessage;
  /** The patterns of the two lists, without those that gateways drop. */
  readonly #resources: PatternTree;
  readonly #access: PatternTree;
  /** The newest request for each name. */
  readonly #newest = new Map<string, WatchedRequest>();
  /** How often each request was seen, for the names that were asked for more than once. */
  readonly #seen = new Map<string, number>();
  /** Names that a gateway is about to ask for because a client subscribed to what refers to them. */
  readonly #expected = new Set<string>();

  constructor(message: SystemMessage) {
    this.#message = message;
    const { resources = [], access = [] } = isTokenReset(message) ? {} : message;
    this.#resources = validTree(resources);
    this.#access = validTree(access);
  }

  /**
   * How often the message can make a gateway send such a request; undefined if it does not name what is asked for, not
   * even for the other kind of request. For access that is twice where several patterns match: one is sent, and those that
   * come while it is open are followed by one more.
   */
  due(subject: string, { kind, name }: RequestSubject): number | undefined {
    if (isTokenReset(this.#message)) return subject === this.#message.subject ? 1 : undefined;
    if (kind !== 'get' && kind !== 'access') return undefined;
    const [own, other] = kind === 'get' ? [this.#resources, this.#access] : [this.#access, this.#resources];
    const due = own.countCovering(name, kind === 'get' ? 1 : 2);
    return due > 0 || other.countCovering(name, 1) > 0 ? due : undefined;
  }

  /**
   * Judges a request when it comes: `isOther` if it can't be the reset's doing, or may as well be a client's. Returns
   * earlier ones that turn out to be a client's because of it.
   */
  judge(request: WatchedRequest, due: number): readonly WatchedRequest[] {
    const { kind, name, gateway } = request;
    request.before = this.#newest.get(name);
    this.#newest.set(name, request);
    if (this.#count(request) > due) {
      request.isOther = true;
      return kind === 'access' ? this.#partnersOf(request) : [];
    }
    request.isOther =
      (this.#expected.size > 0 && kind === 'get' && this.#expected.has(`${gateway} ${name}`)) ||
      this.#partnersOf(request).length > 0;
    return [];
  }

  /** A client was sent a resource that refers to these names. */
  expect(gateway: number, names: readonly string[]): void {
    for (const name of names) this.#expected.add(`${gateway} ${name}`);
  }

  /** How often such a request was seen. Most names are asked for once, and cost nothing here. */
  #count(request: WatchedRequest): number {
    const { before } = request;
    if (!before) return 1;
    if (!before.before) this.#seen.set(keyOf(before), 1);
    const count = (this.#seen.get(keyOf(request)) ?? 0) + 1;
    this.#seen.set(keyOf(request), count);
    return count;
  }

  /**
   * A client's first subscription makes the gateway ask for the resource and for access at once. Where the reset lists
   * only one of the two, such a pair is not its doing.
   */
  #partnersOf({ kind, query, gateway, at, before }: WatchedRequest): WatchedRequest[] {
    if (isTokenReset(this.#message) || (this.#message.resources && this.#message.access)) return [];
    const partners: WatchedRequest[] = [];
    for (let other = before; other && at - other.at <= together; other = other.before) {
      if (other.gateway === gateway && other.kind !== kind && isSameQuery(other.query, query)) {
        partners.push(other);
      }
    }
    return partners;
  }
}

function keyOf({ kind, gateway, client, name, query }: WatchedRequest): string {
  return `${kind} ${gateway} ${client ?? ''} ${name}?${query ?? ''}`;
}

/** A gateway asks for the resource by its own form of a query, and for access by the client's. */
function isSameQuery(a: string | undefined, b: string | undefined): boolean {
  return (a === undefined) === (b === undefined);
}

function validTree(patterns: readonly string[]): PatternTree {
  return new PatternTree(patterns.filter((pattern) => checkPattern(pattern) === undefined));
}
