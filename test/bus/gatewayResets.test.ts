import { conformance } from './conformance/recording';
import type { World } from './conformance/world';

conformance('resets', (conforms) => {
  conforms('it asks for a collection and access to it at once, then for each member', async (world) => {
    addBooks(world);
    const alice = await world.client('alice');
    await world.step('subscribe', () => alice.request('subscribe.library.books'));
  });

  conforms('it asks once for each cached match, and sends clients what has changed', async (world) => {
    await withBooks(world);
    world.service.models.set('library.book.1', { title: 'One', pages: 11, isbn: '1' });
    await world.reset({ resources: ['library.book.*'] });
  });

  conforms('it asks once for a resource that several patterns match', async (world) => {
    await withBooks(world);
    await world.reset({ resources: ['library.book.*', 'library.>', 'library.book.1'] });
  });
});

/** Two books and the collection that refers to them. */
function addBooks({ service }: World): void {
  service.models.set('library.book.1', { title: 'One', pages: 10 });
  service.models.set('library.book.2', { title: 'Two', pages: 20 });
  service.collections.set('library.books', [{ rid: 'library.book.1' }, { rid: 'library.book.2' }]);
}

/** The books, and a client that holds them. */
async function withBooks(world: World): Promise<void> {
  addBooks(world);
  const alice = await world.client('alice');
  await alice.request('subscribe.library.books');
  await world.settle();
  world.seen.take('not of interest');
}
