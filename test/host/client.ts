import ResClient from 'resclient';
import WebSocket from 'ws';
import { type Waiters, waiters } from './waiters';

/** Something that resclient told about a resource. */
export interface ClientEvent {
  /** `change`, `add`, `remove`, `delete`, `unsubscribe` or a custom event. */
  readonly event: string;
  readonly data: unknown;
}

/** A resource that a client is subscribed to. */
export interface WatchedResource {
  /** What the client shows now: the model or collection as plain data, references followed. */
  readonly value: () => unknown;
  /** The events so far, oldest first. */
  readonly events: readonly ClientEvent[];
  /** Resolves when the condition holds for the resource as it then is. */
  readonly until: (condition: (resource: WatchedResource) => boolean, timeout?: number) => Promise<void>;
  /** Resolves when it has had an event of that name. */
  readonly untilEvent: (event: string, timeout?: number) => Promise<void>;
}

/** An end user of the API: resclient behind a gateway. */
export interface TestClient {
  readonly watch: (rid: string) => Promise<WatchedResource>;
  readonly call: (rid: string, method: string, params?: unknown) => Promise<unknown>;
  readonly authenticate: (rid: string, method: string, params?: unknown) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** The part of resclient that is used; its own types say `any`. */
interface ResConnection {
  connect(): Promise<unknown>;
  disconnect(): void;
  get(rid: string): Promise<ResResource>;
  call(rid: string, method: string, params?: unknown): Promise<unknown>;
  authenticate(rid: string, method: string, params?: unknown): Promise<unknown>;
}
interface ResResource {
  on(
    events: string | null,
    handler: (data: unknown, resource: unknown, event: string, action: string | null) => void,
  ): void;
  toJSON(): unknown;
}

/** Connects a client to a gateway (`ws://127.0.0.1:PORT`). */
export async function connectClient(wsUrl: string): Promise<TestClient> {
  let socket: WebSocket | undefined;
  const changes = waiters();
  const open = (): WebSocket => {
    socket = new WebSocket(wsUrl);
    // A change inside a referenced model is no event of the collection that holds it: look after every message.
    socket.on('message', () => setImmediate(changes.wake));
    return socket;
  };
  const client = new ResClient(open) as unknown as ResConnection;
  await client.connect();
  return {
    watch: async (rid) => watch(await client.get(rid), rid, changes),
    call: (rid, method, params) => client.call(rid, method, params),
    authenticate: (rid, method, params) => client.authenticate(rid, method, params),
    close: async () => {
      const isOpen = socket !== undefined && socket.readyState !== socket.CLOSED;
      const closed = isOpen ? new Promise((resolve) => socket?.once('close', resolve)) : undefined;
      client.disconnect();
      // Resgate leaves the closing of the socket to the client.
      socket?.terminate();
      await closed;
    },
  };
}

function watch(resource: ResResource, rid: string, changes: Waiters): WatchedResource {
  const events: ClientEvent[] = [];
  const watched: WatchedResource = {
    value: () => resource.toJSON(),
    events,
    until: (condition, timeout) =>
      changes.until(
        () => condition(watched),
        () => `${rid}; it is ${JSON.stringify(resource.toJSON())} after ${JSON.stringify(events)}`,
        timeout,
      ),
    untilEvent: (name, timeout) => watched.until(() => events.some(({ event }) => event === name), timeout),
  };
  resource.on(null, (data, _resource, event, action) => {
    events.push({ event: action ?? event, data });
    changes.wake();
  });
  return watched;
}
