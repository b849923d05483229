import assert from 'node:assert/strict';
import { Emitter } from '../../../src/util/emitter';
import { uncaughtDuring } from './uncaught';

describe('an emitter', () => {
  it('tells all listeners, though one throws, and hands that error to the host', async () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    emitter.event(() => {
      throw new Error('a listener’s bug');
    });
    emitter.event((value) => heard.push(value));
    const uncaught = await uncaughtDuring(() => {
      emitter.fire(1);
      emitter.fire(2);
    });
    assert.deepEqual(heard, [1, 2]);
    assert.deepEqual(
      uncaught.map((error) => error.message),
      ['a listener’s bug', 'a listener’s bug'],
    );
  });
});
