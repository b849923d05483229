import assert from 'node:assert/strict';
import { readObservation } from '../../../../src/history/log/readObservation';
import { outcomeKinds } from '../../../../src/resets/observe/outcomes';
import { books, WatchedBus } from '../../resets/watchedBus';
import { readObservation as readObservation010 } from './readObservation010';

describe('An observation in the log', () => {
  const stored = (): unknown => {
    const bus = new WatchedBus(books);
    bus.ask(0, 'get.library.book.1');
    bus.ask(0, 'get.library.book.2', {}, 'B');
    bus.end();
    return JSON.parse(JSON.stringify(bus.watch.observation()));
  };

  it('reports again which answers may only be out of sight', () => {
    const observation = readObservation(stored());
    assert.deepEqual(observation, stored());
    assert.deepEqual(observation?.unsure, { get: { hidden: 1 } });
  });

  it('has all kinds of outcome that there are', () => {
    const outcomes = outcomeKinds.map((kind) =>
      kind === 'error' ? { kind, code: 'system.internalError', message: '' } : { kind },
    );
    const requests = outcomes.map((outcome) => ({ kind: 'get', name: 'a.b', gateway: 1, outcome }));
    const get = Object.fromEntries(outcomeKinds.map((kind) => [kind, 1]));
    const read = readObservation({ ...(stored() as object), requests, counts: { get } });
    assert.deepEqual(read?.requests, requests);
    assert.deepEqual(read.counts.get, get);
  });

  it('is read by windows of an older version, which show such a request as one without an answer', () => {
    const observation = readObservation010(stored());
    assert.deepEqual(
      observation?.requests.map(({ name, outcome }) => [name, outcome]),
      [
        ['library.book.1', { kind: 'noAnswer' }],
        ['library.book.2', { kind: 'noAnswer' }],
      ],
    );
    assert.deepEqual(observation.counts.get, { noAnswer: 2 });
  });
});
