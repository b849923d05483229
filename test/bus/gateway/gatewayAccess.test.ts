import { addBooks, hold, withBooks } from '../conformance/books';
import { conformance } from '../conformance/recording';

const denied = { result: { get: false } };
const broken = { error: { code: 'system.internalError', message: 'Broken' } };

conformance('access', (conforms) => {
  conforms(
    'access is asked for once for each pattern that matches, the next after the first was answered',
    async (world) => {
      await withBooks(world);
      await world.reset({ access: ['library.books', 'library.>'] });
      await world.reset({ access: ['library.books', 'library.>', 'library.*', '>'] });
      world.service.hold('access.library.books');
      await world.reset({ access: ['library.books', 'library.>'] });
      await world.step('the service answers', () => {
        world.service.answerAll();
      });
      await world.reset({ access: ['library.book.*'] });
    },
  );

  conforms('access is asked for on behalf of each client and each query', async (world) => {
    const alice = await withBooks(world);
    const bob = await world.client('bob');
    await hold(world, bob, 'library.books', 'library.book.1', 'library.books?limit=1');
    await hold(world, alice, 'library.books?start=0&limit=1');
    await world.reset({ access: ['library.>'] });
    await world.reset({ resources: ['library.books'], access: ['library.books'] });
  });

  conforms('a client that lost its access is unsubscribed and told so', async (world) => {
    const alice = await withBooks(world);
    await hold(world, alice, 'library.book.1');
    const bob = await world.client('bob');
    await hold(world, bob, 'library.books');
    world.service.handlers.set('access.library.books', () => denied);
    await world.reset({ access: ['library.books'] });
    await world.step('a change', () => {
      world.service.publish('event.library.book.1.change', { values: { title: 'Uno' } });
      world.service.publish('event.library.book.2.change', { values: { title: 'Due' } });
      world.service.publish('event.library.books.remove', { idx: 0 });
    });
    await world.step('unsubscribe', () => alice.request('unsubscribe.library.books'));
    await world.step('subscribe', () => alice.request('subscribe.library.books'));
  });

  conforms('an error in the place of access ends a subscription too', async (world) => {
    const alice = await withBooks(world);
    for (const response of [broken, { result: { get: true } }, { result: { call: '*' } }, 'text', {}, '[']) {
      world.service.handlers.set('access.library.books', () => (response === 'text' ? '"text"' : response));
      await world.reset({ access: ['library.books'] });
      await world.step(`subscribe with ${JSON.stringify(response)}`, () =>
        alice.request('subscribe.library.books'),
      );
    }
  });

  conforms('events wait while access is asked for', async (world) => {
    await withBooks(world);
    world.service.hold('access.library.books');
    await world.reset({ access: ['library.books'] });
    await world.step('events', () => {
      world.service.publish('event.library.books.remove', { idx: 1 });
      world.service.publish('event.library.books.sorted', { by: 'title' });
    });
    await world.step('the service answers', () => {
      world.service.answerAll();
    });
  });

  conforms('a reaccess event asks for access again', async (world) => {
    const alice = await withBooks(world);
    await hold(world, alice, 'library.books?limit=1');
    await world.step('reaccess', () => {
      world.service.publish('event.library.books.reaccess');
    });
    await world.step('reaccess of a member', () => {
      world.service.publish('event.library.book.1.reaccess');
    });
    world.service.handlers.set('access.library.books', () => denied);
    await world.step('reaccess, denied', () => {
      world.service.publish('event.library.books.reaccess', {});
    });
  });

  conforms('without access a client gets an error', async (world) => {
    addBooks(world);
    const alice = await world.client('alice');
    for (const response of [denied, broken, { result: { call: 'a,b' } }]) {
      world.service.handlers.set('access.library.book.1', () => response);
      const what = JSON.stringify(response);
      await world.step(`subscribe with ${what}`, () => alice.request('subscribe.library.book.1'));
      await world.step(`get with ${what}`, () => alice.request('get.library.book.1'));
      for (const method of ['a', 'b', 'c']) {
        await world.step(`call ${method} with ${what}`, () => alice.request(`call.library.book.1.${method}`));
      }
    }
  });

  conforms('a token is set by the service, and a change of it asks for access again', async (world) => {
    addBooks(world);
    const alice = await world.client('alice');
    let cid = '';
    world.service.handlers.set('auth.library.users.login', (payload) => {
      cid = String(payload['cid']);
      world.service.publish(`conn.${cid}.token`, { token: { user: 'Ann' }, tid: 'ann' });
      return { result: { name: 'Ann' } };
    });
    await world.step('subscribe', () => alice.request('subscribe.library.books'));
    await world.step('log in', () =>
      alice.request('auth.library.users.login', { name: 'Ann', password: 'x' }),
    );
    await world.step('call', () => alice.request('call.library.book.1.read', { page: 1 }));
    await world.step('log in again', () => alice.request('auth.library.users.login', { name: 'Ann' }));
    for (const payload of [
      { token: null },
      { token: 5, tid: 'five' },
      {},
      { token: 1, tid: 5 },
      'no JSON',
      { token: 'x' },
    ]) {
      await world.step(`token ${JSON.stringify(payload)}`, () => {
        world.service.publish(`conn.${cid}.token`, payload);
      });
    }
    world.service.handlers.set('access.library.books', () => denied);
    await world.step('log out', () => {
      world.service.publish(`conn.${cid}.token`, { token: null });
    });
  });

  conforms('a token reset asks for the tokens with the ids that it names', async (world) => {
    for (const name of ['ann', 'ben', 'cleo']) {
      const client = await world.client(name);
      world.service.handlers.set('auth.library.users.login', (payload) => {
        world.service.publish(`conn.${String(payload['cid'])}.token`, {
          token: { name },
          ...(name === 'cleo' ? {} : { tid: name }),
        });
        return { result: null };
      });
      await world.step(`log in ${name}`, () => client.request('auth.library.users.login'));
    }
    const subject = 'auth.library.users.renew';
    for (const message of [
      { tids: ['ann'], subject },
      { tids: ['ann', 'ben', 'ann', 'zoe'], subject },
      { tids: ['zoe', ''], subject },
      { tids: [], subject },
      { subject },
      { tids: ['ann'] },
      { tids: ['ann'], subject: '' },
      { tids: 'ann', subject },
      { tids: ['ann', 5], subject },
      { tids: ['ann'], subject: 5 },
      'ann',
    ]) {
      await world.step(`token reset ${JSON.stringify(message)}`, () => {
        world.service.publish('system.tokenReset', message);
      });
    }
  });
});
