// A RES service on plain NATS. It reads books.json for every request and does not watch it: a change in the file is
// served at once, but nobody is told about it.
import { readFile, writeFile } from 'node:fs/promises';
import { connect, JSONCodec } from 'nats';

const file = new URL('books.json', import.meta.url);
const json = JSONCodec();
const nats = await connect({
  servers: process.env.NATS_URL ?? 'nats://127.0.0.1:4222',
  name: 'library service',
});

const readLibrary = async () => JSON.parse(await readFile(file, 'utf8'));

const notFound = { error: { code: 'system.notFound', message: 'Not found' } };

/** Answers each request to a subject with what `handle` makes of it. */
const serve = (subscription, handle) => {
  (async () => {
    for await (const message of subscription) {
      try {
        message.respond(json.encode(await handle(message)));
      } catch (error) {
        message.respond(json.encode({ error: { code: 'system.internalError', message: String(error) } }));
      }
    }
  })();
};

// The collection of all books.
serve(nats.subscribe('get.library.books'), async () => {
  const { books } = await readLibrary();
  return { result: { collection: books.map(({ id }) => ({ rid: `library.book.${id}` })) } };
});

// One book.
serve(nats.subscribe('get.library.book.*'), async ({ subject }) => {
  const { books } = await readLibrary();
  const book = books.find(({ id }) => id === subject.split('.').at(-1));
  return book ? { result: { model: book } } : notFound;
});

// Everybody may read as long as the library is open.
serve(nats.subscribe('access.library.>'), async () => {
  const { open } = await readLibrary();
  return { result: open ? { get: true, call: 'set' } : { get: false } };
});

// A change that is made as it should be: the event tells every client, and no reset is needed.
serve(nats.subscribe('call.library.book.*.set'), async ({ subject, data }) => {
  const id = subject.split('.')[3];
  const library = await readLibrary();
  const book = library.books.find((one) => one.id === id);
  if (!book) return notFound;
  const { params } = json.decode(data);
  Object.assign(book, { title: String(params?.title ?? book.title) });
  await writeFile(file, `${JSON.stringify(library, undefined, 2)}\n`);
  nats.publish(`event.library.book.${id}.change`, json.encode({ values: { title: book.title } }));
  return { result: null };
});

await nats.flush();
console.log('The library service is ready.');

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => nats.close());
