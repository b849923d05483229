import { hold, withBooks } from '../conformance/books';
import { conformance } from '../conformance/recording';

const notFound = { error: { code: 'system.notFound', message: 'Not found' } };
const internalError = { error: { code: 'system.internalError', message: 'Broken' } };

conformance('resetAnswers', (conforms) => {
  conforms('an error other than not found leaves the cache as it was', async (world) => {
    await withBooks(world);
    world.service.handlers.set('get.library.book.1', () => internalError);
    await world.reset({ resources: ['library.book.1'] });
    for (const response of [
      '{"result":',
      {},
      { result: { model: { title: ['a'] } } },
      { result: { collection: [] } },
    ]) {
      world.service.handlers.set('get.library.book.1', () => response);
      await world.reset({ resources: ['library.book.1'] });
    }
    const bob = await world.client('bob');
    await world.step('another client gets the old data', () => bob.request('subscribe.library.books'));
  });

  conforms('a service that is down gets the request', async (world) => {
    world.service.models.set('shop.sign', { text: 'Open' });
    const stop = await world.service.serve('shop');
    const alice = await world.client('alice');
    await hold(world, alice, 'shop.sign');
    stop();
    // As long as somebody else listens to the request, be it only to watch, the gateway waits for an answer.
    await world.reset({ resources: ['shop.>'], access: ['shop.>'] });
  });

  conforms('a resource that nobody serves or watches is deleted', async (world) => {
    world.service.models.set('shop.sign', { text: 'Open' });
    const stop = await world.service.serve('shop');
    const alice = await world.client('alice');
    await hold(world, alice, 'shop.sign');
    stop();
    await world.stopWatching();
    await world.reset({ resources: ['shop.>'] });
  });

  conforms('a second reset asks again once the first was answered', async (world) => {
    await withBooks(world);
    world.service.hold('get.library.book.1');
    await world.reset({ resources: ['library.book.1'] });
    await world.reset({ resources: ['library.book.1'] });
    await world.step('the service answers', () => {
      world.service.answer('get.library.book.1', { result: { model: { title: 'New' } } });
    });
    await world.reset({ resources: ['library.book.1'] });
    await world.step('the service answers', () => {
      world.service.answer('get.library.book.1', notFound);
    });
  });

  conforms('events that come while a reset is unanswered are left to its answer', async (world) => {
    await withBooks(world);
    world.service.hold('get.library.book.1');
    await world.reset({ resources: ['library.book.1'] });
    await world.step('events', () => {
      world.service.publish('event.library.book.1.change', { values: { title: 'Early' } });
      world.service.publish('event.library.book.1.read', { by: 'Ann' });
    });
    await world.step('the service answers', () => {
      world.service.answer('get.library.book.1', { result: { model: { title: 'Answer', pages: 10 } } });
    });
  });

  conforms(
    'a pre-response keeps a request open that would have timed out',
    async (world) => {
      await withBooks(world);
      world.service.hold('get.library.book.1');
      await world.step('reset, and a pre-response', async () => {
        world.service.publish('system.reset', { resources: ['library.book.1'] });
        await world.seen.until(() => world.service.unanswered === 1);
        world.service.answer('get.library.book.1', 'timeout:"10000"', false);
      });
      world.service.hold('get.library.slow');
      const bob = await world.client('bob');
      await world.step('a later request times out', () => bob.request('subscribe.library.slow'));
      await world.step('the service answers', () => {
        world.service.answer('get.library.book.1', { result: { model: { title: 'Late', pages: 10 } } });
        world.service.answer('get.library.slow', { result: { model: { title: 'Too late' } } });
      });
    },
    { requestTimeout: 300 },
  );

  conforms(
    'a reset that times out leaves the cache as it was, and the next one asks again',
    async (world) => {
      const alice = await withBooks(world);
      world.service.hold('get.library.book.1');
      world.service.hold('get.library.slow');
      await world.step('reset, and a later request that times out', async () => {
        world.service.publish('system.reset', { resources: ['library.book.1'] });
        await world.seen.until(() => world.service.unanswered === 1);
        await alice.request('subscribe.library.slow');
      });
      world.service.handlers.delete('get.library.book.1');
      world.service.models.set('library.book.1', { title: 'Again', pages: 10 });
      await world.reset({ resources: ['library.book.1'] });
    },
    { requestTimeout: 300 },
  );

  conforms(
    'a throttle bounds the parallel requests of one reset',
    async (world) => {
      const names = [1, 2, 3, 4, 5].map((id) => `library.book.${id}`);
      const alice = await world.client('alice');
      for (const name of names) world.service.models.set(name, { title: name });
      await hold(world, alice, ...names);
      for (const name of names) world.service.hold(`get.${name}`);
      for (const name of names) world.service.hold(`access.${name}`);
      world.service.publish('system.reset', { resources: ['library.>'], access: ['library.book.5'] });
      for (let answered = 0; answered < 6; answered++) {
        await world.settle();
        world.seen.note(`unanswered after ${answered} answers`, world.service.unanswered);
        world.service.answerOldest();
      }
      await world.settle();
      world.steps.push(world.seen.takeNotes('one answer after another'));
    },
    { resetThrottle: 2 },
  );
});
