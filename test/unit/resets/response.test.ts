import assert from 'node:assert/strict';
import { readResponse } from '../../../src/resets/observe/response';
import { bytes } from './watchedBus';

describe('A response that is too long to be taken apart', () => {
  const long = 'x'.repeat(100_000);
  const cases: [what: string, kind: 'get' | 'access' | 'auth', payload: unknown, expected: unknown][] = [
    ['a model', 'get', { result: { model: { long } } }, { kind: 'answered' }],
    [
      'a collection of a query',
      'get',
      { result: { query: 'a=1', collection: [long] } },
      { kind: 'answered' },
    ],
    [
      'an error with a long message',
      'get',
      { error: { code: 'system.internalError', message: long } },
      { kind: 'error', code: 'system.internalError', message: '' },
    ],
    ['not found', 'get', { error: { code: 'system.notFound', message: long } }, { kind: 'notFound' }],
    ['an answer that breaks off', 'get', `{"result":{"model":{"long":"${long}`, { kind: 'unseen' }],
    ['no RES response that one could tell', 'get', { long, result: { model: {} } }, { kind: 'unseen' }],
    ['an access answer', 'access', { result: { long, get: false } }, { kind: 'unseen' }],
    ['a token renewal', 'auth', { result: long }, { kind: 'answered' }],
  ];
  for (const [what, kind, payload, expected] of cases) {
    it(`says so much, where it is ${what}`, () => {
      assert.deepEqual(readResponse(kind, bytes(payload)), expected);
    });
  }
});
