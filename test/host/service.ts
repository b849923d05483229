import { connect, type Msg, StringCodec } from 'nats';
import { waiters } from './waiters';

/** A book as the service's data holds it; `library.book.ID` is its resource. */
export interface Book {
  title: string;
  author: string;
}

/** A request that the service got. */
export interface ServiceRequest {
  /** `get.library.book.1` */
  readonly subject: string;
  readonly kind: string;
  /** `library.book.1`; for a call or auth request without the method. */
  readonly resource: string;
  readonly method?: string;
  /** The payload, parsed. */
  readonly payload: Record<string, unknown>;
}

/** How long the service takes to answer, and whether it says so in advance. */
export interface Delay {
  readonly milliseconds: number;
  /** Announces the delay with a pre-response, so that the gateway does not give up after its usual 3 s. */
  readonly announce?: boolean;
}

/** A library service on the bus, whose data and behaviour a test changes while it runs. */
export interface LibraryService {
  /** The data, by id. The service sends no event when it changes: that is what makes a cache stale. */
  readonly books: Map<string, Book>;
  /** All requests so far, oldest first. A test may empty it. */
  readonly requests: ServiceRequest[];
  /** Names of resources (`library.books`) that nobody may get or call. */
  readonly denied: Set<string>;
  /** Resources whose requests are answered with an error of that code, as `system.internalError`. */
  readonly errors: Map<string, string>;
  /** Resources whose requests are answered late. */
  readonly delays: Map<string, Delay>;
  /** Resources whose requests are not answered at all. */
  readonly silent: Set<string>;
  /** Resolves when that many requests to the subject (a prefix or the whole of it) are in `requests`. */
  readonly requested: (subject: string, count?: number) => Promise<void>;
  /** Sends an event of the protocol: `emit('library.book.1', 'change', { values: { title: 'x' } })`. */
  readonly emit: (resource: string, event: string, data: unknown) => void;
  readonly stop: () => Promise<void>;
}

export interface ServiceOptions {
  readonly natsUrl: string;
  /** The service's name, the first part of its resources; `library` without it. */
  readonly name?: string;
  readonly books?: Readonly<Record<string, Book>>;
  readonly user?: string;
  readonly pass?: string;
}

const codec = StringCodec();
const classics: Readonly<Record<string, Book>> = {
  '1': { title: 'Animal Farm', author: 'George Orwell' },
  '2': { title: 'Brave New World', author: 'Aldous Huxley' },
  '3': { title: 'Coraline', author: 'Neil Gaiman' },
};

/** Starts a library service in this process and resolves when the NATS server has its subscriptions. */
export async function startService(options: ServiceOptions): Promise<LibraryService> {
  const { natsUrl, name = 'library', user, pass } = options;
  const connection = await connect({ servers: natsUrl, user, pass, name: `${name} service` });
  const books = new Map(Object.entries(structuredClone(options.books ?? classics)));
  const requests: ServiceRequest[] = [];
  const denied = new Set<string>();
  const errors = new Map<string, string>();
  const delays = new Map<string, Delay>();
  const silent = new Set<string>();
  const seen = waiters();
  const timers = new Set<NodeJS.Timeout>();

  const answer = ({ kind, resource, method, payload }: ServiceRequest): unknown => {
    const error = errors.get(resource);
    if (error !== undefined) return failure(error);
    if (kind === 'access')
      return { result: denied.has(resource) ? { get: false } : { get: true, call: '*' } };
    const id = resource.startsWith(`${name}.book.`) ? resource.slice(name.length + 6) : undefined;
    const book = id === undefined ? undefined : books.get(id);
    if (kind === 'get') {
      if (resource === `${name}.books`) return { result: collection(name, books, payload['query']) };
      return book === undefined ? failure('system.notFound') : { result: { model: { id, ...book } } };
    }
    if (kind === 'call' && method === 'set' && book !== undefined) {
      const values = payload['params'] as Partial<Book>;
      Object.assign(book, values);
      emit(resource, 'change', { values });
      return { result: null };
    }
    return failure('system.methodNotFound');
  };
  const respond = (message: Msg): void => {
    const request = parse(message);
    requests.push(request);
    seen.wake();
    if (silent.has(request.resource)) return;
    const delay = delays.get(request.resource);
    const reply = (): void => {
      message.respond(codec.encode(JSON.stringify(answer(request))));
    };
    if (delay === undefined) {
      reply();
      return;
    }
    if (delay.announce === true) message.respond(codec.encode(`timeout:"${delay.milliseconds + 5000}"`));
    const timer = setTimeout(() => {
      timers.delete(timer);
      reply();
    }, delay.milliseconds);
    timers.add(timer);
  };
  const emit = (resource: string, event: string, data: unknown): void => {
    connection.publish(`event.${resource}.${event}`, codec.encode(JSON.stringify(data)));
  };

  for (const kind of ['get', 'access', 'call', 'auth']) {
    connection.subscribe(`${kind}.${name}.>`, {
      callback: (error, message) => {
        if (error === null) respond(message);
      },
    });
  }
  await connection.flush();
  return {
    books,
    requests,
    denied,
    errors,
    delays,
    silent,
    emit,
    requested: (subject, count = 1) =>
      seen.until(
        () => requests.filter((request) => request.subject.startsWith(subject)).length >= count,
        () => `${count} × ${subject}; got ${requests.map((request) => request.subject).join(', ')}`,
      ),
    stop: async () => {
      for (const timer of timers) clearTimeout(timer);
      await connection.close();
    },
  };
}

function parse(message: Msg): ServiceRequest {
  const [kind = '', ...parts] = message.subject.split('.');
  const method = kind === 'call' || kind === 'auth' ? parts.pop() : undefined;
  const text = codec.decode(message.data);
  const payload = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  return { subject: message.subject, kind, resource: parts.join('.'), method, payload };
}

function collection(name: string, books: ReadonlyMap<string, Book>, query: unknown): unknown {
  const all = [...books.keys()].map((id) => ({ rid: `${name}.book.${id}` }));
  if (typeof query !== 'string' || query === '') return { collection: all };
  const wanted = new URLSearchParams(query);
  const start = Number(wanted.get('start') ?? 0);
  const limit = Number(wanted.get('limit') ?? all.length);
  return { collection: all.slice(start, start + limit), query: `start=${start}&limit=${limit}` };
}

function failure(code: string): unknown {
  return { error: { code, message: code.replace(/^.*\./, '') } };
}
