import type { RawClient } from './rawClient';
import type { World } from './world';

/** Gives the service two books and the collection that refers to them. */
export function addBooks({ service }: World): void {
  service.models.set('library.book.1', { title: 'One', pages: 10 });
  service.models.set('library.book.2', { title: 'Two', pages: 20 });
  service.collections.set('library.books', [{ rid: 'library.book.1' }, { rid: 'library.book.2' }]);
}

/** The books, and a client that holds them. */
export async function withBooks(world: World): Promise<RawClient> {
  addBooks(world);
  const alice = await world.client('alice');
  await hold(world, alice, 'library.books');
  return alice;
}

/** Lets a client hold resources, which is not recorded. */
export async function hold(world: World, client: RawClient, ...rids: readonly string[]): Promise<void> {
  for (const rid of rids) await client.request(`subscribe.${rid}`);
  await world.settle();
  world.seen.take('');
}
