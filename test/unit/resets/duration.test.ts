import assert from 'node:assert/strict';
import fc from 'fast-check';
import { durationBetween, type ArrivalTime } from '../../../src/resets/duration';
import { boundedDurationText } from '../../../src/util/duration';
import { books, fresh, WatchedBus, bytes, inboxOf } from './watchedBus';

const told = (from: ArrivalTime, to: ArrivalTime): string | undefined => {
  const duration = durationBetween(from, to);
  return duration && boundedDurationText(duration.max, duration.min);
};
const exact = (at: number): ArrivalTime => ({ since: at, at });

describe('The time between two arrivals', () => {
  it('is reported as it was where both were read at once', () => {
    assert.equal(told(exact(10), exact(10.4)), '<1 ms');
    assert.equal(told(exact(10), exact(115)), '105 ms');
    assert.equal(told({ since: 9.5, at: 10 }, { since: 30.2, at: 31 }), '21 ms');
    assert.equal(told({ since: 0, at: 10 }, exact(3510)), '3.5 s', 'a small part of it');
  });

  it('is reported by its bounds where one was read late', () => {
    assert.equal(told({ since: 5, at: 205 }, { since: 5, at: 205 }), '≤ 200 ms', 'both at once');
    assert.equal(told({ since: 10, at: 10 }, { since: 10, at: 205 }), '≤ 195 ms', 'the answer');
    assert.equal(told({ since: 5, at: 205 }, exact(230)), '25–225 ms', 'the request');
    assert.equal(told({ since: 5, at: 1500 }, exact(2400)), '900 ms – 2.4 s');
    assert.equal(told({ since: 8.3, at: 10 }, { since: 9, at: 10.1 }), '≤ 2 ms', 'by little');
  });

  it('is not reported where nothing is known of it', () => {
    assert.equal(told({ since: -Infinity, at: 5 }, exact(7)), undefined);
  });

  it('is never told to be shorter or longer than it can have been, by more than is noticed', () => {
    const time = fc.double({ min: 0, max: 5000, noNaN: true });
    fc.assert(
      fc.property(time, time, time, time, (asked, readAfter, took, answerReadAfter) => {
        const duration = durationBetween(
          { since: asked, at: asked + readAfter },
          { since: asked + took, at: asked + took + answerReadAfter },
        );
        assert.ok(duration);
        const { max, min = max } = duration;
        const unnoticed = Math.max(2, max * 0.1) + 0.1;
        assert.ok(took <= max + unnoticed && took >= min - unnoticed, JSON.stringify({ max, min, took }));
      }),
    );
  });
});

describe('A watch that is told of messages late', () => {
  it('reports between which bounds the times are', () => {
    const { watch } = new WatchedBus(books);
    const [late, inTime] = [inboxOf('A', 1), inboxOf('A', 2)];
    watch.request('get.library.book.1', late, bytes({}), 205, 5);
    watch.reply(late, bytes(fresh), 205, 5);
    watch.request('get.library.book.2', inTime, bytes({}), 210);
    watch.reply(inTime, bytes(fresh), 240);
    const { requests, took, tookMin } = watch.observation();
    assert.deepEqual(
      requests.map(({ at, atMin, took, tookMin }) => ({ at, atMin, took, tookMin })),
      [
        { at: 205, atMin: 5, took: 200, tookMin: 0 },
        { at: 210, atMin: undefined, took: 30, tookMin: undefined },
      ],
    );
    assert.deepEqual({ took, tookMin }, { took: 240, tookMin: undefined });
  });

  it('gives bounds for the whole that its last message allows', () => {
    const { watch } = new WatchedBus(books);
    const reply = inboxOf('A', 1);
    watch.request('get.library.book.1', reply, bytes({}), 10);
    watch.reply(reply, bytes(fresh), 205, 12);
    const { took, tookMin } = watch.observation();
    assert.deepEqual({ took, tookMin }, { took: 205, tookMin: 12 });
  });

  it('reports no time of an answer that was there before its request', () => {
    const { watch } = new WatchedBus(books);
    const reply = inboxOf('A', 1);
    watch.reply(reply, bytes(fresh), 10);
    watch.request('get.library.book.1', reply, bytes({}), 15);
    const [request] = watch.observation().requests;
    assert.equal(request?.outcome.kind, 'answered');
    assert.equal(request.took, undefined);
    assert.equal(request.bytes, bytes(fresh).length);
  });

  it('takes nothing for earlier than the reset', () => {
    const { watch } = new WatchedBus(books);
    watch.begin(100, 90, 90);
    watch.request('get.library.book.1', inboxOf('A', 1), bytes({}), 120, 40);
    const [request] = watch.observation().requests;
    assert.deepEqual([request?.at, request?.atMin], [30, 0]);
  });
});
