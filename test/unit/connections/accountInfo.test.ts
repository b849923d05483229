import assert from 'node:assert/strict';
import { isAllowed, parseAccountInfo } from '../../../src/connections/diagnosis/accountInfo';

function parse(answer: unknown): ReturnType<typeof parseAccountInfo> {
  return parseAccountInfo(new TextEncoder().encode(JSON.stringify(answer)));
}

describe('what a server tells a user of themselves', () => {
  it('is read with its permissions, in order, queues left out', () => {
    const permissions = {
      publish: { deny: ['secret.>'] },
      subscribe: { allow: ['event.> workers', 'call.>'] },
    };
    assert.deepEqual(parse({ data: { user: 'alice', account: 'TEAM', permissions } }), {
      user: 'alice',
      account: 'TEAM',
      publish: { allow: [], deny: ['secret.>'] },
      subscribe: { allow: ['call.>', 'event.>'], deny: [] },
    });
  });

  it('goes by the names of account and user where the ids are keys', () => {
    const info = parse({ data: { user: 'U', account: 'A5X', account_name: 'TEAM' } });
    assert.equal(info?.account, 'TEAM');
    assert.deepEqual(info.publish, { allow: [], deny: [] });
  });

  it('is nothing where the answer is something else', () => {
    for (const answer of [null, 5, [], {}, { data: null }, { error: { code: 503 } }, { data: { user: 5 } }])
      assert.equal(parse(answer), undefined);
    assert.equal(parseAccountInfo(new TextEncoder().encode('{')), undefined);
  });

  it('allows what is allowed and not denied', () => {
    assert.ok(isAllowed({ allow: [], deny: [] }, 'system.reset'));
    assert.ok(isAllowed({ allow: ['system.*'], deny: ['system.tokenReset'] }, 'system.reset'));
    assert.ok(!isAllowed({ allow: ['event.>'], deny: [] }, 'system.reset'));
    assert.ok(!isAllowed({ allow: ['>'], deny: ['system.>'] }, 'system.reset'));
    assert.ok(!isAllowed({ allow: [], deny: ['>'] }, 'system.reset'));
  });
});
