import { addBooks, hold, withBooks } from '../conformance/books';
import { conformance } from '../conformance/recording';

conformance('resets', (conforms) => {
  conforms('it asks for a collection and for access to it at once, then for each member', async (world) => {
    addBooks(world);
    world.service.hold('get.library.books');
    world.service.hold('access.library.books');
    const alice = await world.client('alice');
    await world.step('subscribe', () => {
      void alice.request('subscribe.library.books');
    });
    world.seen.note('unanswered', world.service.unanswered);
    await world.step('the service answers', () => {
      world.service.answerAll();
    });
  });

  conforms('it asks once for each cached match and sends clients what has changed', async (world) => {
    await withBooks(world);
    world.service.models.set('library.book.1', { title: 'One', pages: 11, isbn: '1' });
    await world.reset({ resources: ['library.book.*'] });
    world.service.models.set('library.book.1', { title: 'Uno', pages: 11 });
    await world.reset({ resources: ['library.book.1'] });
  });

  conforms('it asks once for a resource that several patterns match', async (world) => {
    await withBooks(world);
    await world.reset({ resources: ['library.book.*', 'library.>', 'library.book.1'] });
  });

  conforms('it asks for a cached query besides the plain resource', async (world) => {
    const alice = await withBooks(world);
    await hold(world, alice, 'library.books?start=0&limit=2', 'library.books?limit=1&start=1');
    await world.reset({ resources: ['library.books'] });
    await world.reset({ access: ['library.books'] });
  });

  conforms('it does nothing for a pattern that matches nothing cached or is invalid', async (world) => {
    await withBooks(world);
    const patterns = ['library.books.>', 'library', 'Library.books', 'library.*', 'other.>'];
    const invalid = [
      '',
      'library..x',
      'library.b*',
      ' bad',
      'library.>.x',
      'library.books.',
      '.library',
      '>.books',
    ];
    const strange = [
      'library.book?',
      'library.books?a=1',
      'library.bo oks',
      'library.böoks',
      'library.>x',
      '**',
    ];
    for (const pattern of [...patterns, ...invalid, ...strange]) {
      await world.reset({ resources: [pattern], access: [pattern] });
    }
    await world.reset({
      resources: [...invalid, 'library.book.1', ...strange],
      access: ['library..x', 'library.books'],
    });
  });

  conforms('a pattern matches as many parts as it says', async (world) => {
    const alice = await world.client('alice');
    const names = ['library.a', 'library.a.b', 'library.a.b.c', 'library.$x^.b', 'library'];
    for (const name of names) world.service.models.set(name, { name });
    await hold(world, alice, ...names);
    const patterns = [
      'library.*',
      'library.*.*',
      '*.a.*',
      'library.>',
      'library.*.>',
      '*.*.*.*',
      '*',
      'library.$x^.b',
    ];
    for (const pattern of patterns) await world.reset({ resources: [pattern] });
  });

  conforms('it ignores a message with anything of a wrong type whole', async (world) => {
    await withBooks(world);
    const good = ['library.>'];
    for (const message of [
      { resources: 'library.>' },
      { resources: ['library.>', 5] },
      { resources: good, access: 5 },
      { resources: { 0: 'library.>' }, access: good },
      [{ resources: good }],
      'library.>',
      '{"resources":["library.>"]',
      '',
      'null',
      '{}',
    ]) {
      await world.reset(message);
    }
    await world.reset({ resources: null, access: good });
    await world.reset({ resources: ['library.book.1', null], access: null });
    await world.reset({ resources: ['library.book.1'], other: 5 });
  });

  conforms('a resource that is not found any more is deleted', async (world) => {
    const alice = await withBooks(world);
    world.service.models.delete('library.book.1');
    await world.reset({ resources: ['library.book.1'] });
    await world.reset({ resources: ['library.>'] });
    world.service.collections.delete('library.books');
    await world.reset({ resources: ['library.books'] });
    await world.step('unsubscribe', () => alice.request('unsubscribe.library.books'));
  });

  conforms('a collection with other members is changed by remove and add events', async (world) => {
    await withBooks(world);
    const { collections, models } = world.service;
    models.set('library.book.3', { title: 'Three', next: { rid: 'library.book.4' } });
    models.set('library.book.4', { title: 'Four' });
    const [one, two, three] = [1, 2, 3].map((id) => ({ rid: `library.book.${id}` }));
    for (const members of [
      [two],
      [two, three],
      [three, one, two],
      [one, two, three, one],
      [],
      [1, 2, 3],
      [3, 2, 4, 1],
    ]) {
      collections.set('library.books', members);
      await world.reset({ resources: ['library.books'] });
    }
    await world.reset({ resources: ['library.>'] });
  });

  conforms('a query that no client holds any more is not asked for', async (world) => {
    const alice = await withBooks(world);
    await hold(world, alice, 'library.books?limit=1');
    await world.step('unsubscribe from the query', () => alice.request('unsubscribe.library.books?limit=1'));
    await world.reset({ resources: ['library.>'] });
    await world.step('unsubscribe from the plain one', () => alice.request('unsubscribe.library.books'));
    // What has no query stays cached for a while.
    await world.reset({ resources: ['library.>'] });
  });

  conforms(
    'each of two gateways asks for what it has cached, under reply subjects of its own',
    async (world) => {
      await withBooks(world);
      const second = await world.secondGateway();
      const bob = await world.client('bob', '1.2.3', second.wsUrl);
      await hold(world, bob, 'library.book.1');
      const own = world.seen.inboxes.length;
      for (const pattern of ['library.book.1', 'library.books', 'library.book.1', 'library.books']) {
        await world.reset({ resources: [pattern] });
      }
      const inboxes = world.seen.inboxes.slice(own);
      const prefixes = [...new Set(inboxes.map((inbox) => inbox.slice(0, '_INBOX.'.length + 12)))];
      const ordered = prefixes.map((prefix) => inboxes.filter((inbox) => inbox.startsWith(prefix)));
      world.seen.note(
        'form',
        inboxes.every((inbox) => /^_INBOX\.[0-9A-Za-z]{22}$/.test(inbox)),
      );
      world.seen.note('all differ', new Set(inboxes).size === inboxes.length);
      world.seen.note('requests of each gateway', ordered.map(({ length }) => length).sort());
      world.seen.note(
        'counting up',
        ordered.every((list) => list.every((inbox, at) => inbox >= (list[at - 1] ?? ''))),
      );
      world.steps.push(world.seen.takeNotes('inboxes'));
    },
  );
});
