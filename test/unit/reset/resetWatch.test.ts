import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ObservedRequest, Observation } from '../../../src/reset/observation';
import { shortenObservation } from '../../../src/reset/observation';
import { ResetWatch } from '../../../src/reset/resetWatch';
import type { ResetMessage } from '../../../src/res/resetMessage';

const bytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

const fresh = { result: { model: { title: 'x' } } };
const rules = { noReaction: 1000, quiet: 300, requestTimeout: 3000, limit: 60_000 };

/** A watch, and a bus on which gateways A and B ask and services answer; times are in milliseconds. */
class Bus {
  readonly watch: ResetWatch;
  #inbox = 0;

  constructor(message: ResetMessage, answers: Observation['answers'] = 'watched') {
    this.watch = new ResetWatch(message, answers, rules);
    this.watch.begin(0);
  }

  ask(at: number, subject: string, payload: unknown = {}, gateway = 'A'): string {
    const reply = `_INBOX.${gateway.repeat(12)}${String(++this.#inbox).padStart(10, '0')}`;
    this.watch.request(subject, reply, bytes(payload), at);
    return reply;
  }

  answer(at: number, reply: string, payload: unknown): void {
    this.watch.reply(reply, bytes(payload), at);
  }

  /** Runs the clock to the end; resolves to when that was. */
  end(): number {
    let now = 0;
    for (;;) {
      const next = this.watch.check(now);
      if (next === undefined) return now;
      assert.ok(next > now, 'it asks to be looked at again at once, for ever');
      now = next;
    }
  }

  told(): string[] {
    return this.watch.observation().requests.map(tell);
  }
}

const tell = ({ kind, name, query, outcome }: ObservedRequest): string =>
  `${kind} ${name}${query === undefined ? '' : `?${query}`}: ${outcome.kind}`;

const books: ResetMessage = { resources: ['library.>'] };

describe('What a gateway does after a reset', () => {
  it('is told although an answer overtook its request', () => {
    const bus = new Bus(books);
    const reply = `_INBOX.${'A'.repeat(12)}${'1'.padStart(10, '0')}`;
    bus.answer(10, reply, fresh);
    assert.equal(bus.ask(11, 'get.library.book.1'), reply);
    assert.deepEqual(bus.told(), ['get library.book.1: answered']);
  });

  it('keeps few answers to what nobody was seen to ask', () => {
    const bus = new Bus(books);
    const reply = `_INBOX.${'A'.repeat(12)}${'1'.padStart(10, '0')}`;
    bus.answer(10, reply, fresh);
    for (let index = 0; index < 256; index++)
      bus.answer(10, `_INBOX.${'B'.repeat(12)}${String(index).padStart(10, '0')}`, fresh);
    bus.ask(11, 'get.library.book.1');
    assert.deepEqual(bus.told(), ['get library.book.1: pending']);
  });

  it('is nothing, when no request comes', () => {
    const bus = new Bus(books);
    // The server's word that the reset arrived comes after the reset itself was seen.
    bus.watch.begin(5);
    assert.equal(bus.end(), 1000);
    const { state, requests, gateways } = bus.watch.observation();
    assert.deepEqual({ state, requests, gateways }, { state: 'complete', requests: [], gateways: 0 });
  });

  it('is not the doing of a pattern that gateways drop', () => {
    const bus = new Bus({ resources: ['library.>.x', 'library..book', 'stock.shelf.1'] });
    bus.ask(10, 'get.library.book.1');
    bus.ask(11, 'get.stock.shelf.1');
    assert.deepEqual(bus.told(), ['get stock.shelf.1: pending']);
    assert.equal(bus.watch.observation().other, 0);
  });

  it('is told by resource, with what the service answered and how long that took', () => {
    const bus = new Bus(books);
    const [a, b, c, d] = ['book.1', 'book.2', 'book.3', 'books'].map((name) =>
      bus.ask(2, `get.library.${name}`),
    );
    bus.answer(5, String(a), fresh);
    bus.answer(6, String(b), { error: { code: 'system.notFound', message: 'Not found' } });
    bus.answer(7, String(c), { error: { code: 'system.internalError', message: 'Oh\nno' } });
    bus.answer(8, String(d), { result: { model: 5 } });
    assert.equal(bus.end(), 308);
    assert.deepEqual(bus.watch.observation(), {
      state: 'complete',
      answers: 'watched',
      counts: { get: { answered: 1, notFound: 1, error: 1, malformed: 1 }, access: {}, auth: {} },
      requests: [
        { kind: 'get', name: 'library.book.1', gateway: 1, outcome: { kind: 'answered' }, took: 3 },
        { kind: 'get', name: 'library.book.2', gateway: 1, outcome: { kind: 'notFound' }, took: 4 },
        {
          kind: 'get',
          name: 'library.book.3',
          gateway: 1,
          outcome: { kind: 'error', code: 'system.internalError', message: 'Oh no' },
          took: 5,
        },
        { kind: 'get', name: 'library.books', gateway: 1, outcome: { kind: 'malformed' }, took: 6 },
      ],
      other: 0,
      gateways: 1,
      took: 8,
    });
  });

  it('has no answer, when the service is down', () => {
    const bus = new Bus(books);
    bus.ask(1, 'get.library.books');
    bus.end();
    assert.deepEqual(bus.told(), ['get library.books: noAnswer']);
  });

  it('waits for as long as a pre-response asks for', () => {
    const bus = new Bus(books);
    const reply = bus.ask(1, 'get.library.books');
    bus.answer(10, reply, 'timeout:"10000"');
    assert.equal(bus.watch.check(5000), 10_510);
    bus.answer(9000, reply, { result: { collection: [] } });
    assert.equal(bus.watch.check(9000), 9300);
    assert.deepEqual(bus.told(), ['get library.books: answered']);
  });

  it('tells the queries of a resource one by one', () => {
    const bus = new Bus(books);
    bus.ask(1, 'get.library.books');
    bus.ask(1, 'get.library.books', { query: 'start=0&limit=2' });
    assert.deepEqual(bus.told(), [
      'get library.books: pending',
      'get library.books?start=0&limit=2: pending',
    ]);
  });

  it('tells gateways apart by their reply subjects', () => {
    const bus = new Bus(books);
    bus.ask(1, 'get.library.books', {}, 'A');
    bus.ask(1, 'get.library.books', {}, 'B');
    assert.equal(bus.watch.observation().gateways, 2);
    assert.deepEqual(
      bus.watch.observation().requests.map(({ gateway }) => gateway),
      [1, 2],
    );
  });

  it('for access tells what was granted and refused, client by client', () => {
    const bus = new Bus({ access: ['library.>'] });
    const [one, two] = ['c1', 'c2'].map((cid) => bus.ask(1, 'access.library.books', { cid }));
    bus.answer(2, String(one), { result: { get: true, call: '*' } });
    bus.answer(2, String(two), { result: { get: false } });
    bus.end();
    assert.deepEqual(bus.told(), ['access library.books: granted', 'access library.books: refused']);
    assert.deepEqual(
      bus.watch.observation().requests.map(({ client }) => client),
      [1, 2],
    );
  });

  it('counts an error as a refusal of access: the client loses it', () => {
    const bus = new Bus({ access: ['library.>'] });
    bus.answer(2, bus.ask(1, 'access.library.books', { cid: 'c' }), {
      error: { code: 'system.internalError' },
    });
    assert.deepEqual(bus.told(), ['access library.books: refused']);
  });

  it('goes on while a throttled gateway asks one by one', () => {
    const bus = new Bus(books);
    for (let at = 0; at < 5; at++)
      bus.answer(at * 250 + 249, bus.ask(at * 250, `get.library.book.${at}`), fresh);
    assert.equal(bus.end(), 1549);
    assert.equal(bus.told().length, 5);
  });

  it('is cut off, and says so, when it never ends', () => {
    const bus = new Bus(books);
    const reply = bus.ask(1, 'get.library.books');
    bus.answer(2, reply, 'timeout:"999999"');
    assert.equal(bus.end(), 60_000);
    assert.equal(bus.watch.observation().state, 'cutOff');
  });

  it('is known without its answers, where these are not watched', () => {
    const bus = new Bus(books, 'off');
    bus.ask(1, 'get.library.books');
    assert.equal(bus.end(), 1001);
    assert.deepEqual(bus.told(), ['get library.books: unseen']);
  });
});

describe('What clients cause in the same moment', () => {
  const others = (bus: Bus): number => bus.watch.observation().other;

  it('is a request for what the reset does not name', () => {
    const bus = new Bus(books);
    bus.ask(1, 'access.library.books', { cid: 'c' });
    assert.deepEqual([bus.told(), others(bus)], [[], 1]);
  });

  it('is a pair of requests for a resource and for access to it, in either order', () => {
    for (const order of [
      ['get', 'access'],
      ['access', 'get'],
    ]) {
      const bus = new Bus(books);
      for (const kind of order) bus.ask(2, `${kind}.library.books`, kind === 'access' ? { cid: 'c' } : {});
      bus.ask(2, 'get.library.book.1');
      assert.deepEqual([bus.told(), others(bus)], [['get library.book.1: pending'], 2]);
    }
  });

  it('is what the answer to such a request refers to', () => {
    const bus = new Bus(books);
    bus.ask(2, 'access.library.books', { cid: 'c' });
    const get = bus.ask(2, 'get.library.books');
    bus.answer(3, get, {
      result: { collection: [{ rid: 'library.book.7' }, { rid: 'library.book.8', soft: true }] },
    });
    bus.ask(4, 'get.library.book.7');
    bus.ask(4, 'get.library.book.8');
    assert.deepEqual(bus.told(), ['get library.book.8: pending']);
  });

  it('is a second request for the same, and more access requests than patterns match', () => {
    const bus = new Bus({ resources: ['library.books'], access: ['library.*', '*.books'] });
    bus.ask(1, 'get.library.books');
    bus.ask(900, 'get.library.books');
    for (const at of [1, 2, 900]) bus.ask(at, 'access.library.books', { cid: 'c' });
    assert.deepEqual([bus.told().length, others(bus)], [3, 2]);
  });

  it('is a request of something that is no gateway', () => {
    const bus = new Bus(books);
    bus.watch.request('get.library.books', '_INBOX.abc.def', bytes({}), 1);
    assert.deepEqual([bus.told(), others(bus)], [[], 1]);
  });
});

describe('A watch', () => {
  it('survives any message, and says of every request what came of it', () => {
    const message = fc.tuple(
      fc.constantFrom('get.library.a', 'get.library', 'access.library.a', 'call.library.a.b', 'x', ''),
      fc.constantFrom(
        '_INBOX.aaaaaaaaaaaa0000000001',
        '_INBOX.aaaaaaaaaaaa0000000002',
        '_INBOX.x',
        undefined,
      ),
      fc.oneof(
        fc.uint8Array(),
        fc.json().map(bytes),
        fc.constantFrom(fresh, { error: {} }, 'timeout:"5"').map(bytes),
      ),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.array(message, { maxLength: 20 }), (messages) => {
        const bus = new Bus({ resources: ['library.>'], access: ['>'] });
        messages.forEach(([subject, reply, data, isRequest], at) => {
          if (isRequest) bus.watch.request(subject, reply, data, at);
          else bus.watch.reply(reply ?? subject, data, at);
        });
        bus.end();
        const { counts, requests, state } = bus.watch.observation();
        assert.equal(state, 'complete');
        assert.equal(counts.get.pending ?? 0, 0);
        const counted = Object.values(counts)
          .flatMap((count) => Object.values(count))
          .reduce((a, b) => a + b, 0);
        assert.equal(counted, requests.length);
      }),
      { numRuns: 500 },
    );
  });

  it('is kept short with what went wrong first', () => {
    const bus = new Bus(books);
    for (let at = 0; at < 100; at++) bus.answer(2, bus.ask(1, `get.library.book.${at}`), fresh);
    bus.answer(2, bus.ask(1, 'get.library.lost'), { error: { code: 'system.notFound' } });
    const short = shortenObservation(bus.watch.observation(), 10);
    assert.equal(short.requests.length, 10);
    assert.equal(short.requests[0]?.name, 'library.lost');
    assert.equal(short.counts.get.answered, 100);
  });
});
