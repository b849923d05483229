/** The NATS clients of each language. */
import type { CallShape, Library } from '../library';
import { namingOf } from '../arguments';
import { natsOf } from './nats';
import { type IsNats, subjectOf } from './subject';

export const goNats: Library = {
  ...natsOf({
    name: 'nats.go',
    family: 'go',
    sieve: ['nats-io/nats', 'nats-io/go-nats'],
    nearby: {
      modules: /^github\.com\/nats-io\//,
      words: ['Subscribe', 'QueueSubscribe', 'ChanSubscribe', 'Publish', 'Request'].map(
        (name) => `.${name}(`,
      ),
    },
    modules: /^github\.com\/nats-io\/(nats\.go|go-nats|nats)(\/v\d+)?$/,
    // `service.Conn()`, the connection that a go-res service works with
    connections: /^github\.com\/jirenius\/go-res(\/v\d+)?#.*\bConn\(\)$/,
    others: /JetStream|KeyValue|ObjectStore/,
    subscribes: [
      ...['Subscribe', 'SubscribeSync', 'ChanSubscribe', 'QueueSubscribe', 'QueueSubscribeSync'],
      ...['ChanQueueSubscribe', 'QueueSubscribeSyncWithChan', 'BindRecvChan', 'BindRecvQueueChan'],
    ],
    publishes: ['Publish'],
    requests: ['PublishRequest', 'Request', ['RequestWithContext', 1]],
    more: (isNats) => ({
      PublishMsg: message(isNats, 'event'),
      RequestMsg: message(isNats, 'request'),
      RequestMsgWithContext: message(isNats, 'request', 1),
    }),
  }),
  result(callee) {
    // Encoding leaves the connection what it is.
    if (callee.kind !== 'external' || !callee.origin.endsWith('#NewEncodedConn')) return undefined;
    return {
      kind: 'external',
      origin: `${callee.origin.split('#', 1)[0] ?? ''}#EncodedConn`,
      instance: true,
    };
  },
};

export const csharpNats = natsOf({
  name: 'NATS.Client',
  family: 'csharp',
  sieve: ['NATS.'],
  modules: /^(NATS\.(Client|Net)\b|NATS\.Client\.\w+|STAN\.Client)/,
  connections:
    /[#.](I?Connection|I?EncodedConnection|I?NatsConnection|I?NatsClient|ConnectionFactory\(\)\.Create(Secure)?(Encoded)?Connection\(\))(\(\))?$/,
  subscribes: ['SubscribeAsync', 'SubscribeSync', 'SubscribeCoreAsync'],
  publishes: ['Publish', 'PublishAsync'],
  requests: ['Request', 'RequestAsync'],
});

export const jnats = natsOf({
  name: 'jnats',
  family: 'java',
  sieve: ['io.nats', 'micronaut.nats'],
  modules: /^io\.nats\b/,
  connections: /^#(Connection|Dispatcher|Nats)\b/,
  others: /jetStream|JetStream|KeyValue/,
  subscribes: ['subscribe'],
  publishes: ['publish'],
  requests: ['request', 'requestWithTimeout'],
  rid: /^io\.(nats|micronaut\.nats)\b/,
  // Micronaut's `@Subject("…")`
  more: () => ({ Subject: annotation }),
});

/** The names of JavaScript's packages. */
export const natsModules = /^(nats|nats\.ws|nats\.deno|ts-nats|websocket-nats|@nats-io\/[\w-]+)$/;

export const nats = natsOf({
  name: 'nats',
  family: 'javascript',
  sieve: ['nats'],
  nearby: { modules: /^(nats|nats\.ws|ts-nats|@nats-io\/[\w-]+)$/, words: ['.subscribe('] },
  modules: natsModules,
  connections: /#NatsConnection$/,
  subscribes: ['subscribe'],
  publishes: ['publish'],
  requests: ['request', 'requestOne', 'requestMany'],
});

export const pythonNats = natsOf({
  name: 'nats-py',
  family: 'python',
  sieve: ['nats', 'NATS', '.subscribe('],
  modules: /^(nats|asyncio_nats|pynats|stan)(\.|$)/,
  others: /jetstream|key_value|object_store|\.js\b/i,
  subscribes: ['subscribe', 'subscribe_async'],
  publishes: ['publish'],
  requests: ['publish_request', 'request', 'timed_request', 'old_style_request'],
  subjects: ['subject'],
  rid: /^(nats|asyncio_nats|pynats)(\.|$)|(^|[._])(res_?client|resgate)/i,
});

/** For PHP repejota/phpnats, basis-company/nats, and those that came of them. */
export const phpNats = natsOf({
  name: 'nats.php',
  family: 'php',
  sieve: ['Nats\\', 'nats', '->subscribe('],
  modules: /^(Nats|NatsStreaming|Basis\\Nats|LoungeUp\\Nats|LU\\Nats|IDCT\\NATS)(\\|$)/,
  others: /getApi|getStream|getBucket/,
  subscribes: ['subscribe', 'subscribeQueue', 'queueSubscribe'],
  publishes: ['publish'],
  requests: ['request', 'dispatch'],
  subjects: ['$subject', '$name', '$subj'],
  rid: /^(Nats|Basis\\Nats|IDCT\\NATS|(LoungeUp|LU)\\\w+)(\\|$)|resgate/i,
});

export const rustNats = natsOf({
  name: 'nats.rs',
  family: 'rust',
  sieve: ['nats', 'resgate'],
  modules: /^(async_nats|nats)(::|$)/,
  // `async_nats::connect()` needs no `use`; actors of waSCC reach NATS through their host.
  connections: /^#(async_nats|nats)\b|#CapabilitiesContext\.msg\(\)$/,
  others: /jetstream|kv|object_store|service/i,
  subscribes: ['subscribe', 'queue_subscribe'],
  publishes: ['publish', 'publish_with_headers'],
  requests: [
    ...['publish_request', 'publish_with_reply', 'request', 'request_timeout', 'request_multi'],
    ...['request_with_headers', 'send_request'],
  ],
  rid: /^(async_nats|nats|guest|wascc_\w+)(::|$)|resgate/,
});

/** For Dart dart_nats, what came of it, and natsio. */
export const dartNats = natsOf({
  name: 'dart_nats',
  family: 'dart',
  sieve: ['nats'],
  modules: /^package:(dart_nats|dart_nats_client|natsio|nats|nats_client)\//,
  // What is imported whole has no module.
  connections: /^#Nats(Client|Connection)\b/,
  others: /jetStream|JetStream|KeyValue|ObjectStore/i,
  subscribes: ['sub', 'subscribe', 'queueSubscribe'],
  publishes: ['pub', 'pubString', 'publish', 'publishString'],
  requests: ['request', 'requestString', 'requestMany'],
});

/** `nc.PublishMsg(&nats.Msg{Subject: …})` */
function message(isNats: IsNats, what: 'event' | 'request', index = 0): CallShape {
  return (callee, site, evaluator, report) => {
    const value = evaluator.argument(site, index);
    if (value?.kind !== 'record' || !isNats(callee, site, evaluator)) return;
    const entry = value.entries.find(({ key }) => key === 'Subject');
    if (!entry) return;
    const naming = { value: entry.value, at: entry.at, in: value.in };
    const subject = subjectOf(evaluator.evaluate(entry.value, value.in), naming, report);
    if (subject && (subject.method === 'event') === (what === 'event'))
      report.reference(subject.name, subject.naming);
  };
}

function annotation(...[callee, site, evaluator, report]: Parameters<CallShape>): void {
  const naming = namingOf(site, 0);
  const value = evaluator.argument(site, 0);
  if (callee.kind !== 'external' || !callee.origin.startsWith('io.micronaut.nats.') || !naming || !value)
    return;
  const subject = subjectOf(value, naming, report);
  if (subject && subject.method !== 'event') report.handler(subject.name, subject.naming, [subject.method]);
}
