import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseServers, serverAddress } from '../../../../src/connections/profile/servers';
import { said } from '../../said';

function servers(input: string | string[]): readonly string[] {
  const parsed = parseServers(input);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.value.servers;
}

function refusal(input: string | string[]): string {
  const parsed = parseServers(input);
  assert.equal(parsed.ok, false);
  return `${said(parsed.problem.what)}: ${said(parsed.problem.why)}`;
}

describe('parseServers', () => {
  it('takes a host with or without scheme and port', () => {
    assert.deepEqual(servers('localhost'), ['nats://localhost:4222']);
    assert.deepEqual(servers('nats.example.com:5222'), ['nats://nats.example.com:5222']);
    assert.deepEqual(servers('tls://nats.example.com'), ['tls://nats.example.com:4222']);
    assert.deepEqual(servers('NATS://localhost/'), ['nats://localhost:4222']);
  });

  it('takes several, separated by commas or one each, and leaves doubles out', () => {
    assert.deepEqual(servers('a, b:1 ,nats://a:4222,'), ['nats://a:4222', 'nats://b:1']);
    assert.deepEqual(servers(['a', 'tls://b, c']), ['nats://a:4222', 'tls://b:4222', 'nats://c:4222']);
  });

  it('takes IPv6 addresses in brackets', () => {
    assert.deepEqual(servers('[::1]:4333'), ['nats://[::1]:4333']);
    assert.deepEqual(serverAddress('nats://[::1]:4333'), {
      ok: true,
      value: { host: '::1', port: 4333, tls: false },
    });
  });

  it('takes the credentials out of the URL, decoded', () => {
    const parsed = parseServers('nats://al%20ice:p%40ss:w@host:1');
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.value, {
      servers: ['nats://host:1'],
      credentials: { kind: 'password', user: 'al ice', password: 'p@ss:w' },
    });
    const token = parseServers('s3cr3t@host');
    assert.ok(token.ok);
    assert.deepEqual(token.value.credentials, { kind: 'token', token: 's3cr3t' });
  });

  it('takes everything up to the last @ for credentials, and a stray % as it stands', () => {
    const parsed = parseServers('u:p@ss%@host');
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.value.servers, ['nats://host:4222']);
    assert.deepEqual(parsed.value.credentials, { kind: 'password', user: 'u', password: 'p@ss%' });
  });

  it('refuses servers with differing credentials: those of one would go to the others', () => {
    for (const list of [
      'nats://a:pa@h1,nats://b:pb@h2',
      'nats://a:pa@h1,nats://a:other@h2',
      'nats://a:pa@h1,nats://h2',
      'h2,token@h1',
      'nats://a:pa@h1,nats://h1',
      'user:@h1,user@h2',
    ])
      assert.match(refusal(list), /URLs contain different ones/);
    const same = parseServers(['nats://a:p%41@h1', 'tls://a:pA@h2']);
    assert.ok(same.ok);
    assert.deepEqual(same.value.credentials, { kind: 'password', user: 'a', password: 'pA' });
    assert.doesNotMatch(refusal('nats://a:pa@h1,nats://b:pb@h2'), /pa|pb/);
  });

  it('shows no server what stands in the URL of another, whatever the list', () => {
    const server = fc.record({
      host: fc.constantFrom('h1', 'h2', 'h3'),
      userInfo: fc.constantFrom('', 'a:pa@', 'b:pb@', 'token@', 'a:@'),
    });
    fc.assert(
      fc.property(fc.array(server, { minLength: 1, maxLength: 4 }), (list) => {
        const parsed = parseServers(list.map(({ host, userInfo }) => `nats://${userInfo}${host}`));
        const isSame = new Set(list.map(({ userInfo }) => userInfo)).size === 1;
        assert.equal(parsed.ok, isSame);
      }),
    );
  });

  it('refuses an @ with nothing before it', () => {
    assert.match(refusal('nats://@h1'), /there is nothing before the @/);
  });

  it('refuses what is no server, with the reason', () => {
    assert.match(refusal(''), /No server was given/);
    assert.match(refusal([' , ']), /No server was given/);
    assert.match(refusal('ws://host'), /ws:\/\/\) is not supported/);
    assert.match(refusal('host:0'), /0 is not a valid port/);
    assert.match(refusal('host:70000'), /70000 is not a valid port/);
    assert.match(refusal('host:port'), /expected a host and an optional port/);
    assert.match(refusal('two words'), /expected a host and an optional port/);
    assert.match(refusal('a:1:2'), /expected a host and an optional port/);
  });

  it('never repeats credentials in a refusal', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~]{6,20}$/), (password) => {
        fc.pre(!password.includes(',') && !'The server cannot be used'.includes(password));
        const parsed = parseServers(`nats://user:${password}@bad host`);
        assert.equal(parsed.ok, false);
        assert.ok(!JSON.stringify(parsed.problem).includes(JSON.stringify(password).slice(1, -1)));
      }),
    );
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.domain(), fc.integer({ min: 1, max: 65535 }), fc.boolean(), (host, port, tls) => {
        const url = `${tls ? 'tls' : 'nats'}://${host}:${port}`;
        assert.deepEqual(servers(servers(url)[0] ?? ''), [url]);
        assert.deepEqual(serverAddress(url), { ok: true, value: { host, port, tls } });
      }),
    );
  });
});
