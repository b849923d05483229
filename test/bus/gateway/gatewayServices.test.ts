import { addBooks, withBooks } from '../conformance/books';
import { conformance } from '../conformance/recording';

const notFound = { error: { code: 'system.notFound', message: 'Not found', data: { id: 9 } } };

conformance('services', (conforms) => {
  conforms('errors and malformed answers of a service reach the client as errors', async (world) => {
    const alice = await world.client('alice');
    for (const [index, response] of [
      notFound,
      { error: { code: 'library.custom', message: 'Custom' } },
      { error: { message: 'No code' } },
      {},
      { result: null },
      { result: {} },
      { result: { model: {}, collection: [] } },
      { result: { model: null, collection: [] } },
      { result: { model: { list: [1] } } },
      { result: { model: { object: { a: 1 } } } },
      { result: { model: { reference: { rid: '' } } } },
      { result: { model: { reference: { rid: 'a..b' } } } },
      { result: { model: { both: { rid: 'library.a', data: 1 } } } },
      { result: { model: { removed: { action: 'delete' } } } },
      { result: { collection: [{ action: 'stop' }] } },
      { result: { model: [] } },
      '{',
      '5',
    ].entries()) {
      const name = `library.odd.${index}`;
      world.service.handlers.set(`get.${name}`, () => response);
      await world.step(`subscribe with ${JSON.stringify(response)}`, () =>
        alice.request(`subscribe.${name}`),
      );
    }
    await world.step('get what is not found', () => alice.request('get.library.absent'));
    await world.step('get it again', () => alice.request('get.library.absent'));
    await world.step('subscribe to it', () => alice.request('subscribe.library.absent'));
  });

  conforms('a call brings a result, an error or a resource', async (world) => {
    const alice = await withBooks(world);
    world.service.models.set('library.book.3', { title: 'Three', first: { rid: 'library.book.1' } });
    world.service.handlers.set('access.library.secret', () => ({ result: { get: false } }));
    for (const response of [
      { result: { done: true } },
      { result: null },
      { result: 5 },
      notFound,
      { resource: { rid: 'library.book.3' } },
      { resource: { rid: 'library.book.absent' } },
      { resource: { rid: 'library.secret' } },
      { resource: { rid: 'a..b' } },
      {},
      '[',
    ]) {
      for (const method of ['read', 'new']) {
        world.service.handlers.set(`call.library.books.${method}`, () => response);
        const what = `${method} with ${JSON.stringify(response)}`;
        await world.step(`call ${what}`, () => alice.request(`call.library.books.${method}`, { a: '<&>' }));
      }
    }
    for (const result of [{ rid: 'library.book.1' }, { rid: 'a..b' }, { rid: 'library.book.1', more: 1 }]) {
      for (const kind of ['call.library.books.new', 'new.library.books', 'call.library.books.read']) {
        for (const method of ['read', 'new'])
          world.service.handlers.set(`call.library.books.${method}`, () => ({ result }));
        await world.step(`${kind} with ${JSON.stringify(result)}`, () => alice.request(kind, { title: 'T' }));
      }
    }
    await world.step('a query', () => alice.request('call.library.books?limit=1.read', [1]));
  });

  conforms('a connection id in a resource id stands for the connection', async (world) => {
    const alice = await world.client('alice');
    await world.step('subscribe', () => alice.request('subscribe.library.session.{cid}'));
    await world.step('call', () => alice.request('call.library.session.{cid}.end'));
    await world.step('log in', () => alice.request('auth.library.session.{cid}.login', {}));
  });

  conforms(
    'a service that does not answer in time makes a request fail',
    async (world) => {
      addBooks(world);
      const alice = await world.client('alice');
      for (const subject of [
        'get.library.book.1',
        'access.library.book.2',
        'call.library.books.read',
        'auth.library.in',
      ]) {
        world.service.hold(subject);
      }
      for (const method of [
        'subscribe.library.books',
        'subscribe.library.book.2',
        'call.library.books.read',
        'auth.library.in',
      ]) {
        await world.step(method, () => alice.request(method));
      }
    },
    { requestTimeout: 200 },
  );
});
