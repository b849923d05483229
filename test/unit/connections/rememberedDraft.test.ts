import assert from 'node:assert/strict';
import fc from 'fast-check';
import { newDraft, rememberedDraft } from '../../../src/connections/formMessages';

function remembered(servers: string): string {
  return rememberedDraft({ ...newDraft, servers }).servers;
}

describe('the remembered form', () => {
  it('keeps servers as they were typed, half-finished ones too', () => {
    for (const servers of ['nats://127.0.0.1:4222', 'a, tls://b', 'nats:/', '', ' , ']) {
      assert.equal(remembered(servers), servers);
    }
  });

  it('holds no credentials of any server', () => {
    assert.equal(remembered('nats://u:p@a, tok@b:1,tls://u:p@ss@c'), 'nats://a, b:1,tls://c');
    fc.assert(
      fc.property(
        fc.stringMatching(/^[!-+\--~]{5,20}$/),
        fc.constantFrom('', 'nats://', 'tls://'),
        (secret, scheme) => {
          fc.pre(!'nats://tls://host'.includes(secret));
          assert.ok(!remembered(`${scheme}u:${secret}@host`).includes(secret));
        },
      ),
    );
  });
});
