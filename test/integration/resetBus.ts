import { connect, JSONCodec } from 'nats';

/** Somebody who listens to the resets on a NATS server. */
export interface ResetBus {
  /** Resolves with all resets that the server has passed on so far. */
  readonly resets: () => Promise<unknown[]>;
  readonly close: () => Promise<void>;
}

/** Listens to the resets on a NATS server (`nats://user:password@host:port`) from now on. */
export async function listenToResets(servers: string): Promise<ResetBus> {
  // The client leaves out credentials in the address without a word.
  const { host, username, password } = new URL(servers);
  const connection = await connect({
    servers: host,
    ...(username !== '' && { user: username, pass: decodeURIComponent(password) }),
  });
  const heard: unknown[] = [];
  connection.subscribe('system.reset', {
    callback: (_error, { data }) => heard.push(JSONCodec().decode(data)),
  });
  await connection.flush();
  return {
    resets: async () => {
      // The server has passed on whatever it took before it answers this.
      await connection.flush();
      return [...heard];
    },
    close: () => connection.close(),
  };
}
