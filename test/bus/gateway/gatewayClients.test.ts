import { addBooks, hold, withBooks } from '../conformance/books';
import { conformance } from '../conformance/recording';
import { listen, resClient } from '../conformance/resClient';

conformance('clients', (conforms) => {
  conforms('a client and the gateway tell each other their versions', async (world) => {
    const alice = await world.client('alice', 'none');
    for (const params of [
      undefined,
      null,
      {},
      { protocol: '1.2.3' },
      { protocol: '1.0.0' },
      { protocol: '1.999.999' },
      { protocol: '2.0.0' },
      { protocol: '0.9.0' },
      { protocol: '1.2' },
      { protocol: '1.2.3.4' },
      { protocol: '1.1000.0' },
      { protocol: 'x.y.z' },
      { protocol: 1 },
      [],
    ]) {
      await world.step(`version ${JSON.stringify(params)}`, () => alice.request('version', params));
    }
  });

  conforms('a request that is not of the form it must have is refused or ignored', async (world) => {
    const alice = await withBooks(world);
    for (const method of [
      'what',
      'get',
      'get.',
      'get.library..books',
      'get.library.*',
      'get.library.>',
      'get.library.böoks',
      'get.?a=1',
      'get.library.?a=1',
      'call.library',
      'call.library.',
      'call..read',
      'call.library.book.a?b',
      'auth.login',
      'new.',
      'fetch.library.books',
    ]) {
      await world.step(method, () => alice.request(method));
    }
    for (const params of [{ count: 0 }, { count: -1 }, { count: 1.5 }, { count: 'two' }, 5]) {
      await world.step(`unsubscribe ${JSON.stringify(params)}`, () =>
        alice.request('unsubscribe.library.books', params),
      );
    }
    for (const message of [
      'no JSON',
      '[]',
      '5',
      {},
      { method: 'get.library.books' },
      { id: -1, method: 'version' },
    ]) {
      await world.step(`send ${JSON.stringify(message)}`, () => {
        alice.send(message);
      });
    }
    for (const message of [
      { id: 'a', method: 'version' },
      { id: 1.5, method: 'version' },
      { id: 99, method: 5 },
    ]) {
      await world.step(`send ${JSON.stringify(message)}`, () => {
        alice.send(message);
      });
    }
  });

  conforms('a resource stays subscribed as long as a client holds it', async (world) => {
    addBooks(world);
    const alice = await world.client('alice');
    const ask = (method: string, params?: unknown): Promise<void> =>
      world.step(`${method} ${JSON.stringify(params)}`, () => alice.request(method, params));
    await ask('get.library.books');
    await ask('unsubscribe.library.books');
    for (let times = 0; times < 3; times++) await ask('subscribe.library.books');
    await ask('unsubscribe.library.books', { count: 4 });
    await ask('unsubscribe.library.books', { count: 2 });
    await ask('get.library.books');
    await ask('subscribe.library.book.1');
    await ask('unsubscribe.library.books', null);
    await ask('unsubscribe.library.books');
    await ask('get.library.book.1');
    await ask('subscribe.library.books');
    const bob = await world.client('bob');
    await world.step('another client', () => bob.request('subscribe.library.books'));
    await world.step('another client unsubscribes', () => bob.request('unsubscribe.library.books'));
    await world.step('a change', () => {
      world.service.publish('event.library.book.2.change', { values: { title: 'Due' } });
    });
  });

  conforms('there is a limit to how often a client may subscribe', async (world) => {
    world.service.models.set('library.book.1', {});
    const alice = await world.client('alice');
    for (let times = 1; times < 256; times++) await alice.request('subscribe.library.book.1');
    await world.settle();
    world.seen.take('');
    await world.step('the 256th time', () => alice.request('subscribe.library.book.1'));
    await world.step('the 257th time', () => alice.request('subscribe.library.book.1'));
    await world.step('unsubscribe', () => alice.request('unsubscribe.library.book.1', { count: 256 }));
  });

  conforms('references are followed, soft ones are not', async (world) => {
    const { models, collections } = world.service;
    models.set('library.a', {
      b: { rid: 'library.b' },
      soft: { rid: 'library.c', soft: true },
      self: { rid: 'library.a' },
    });
    models.set('library.b', {
      a: { rid: 'library.a' },
      data: { data: { rid: 'library.c' } },
      plain: { data: 'x' },
    });
    models.set('library.c', { missing: { rid: 'library.missing' }, hard: { rid: 'library.b', soft: false } });
    collections.set('library.list', [
      { rid: 'library.c' },
      { rid: 'library.c' },
      null,
      'text',
      1.5,
      true,
      { data: [1] },
    ]);
    const alice = await world.client('alice');
    for (const method of [
      'subscribe.library.a',
      'subscribe.library.list',
      'unsubscribe.library.a',
      'get.library.b',
    ]) {
      await world.step(method, () => alice.request(method));
    }
    await world.step('a change of what is held still', () => {
      for (const name of ['a', 'b', 'c'])
        world.service.publish(`event.library.${name}.change`, { values: { n: 1 } });
    });
    for (const method of ['unsubscribe.library.list', 'get.library.c']) {
      await world.step(method, () => alice.request(method));
    }
    await world.step('a change of what is held no more', () => {
      for (const name of ['a', 'b', 'c'])
        world.service.publish(`event.library.${name}.change`, { values: { n: 2 } });
    });
  });

  conforms(
    'what a client lets go of while something else that holds it is loaded is sent again',
    async (world) => {
      const { models } = world.service;
      models.set('library.a', { shared: { rid: 'library.shared' } });
      models.set('library.b', { shared: { rid: 'library.shared' }, slow: { rid: 'library.slow' } });
      models.set('library.shared', { n: 1 });
      models.set('library.slow', { n: 2 });
      const alice = await world.client('alice');
      await hold(world, alice, 'library.a');
      world.service.hold('get.library.slow');
      await world.step('subscribe', () => {
        void alice.request('subscribe.library.b');
      });
      await world.step('unsubscribe', () => alice.request('unsubscribe.library.a'));
      await world.step('the service answers', () => {
        world.service.answerAll();
      });
    },
  );

  for (const protocol of [undefined, '1.1.1', '1.2.0', '1.2.1']) {
    conforms(`a client of protocol ${protocol ?? 'unknown'} gets what it knows`, async (world) => {
      const { models, collections } = world.service;
      models.set('library.a', { soft: { rid: 'library.b', soft: true }, data: { data: [1] }, n: 1 });
      collections.set('library.list', [{ rid: 'library.b', soft: true }, { data: { a: 1 } }, 1]);
      world.service.handlers.set('call.library.a.make', () => ({ resource: { rid: 'library.list' } }));
      const old = await world.client('old', protocol ?? 'none');
      await world.step('subscribe', () => old.request('subscribe.library.a'));
      await world.step('call', () => old.request('call.library.a.read', { n: 1 }));
      await world.step('make', () => old.request('call.library.a.make'));
      await world.step('subscribe to a list', () => old.request('subscribe.library.list'));
      await world.step('events', () => {
        const values = { soft: { rid: 'library.c', soft: true }, data: { data: [2] }, n: 2 };
        world.service.publish('event.library.a.change', { values });
        world.service.publish('event.library.list.add', { idx: 0, value: values.soft });
        world.service.publish('event.library.list.add', { idx: 0, value: values.data });
      });
    });
  }

  conforms('resclient shows a user of the API what a reset has changed', async (world) => {
    addBooks(world);
    const client = resClient(world.gateway.wsUrl);
    const seen = (what: string, value: unknown): void => {
      world.seen.client('user', what, { value: JSON.parse(JSON.stringify(value ?? null)) as unknown });
    };
    const books = await client.get('library.books');
    await world.step('get', () => {
      seen('books', books);
      listen(books, 'books', seen);
      for (const book of books) listen(book, `book ${book.title}`, seen);
    });
    world.service.models.set('library.book.1', { title: 'Uno', pages: 10 });
    await world.reset({ resources: ['library.>'] });
    world.service.models.set('library.book.3', { title: 'Three' });
    world.service.collections.set('library.books', [{ rid: 'library.book.3' }, { rid: 'library.book.2' }]);
    await world.reset({ resources: ['library.books'] });
    await world.step('call', async () => {
      seen('result', await client.call('library.book.3', 'read', { page: 1 }));
    });
    world.service.handlers.set('access.library.books', () => ({ result: { get: false } }));
    await world.reset({ access: ['library.books'] });
    await world.step('then', () => {
      seen('books', books);
      client.disconnect();
    });
  });
});
