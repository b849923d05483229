import assert from 'node:assert/strict';
import { shortenObservation } from '../../../src/resets/observe/outcomes';
import { books, fresh, WatchedBus } from './watchedBus';

describe('An observation', () => {
  it('is kept short with what went wrong first', () => {
    const bus = new WatchedBus(books);
    for (let at = 0; at < 100; at++) bus.answer(2, bus.ask(1, `get.library.book.${at}`), fresh);
    bus.answer(2, bus.ask(1, 'get.library.lost'), { error: { code: 'system.notFound' } });
    const short = shortenObservation(bus.watch.observation(), 10);
    assert.equal(short.requests.length, 10);
    assert.equal(short.requests[0]?.name, 'library.lost');
    assert.equal(short.counts.get.answered, 100);
  });
});
