import assert from 'node:assert/strict';
import fc from 'fast-check';
import { connect } from 'nats';
import { matches } from '../../../src/res/pattern';
import { startNatsServer, type NatsServer } from '../../host/natsServer';
import { pattern, resourceName } from '../../unit/res/arbitraries';

describe('Pattern matching agrees with a NATS server', function () {
  this.timeout(120_000);
  let server: NatsServer;

  before(async () => {
    server = await startNatsServer();
  });

  after(() => server.stop());

  it('which delivers a message under a name to exactly the subscriptions whose pattern matches it', async () => {
    const connection = await connect({ servers: server.url });
    try {
      const patterns = [...new Set(fc.sample(pattern, 300))];
      const names = [...new Set(fc.sample(resourceName, 300))];
      const delivered = new Set<string>();
      for (const text of patterns) {
        connection.subscribe(text, { callback: (_, message) => delivered.add(`${text} ${message.subject}`) });
      }
      for (const name of names) connection.publish(name);
      await connection.flush();

      const expected = patterns.flatMap((text) =>
        names.filter((name) => matches(text, name)).map((name) => `${text} ${name}`),
      );
      assert.ok(expected.length > 100, 'the random patterns and names hardly met');
      assert.deepEqual([...delivered].sort(), expected.sort());
    } finally {
      await connection.close();
    }
  });
});
