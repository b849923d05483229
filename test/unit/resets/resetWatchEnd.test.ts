import assert from 'node:assert/strict';
import { observationSummary } from '../../../src/resets/observe/observationText';
import { books, fresh, WatchedBus } from './watchedBus';

describe('The end of a watch', () => {
  it('is nothing, when no request comes', () => {
    const bus = new WatchedBus(books);
    assert.equal(bus.end(), 1000);
    const { state, requests, gateways } = bus.watch.observation();
    assert.deepEqual({ state, requests, gateways }, { state: 'complete', requests: [], gateways: 0 });
  });

  it('waits for as long as a pre-response asks for', () => {
    const bus = new WatchedBus(books);
    const reply = bus.ask(1, 'get.library.books');
    bus.answer(10, reply, 'timeout:"10000"');
    bus.runTo(9000);
    assert.equal(bus.watch.isOver, false);
    bus.answer(9000, reply, { result: { collection: [] } });
    assert.equal(bus.end(), 9300);
    assert.deepEqual(bus.told(), ['get library.books: answered']);
  });

  it('goes on while a throttled gateway asks one by one', () => {
    const bus = new WatchedBus(books);
    for (let at = 0; at < 5; at++)
      bus.answer(at * 250 + 249, bus.ask(at * 250, `get.library.book.${at}`), fresh);
    assert.equal(bus.end(), 1560);
    assert.equal(bus.told().length, 5);
  });

  it('is cut off, and says so, when it never ends', () => {
    const bus = new WatchedBus(books);
    const reply = bus.ask(1, 'get.library.books');
    bus.answer(2, reply, 'timeout:"999999"');
    assert.equal(bus.end(), 60_000);
    assert.equal(bus.watch.observation().state, 'cutOff');
  });

  it('is when the last answer is there and nothing new comes', () => {
    const bus = new WatchedBus(books);
    bus.answer(7, bus.ask(1, 'get.library.books'), fresh);
    assert.equal(bus.end(), 310);
    assert.equal(bus.watch.observation().took, 7);
  });

  it('is when a gateway has given up, and the wait is part of the time that it took', () => {
    const bus = new WatchedBus(books);
    const [a, b] = ['1', '2'].map((id) => bus.ask(0, `get.library.book.${id}`));
    bus.ask(0, 'get.library.book.3');
    bus.answer(0, String(a), { error: { code: 'system.notFound' } });
    bus.answer(0, String(b), { error: { code: 'system.internalError' } });
    assert.equal(bus.end(), 3500);
    assert.deepEqual(bus.told(), [
      'get library.book.1: notFound',
      'get library.book.2: error',
      'get library.book.3: noAnswer',
    ]);
    const observation = bus.watch.observation();
    assert.equal(observation.took, 3500);
    assert.equal(observationSummary(observation), '1 not found, 1 error, 1 no answer · 3.5 s');
  });

  it('tells, while an answer is missing, for how long it is waited for', () => {
    const bus = new WatchedBus(books);
    bus.answer(4, bus.ask(1, 'get.library.book.1'), fresh);
    const slow = bus.ask(1, 'get.library.book.2');
    bus.runTo(150);
    assert.equal(observationSummary(bus.watch.observation()), '1 refetched, 1 waiting · 150 ms');
    bus.answer(200, slow, fresh);
    bus.runTo(300);
    assert.equal(observationSummary(bus.watch.observation()), '2 refetched · 200 ms');
  });

  it('takes an answer for none that comes when the gateway waits for it no more', () => {
    const bus = new WatchedBus(books);
    const [late, announced] = ['1', '2'].map((id) => bus.ask(0, `get.library.book.${id}`));
    bus.answer(1, bus.ask(1, 'get.library.book.3'), 'timeout:"9000"');
    bus.answer(3600, String(announced), 'timeout:"10000"');
    bus.answer(3700, String(announced), fresh);
    bus.answer(3700, String(late), fresh);
    assert.deepEqual(bus.told(), [
      'get library.book.1: noAnswer',
      'get library.book.2: noAnswer',
      'get library.book.3: pending',
    ]);
    assert.equal(bus.watch.observation().requests[0]?.took, 3700);
  });
});
