import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildResetMessage } from '../../../src/res/resetMessage';
import {
  encodeMessage,
  readSystemMessage,
  subjectOf,
  summarizeMessage,
} from '../../../src/res/systemMessage';
import { buildTokenReset, checkAuthSubject } from '../../../src/res/tokenReset';
import { boundMessage } from '../../../src/res/boundMessage';
import { pattern } from './arbitraries';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('A message to the gateways', () => {
  it('travels as JSON under its subject', () => {
    const message = { resources: ['library.>'] };
    assert.equal(subjectOf(message), 'system.reset');
    assert.equal(new TextDecoder().decode(encodeMessage(message)), '{"resources":["library.>"]}');
    assert.equal(subjectOf({ tids: ['1'], subject: 'auth.a.b' }), 'system.tokenReset');
  });

  it('is read back as it was sent', () => {
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1 }), fc.array(pattern), (resources, access) => {
        const built = buildResetMessage({ resources, access });
        assert.ok(built.ok);
        assert.deepEqual(readSystemMessage('system.reset', encodeMessage(built.value)), built.value);
      }),
    );
  });

  for (const wrong of [
    '{"resources":"library.>"}',
    '{"resources":["library.>",5]}',
    '{"resources":["library.>"],"access":5}',
    'no JSON',
    '[]',
    'null',
    '',
  ]) {
    it(`is nothing, to a gateway too, when it is ${JSON.stringify(wrong)}`, () => {
      assert.equal(readSystemMessage('system.reset', bytes(wrong)), undefined);
    });
  }

  it('may hold null for a list', () => {
    assert.deepEqual(readSystemMessage('system.reset', bytes('{"resources":null,"access":["a"]}')), {
      access: ['a'],
    });
  });

  it('of a stranger is read whole, as long as servers let messages be', () => {
    const many = { resources: Array.from({ length: 50_000 }, (_, at) => `library.book.${at}`) };
    const data = encodeMessage(many);
    assert.ok(data.length > 1_000_000);
    assert.deepEqual(readSystemMessage('system.reset', data), many);
    assert.equal(
      readSystemMessage('system.reset', encodeMessage({ access: ['x'.repeat(1_048_576)] })),
      undefined,
    );
  });

  it('of a stranger is kept whole, but for the end of a very long list, which is counted', () => {
    const small = {
      resources: Array.from({ length: 3000 }, (_, at) => `library.book.${at}`),
      access: ['a.>'],
    };
    assert.deepEqual(boundMessage(small), { message: small, leftOut: 0 });
    const tokens = { tids: ['1', '2'], subject: 'auth.a.b' };
    assert.deepEqual(boundMessage(tokens), { message: tokens, leftOut: 0 });

    const big = { resources: Array.from({ length: 9000 }, (_, at) => `library.book.${at}`), access: ['a.>'] };
    const { message, leftOut } = boundMessage(big);
    assert.ok('resources' in message && message.resources && message.access);
    const kept = message.resources.length;
    assert.deepEqual(message.resources, big.resources.slice(0, kept));
    assert.equal(kept + leftOut, 9001, 'the access pattern behind the full list is counted too');
    assert.ok(encodeMessage(message).length < 100_000);
    assert.ok(boundMessage({ tids: ['1'], subject: 'x'.repeat(70_000) }).leftOut > 0);
  });

  it('never fails to be read', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(bytes)), fc.boolean(), (data, tokens) => {
        readSystemMessage(tokens ? 'system.tokenReset' : 'system.reset', data);
      }),
    );
  });

  it('is summarized in few words', () => {
    assert.equal(summarizeMessage({ tids: ['12'], subject: 'auth.a.b' }), 'token 12');
    assert.equal(summarizeMessage({ tids: ['12', '42'], subject: 'auth.a.b' }), 'tokens 12 +1');
  });
});

describe('A token reset', () => {
  it('holds each id once', () => {
    assert.deepEqual(buildTokenReset(['12', ' 12 ', '', '42'], 'auth.authentication.renewToken'), {
      ok: true,
      value: { tids: ['12', '42'], subject: 'auth.authentication.renewToken' },
    });
  });

  it('is refused without an id', () => {
    assert.equal(buildTokenReset([' '], 'auth.a.b').ok, false);
  });

  for (const subject of ['', 'auth', 'auth.login', 'call.a.b', 'auth.*.b', 'auth.a.>', 'auth.a. b']) {
    it(`is refused for the subject ${JSON.stringify(subject)}, with the reason`, () => {
      assert.ok(checkAuthSubject(subject));
      assert.equal(buildTokenReset(['1'], subject).ok, false);
    });
  }
});
