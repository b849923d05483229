import ResClient from 'resclient';
import { WebSocket } from 'ws';

/** Something that a user of the API listens to. */
export interface Listenable {
  on(events: string, handler: (data: unknown) => void): unknown;
}

/** The part of resclient that scenarios use; its own type declarations leave most of it open. */
export interface UserClient {
  get(rid: string): Promise<Listenable & Iterable<Listenable & { readonly title: string }>>;
  call(rid: string, method: string, params: unknown): Promise<unknown>;
  disconnect(): void;
}

/** A client as users of an API have it. */
export function resClient(url: string): UserClient {
  return new ResClient(() => new WebSocket(url)) as unknown as UserClient;
}

/** Tells of the events of a model or a collection. */
export function listen(
  resource: Listenable,
  name: string,
  seen: (what: string, value: unknown) => void,
): void {
  for (const event of ['change', 'add', 'remove', 'delete', 'unsubscribe']) {
    resource.on(event, (data) => {
      seen(`${event} of ${name}`, data);
    });
  }
}
