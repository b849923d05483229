import assert from 'node:assert/strict';
import fc from 'fast-check';
import { books, bytes, fresh, inboxOf, WatchedBus } from './watchedBus';

describe('What a gateway does after a reset', () => {
  it('is reported although an answer overtook its request', () => {
    const bus = new WatchedBus(books);
    const reply = inboxOf('A', 1);
    bus.answer(10, reply, fresh);
    assert.equal(bus.ask(11, 'get.library.book.1'), reply);
    assert.deepEqual(bus.told(), ['get library.book.1: answered']);
  });

  it('is reported although its answer overtook it amid very many that concern others', () => {
    const bus = new WatchedBus(books);
    const reply = inboxOf('A', 1);
    bus.answer(10, reply, fresh);
    for (let index = 0; index < 5000; index++) bus.answer(10, inboxOf('B', index), fresh);
    bus.ask(11, 'get.library.book.1');
    assert.deepEqual(bus.told(), ['get library.book.1: answered']);
  });

  it('keeps no more than so many answers to what nobody was seen to ask', () => {
    const bus = new WatchedBus(books);
    bus.answer(10, inboxOf('A', 1), fresh);
    for (let index = 0; index < 10_000; index++) bus.answer(10, inboxOf('B', index), fresh);
    bus.ask(11, 'get.library.book.1');
    assert.deepEqual(bus.told(), ['get library.book.1: pending']);
  });

  it('is not the doing of a pattern that gateways drop', () => {
    const bus = new WatchedBus({ resources: ['library.>.x', 'library..book', 'stock.shelf.1'] });
    bus.ask(10, 'get.library.book.1');
    bus.ask(11, 'get.stock.shelf.1');
    assert.deepEqual(bus.told(), ['get stock.shelf.1: pending']);
    assert.equal(bus.watch.observation().other, 0);
  });

  it('is reported by the same object while nothing of a request changes: there can be very many', () => {
    const bus = new WatchedBus(books);
    bus.ask(2, 'get.library.book.1');
    const reply = bus.ask(2, 'get.library.book.2');
    const before = bus.watch.observation().requests;
    bus.answer(5, reply, fresh);
    const { requests, counts } = bus.watch.observation();
    assert.equal(requests[0], before[0]);
    assert.notEqual(requests[1], before[1]);
    assert.deepEqual(counts.get, { pending: 1, answered: 1 });
  });

  it('is reported by resource, with what the service answered and how long that took', () => {
    const bus = new WatchedBus(books);
    const [a, b, c, d] = ['book.1', 'book.2', 'book.3', 'books'].map((name) =>
      bus.ask(2, `get.library.${name}`),
    );
    bus.answer(5, String(a), fresh);
    bus.answer(6, String(b), { error: { code: 'system.notFound', message: 'Not found' } });
    bus.answer(7, String(c), { error: { code: 'system.internalError', message: 'Oh\nno' } });
    bus.answer(8, String(d), { result: { model: 5 } });
    assert.equal(bus.end(), 310);
    const asked = { kind: 'get', gateway: 1, at: 2 } as const;
    assert.deepEqual(bus.watch.observation(), {
      state: 'complete',
      answers: 'watched',
      counts: { get: { answered: 1, notFound: 1, error: 1, malformed: 1 }, access: {}, auth: {} },
      requests: [
        { ...asked, name: 'library.book.1', outcome: { kind: 'answered' }, took: 3, bytes: 34 },
        { ...asked, name: 'library.book.2', outcome: { kind: 'notFound' }, took: 4, bytes: 58 },
        {
          ...asked,
          name: 'library.book.3',
          outcome: { kind: 'error', code: 'system.internalError', message: 'Oh no' },
          took: 5,
          bytes: 60,
        },
        { ...asked, name: 'library.books', outcome: { kind: 'malformed' }, took: 6, bytes: 22 },
      ],
      other: 0,
      gateways: 1,
      took: 8,
    });
  });

  it('reports the queries of a resource one by one', () => {
    const bus = new WatchedBus(books);
    bus.ask(1, 'get.library.books');
    bus.ask(1, 'get.library.books', { query: 'start=0&limit=2' });
    assert.deepEqual(bus.told(), [
      'get library.books: pending',
      'get library.books?start=0&limit=2: pending',
    ]);
  });

  it('tells gateways apart by their reply subjects', () => {
    const bus = new WatchedBus(books);
    bus.ask(1, 'get.library.books', {}, 'A');
    bus.ask(1, 'get.library.books', {}, 'B');
    assert.equal(bus.watch.observation().gateways, 2);
    assert.deepEqual(
      bus.watch.observation().requests.map(({ gateway }) => gateway),
      [1, 2],
    );
  });

  it('for access tells what was granted and refused, client by client', () => {
    const bus = new WatchedBus({ access: ['library.>'] });
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
    const bus = new WatchedBus({ access: ['library.>'] });
    bus.answer(2, bus.ask(1, 'access.library.books', { cid: 'c' }), {
      error: { code: 'system.internalError' },
    });
    assert.deepEqual(bus.told(), ['access library.books: refused']);
  });

  it('is known without its answers, where these are not watched', () => {
    const bus = new WatchedBus(books, 'off');
    bus.ask(1, 'get.library.books');
    assert.equal(bus.end(), 1010);
    assert.deepEqual(bus.told(), ['get library.books: unseen']);
  });

  it('has no answer, when the service is down', () => {
    const bus = new WatchedBus(books);
    bus.ask(1, 'get.library.books');
    bus.end();
    assert.deepEqual(bus.told(), ['get library.books: noAnswer']);
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
        const bus = new WatchedBus({ resources: ['library.>'], access: ['>'] });
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
});
