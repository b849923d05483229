import assert from 'node:assert/strict';
import type { ConnectionState } from '../../../src/connections/connectionState';
import { NotConnected } from '../../../src/connections/notConnected';
import { Emitter } from '../../../src/util/emitter';

describe('what views say above their rows', () => {
  const connected = { kind: 'connected', profile: 'local' } as ConnectionState;
  const disconnected: ConnectionState = { kind: 'disconnected' };

  function view(state: ConnectionState, connections: string[], next?: string): string {
    return new NotConnected({
      service: { state, onDidChange: new Emitter<undefined>().event },
      onDidChangeConnections: new Emitter<undefined>().event,
      hasConnections: () => connections.length > 0,
      next: () => next,
    }).text;
  }

  it('is nothing while nothing is missing', () => {
    assert.equal(view(connected, ['local'], 'local'), '');
    assert.equal(view({ kind: 'connecting', profile: 'local' }, ['local'], 'local'), '');
  });

  it('is what the next reset will do about the connection', () => {
    assert.equal(view(disconnected, []), 'No connection: a reset will ask where your NATS server is.');
    assert.equal(
      view(disconnected, ['local'], 'local'),
      'Not connected: a reset will connect to local first.',
    );
    assert.equal(
      view(disconnected, ['local', 'stage']),
      'Not connected: a reset will ask which connection to use.',
    );
  });

  it('follows the connection and the list of connections', () => {
    const service = { state: disconnected, changed: new Emitter<undefined>() };
    const list = new Emitter<undefined>();
    const parts = {
      service: { state: disconnected, onDidChange: service.changed.event },
      onDidChangeConnections: list.event,
      hasConnections: () => false,
      next: () => undefined,
    };
    const notConnected = new NotConnected(parts);
    let told = 0;
    notConnected.onDidChange(() => told++);
    service.changed.fire(undefined);
    list.fire(undefined);
    assert.equal(told, 2);
    notConnected.dispose();
    list.fire(undefined);
    assert.equal(told, 2);
  });
});
