import assert from 'node:assert/strict';
import { books, bytes, WatchedBus } from './watchedBus';

describe('What clients cause in the same moment', () => {
  const others = (bus: WatchedBus): number => bus.watch.observation().other;

  it('is a request for what the reset does not name', () => {
    const bus = new WatchedBus(books);
    bus.ask(1, 'access.library.books', { cid: 'c' });
    assert.deepEqual([bus.told(), others(bus)], [[], 1]);
  });

  it('is a pair of requests for a resource and for access to it, in either order', () => {
    for (const order of [
      ['get', 'access'],
      ['access', 'get'],
    ]) {
      const bus = new WatchedBus(books);
      for (const kind of order) bus.ask(2, `${kind}.library.books`, kind === 'access' ? { cid: 'c' } : {});
      bus.ask(2, 'get.library.book.1');
      assert.deepEqual([bus.told(), others(bus)], [['get library.book.1: pending'], 2]);
    }
  });

  it('is what the answer to such a request refers to', () => {
    const bus = new WatchedBus(books);
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
    const bus = new WatchedBus({ resources: ['library.books'], access: ['library.*', '*.books'] });
    bus.ask(1, 'get.library.books');
    bus.ask(900, 'get.library.books');
    for (const at of [1, 2, 900]) bus.ask(at, 'access.library.books', { cid: 'c' });
    assert.deepEqual([bus.told().length, others(bus)], [3, 2]);
  });

  it('is a request of something that is no gateway', () => {
    const bus = new WatchedBus(books);
    bus.watch.request('get.library.books', '_INBOX.abc.def', bytes({}), 1);
    assert.deepEqual([bus.told(), others(bus)], [[], 1]);
  });
});
