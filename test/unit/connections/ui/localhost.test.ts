import assert from 'node:assert/strict';
import { isOnThisMachine, whoseLocalhost } from '../../../../media/shared/localhost';

describe('whose localhost it is', () => {
  it('is explained by the name of the machine that the window works on', () => {
    assert.match(whoseLocalhost('ssh-remote+build7'), /connected to ssh-remote\+build7: .* not yours/);
  });

  it('is left open where the server has a local address: it can be at the end of a tunnel', () => {
    for (const remote of ['127.0.0.1:24223', 'localhost:8080', '[::1]:8080']) {
      assert.match(
        whoseLocalhost(remote),
        /^Here, localhost is the machine on which the VS Code server runs/,
      );
    }
  });

  it('matters for servers on that machine alone', () => {
    assert.ok(isOnThisMachine('nats://user@localhost:4222'));
    assert.ok(isOnThisMachine('nats://far.example.com, 127.0.0.1'));
    assert.ok(!isOnThisMachine('nats://localhost.example.com'));
  });
});
