import { addBooks, hold, withBooks } from '../conformance/books';
import { conformance } from '../conformance/recording';

const four = {
  title: 'Four',
  author: { rid: 'library.author.4' },
  cover: { rid: 'library.cover.4', soft: true },
};

conformance('events', (conforms) => {
  conforms('a change reaches the clients that hold the model, if it changes anything', async (world) => {
    const alice = await withBooks(world);
    const bob = await world.client('bob');
    await hold(world, bob, 'library.book.1');
    for (const values of [
      { title: 'Uno' },
      { title: 'Uno', pages: 10 },
      { title: 'One', isbn: '1', nothing: null },
      { isbn: { action: 'delete' }, unknown: { action: 'delete' } },
      { data: { data: { a: [1] } }, plain: { data: 5 }, link: { rid: 'library.cover.1', soft: true } },
      { data: { data: { a: [1] } } },
      { data: { data: { a: [2] } } },
    ]) {
      await world.step(`change ${JSON.stringify(values)}`, () => {
        world.service.publish('event.library.book.1.change', { values });
      });
    }
    await world.step('get', () => alice.request('get.library.book.1'));
  });

  conforms('an event that brings a reference brings what it refers to', async (world) => {
    const alice = await withBooks(world);
    world.service.models.set('library.book.4', four);
    world.service.models.set('library.author.4', { name: 'Dee' });
    await world.step('add', () => {
      world.service.publish('event.library.books.add', { idx: 1, value: { rid: 'library.book.4' } });
      world.service.publish('event.library.books.add', { idx: 0, value: { rid: 'library.book.1' } });
      world.service.publish('event.library.books.add', { idx: 4, value: { rid: 'library.book.absent' } });
      world.service.publish('event.library.books.noted', { text: 'after' });
    });
    await world.step('change', () => {
      const values = { author: { rid: 'library.author.4' }, sequel: { rid: 'library.book.5' } };
      world.service.models.set('library.book.5', { title: 'Five', prequel: { rid: 'library.book.1' } });
      world.service.publish('event.library.book.1.change', { values });
    });
    await world.step('remove', () => {
      for (const idx of [2, 0, 0]) world.service.publish('event.library.books.remove', { idx });
    });
    await world.step('change of what is held no more', () => {
      world.service.publish('event.library.book.4.change', { values: { title: 'Vier' } });
      world.service.publish('event.library.book.5.change', { values: { title: 'Fünf' } });
      world.service.publish('event.library.author.4.change', { values: { name: 'Di' } });
    });
    await world.step('get', () => alice.request('get.library.books'));
  });

  conforms('all other events reach the clients as they are', async (world) => {
    await withBooks(world);
    for (const [event, payload] of [
      ['book.1.create', undefined],
      ['book.1.read', { by: 'Ann' }],
      ['book.1.read', 5],
      ['book.1.unsubscribe', { reason: 'none' }],
      ['books.sorted', 'no JSON'],
      ['books.change', { values: { a: 1 } }],
      ['book.1.add', { idx: 0, value: 1 }],
      ['book.1.remove', { idx: 0 }],
      ['book.1.change', { values: { title: ['a'] } }],
      ['book.1.change', { values: { title: { a: 1 } } }],
      ['books.add', { idx: 9, value: 1 }],
      ['books.add', { idx: -1, value: 1 }],
      ['books.add', { idx: 0, value: { action: 'delete' } }],
      ['books.add', { value: 'no idx' }],
      ['books.remove', { idx: 9 }],
      ['books.remove', { idx: 1.5 }],
      ['books.remove', { idx: 0, value: 'ignored' }],
      ['book.1.deep.er', {}],
    ] as const) {
      await world.step(`${event} ${JSON.stringify(payload)}`, () => {
        world.service.publish(`event.library.${event}`, payload);
      });
    }
  });

  conforms('a delete event ends a subscription', async (world) => {
    const alice = await withBooks(world);
    await world.step('delete a member', () => {
      world.service.publish('event.library.book.1.delete');
    });
    await world.step('delete the collection', () => {
      world.service.publish('event.library.books.delete', {});
    });
    await world.step('subscribe again', () => alice.request('subscribe.library.books'));
    await world.reset({ resources: ['library.>'] });
  });

  conforms('queries are brought into normal form and share what is cached', async (world) => {
    addBooks(world);
    const alice = await world.client('alice');
    for (const query of ['start=0&limit=1', 'limit=1&start=0', 'limit=1', 'limit=1']) {
      await world.step(`subscribe ?${query}`, () => alice.request(`subscribe.library.books?${query}`));
    }
    await world.step('an event without a query', () => {
      world.service.publish('event.library.books.remove', { idx: 0 });
    });
    await world.reset({ resources: ['library.books'] });
    world.service.handlers.set('get.library.plain', () => ({ result: { model: { no: 'query' } } }));
    await world.step('a query that the service ignores', () => alice.request('subscribe.library.plain?a=1'));
    await world.reset({ resources: ['library.plain'] });
  });

  conforms('a query event asks what it means for each cached query', async (world) => {
    const alice = await withBooks(world);
    await hold(
      world,
      alice,
      'library.books?start=0&limit=1',
      'library.books?limit=2',
      'library.books?limit=3',
    );
    await world.service.answerOn('_QUERY.1', () => ({ result: { events: [] } }));
    const ask = (): void => {
      world.service.publish('event.library.books.query', { subject: '_QUERY.1' });
    };
    await world.step('no events', ask);
    world.service.handlers.set('_QUERY.1', ({ query }) =>
      query === 'limit=1&start=0'
        ? {
            result: {
              events: [
                { event: 'remove', data: { idx: 0 } },
                { event: 'add', data: { idx: 0, value: 7 } },
              ],
            },
          }
        : query === 'limit=2&start=0'
          ? { result: { collection: [{ rid: 'library.book.2' }, 8] } }
          : { error: { code: 'system.notFound', message: 'Not found' } },
    );
    await world.step('events, a collection, not found', ask);
    await world.step('without a subject', () => {
      world.service.publish('event.library.books.query', {});
    });
    world.service.hold('_QUERY.1');
    await world.step('unanswered', ask);
    await world.step('another event waits', () => {
      world.service.publish('event.library.books.sorted', {});
    });
    await world.step('answered', () => {
      while (world.service.unanswered > 0) world.service.answer('_QUERY.1', { result: { events: [] } });
    });
  });
});
