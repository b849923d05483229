import type { Site, Value } from '../../evaluate/value';
import type { CallShape, Library } from '../library';
import { publishes, requests, seemsNats, subjectOf, subscribes } from './subject';

const modules = /^github\.com\/nats-io\/(nats\.go|go-nats|nats)(\/v\d+)?$/;

/** nats.go, used without a RES library: the subjects are the protocol's own. */
export const goNats: Library = {
  name: 'nats.go',
  modules,
  impliesService: true,
  isPlain: true,
  result(callee) {
    // Encoding leaves the connection what it is.
    if (callee.k !== 'external' || !callee.origin.endsWith('#NewEncodedConn')) return undefined;
    return { k: 'external', origin: `${callee.origin.split('#', 1)[0] ?? ''}#EncodedConn`, instance: true };
  },
  calls: {
    Subscribe: subscribes(isNats),
    SubscribeSync: subscribes(isNats),
    ChanSubscribe: subscribes(isNats),
    QueueSubscribe: subscribes(isNats),
    QueueSubscribeSync: subscribes(isNats),
    ChanQueueSubscribe: subscribes(isNats),
    QueueSubscribeSyncWithChan: subscribes(isNats),
    BindRecvChan: subscribes(isNats),
    BindRecvQueueChan: subscribes(isNats),
    Publish: publishes(isNats),
    PublishRequest: requests(isNats),
    Request: requests(isNats),
    RequestWithContext: requests(isNats, 1),
    PublishMsg: message('event'),
    RequestMsg: message('request'),
    RequestMsgWithContext: message('request', 1),
  },
};

/** `nc.PublishMsg(&nats.Msg{Subject: …})` */
function message(what: 'event' | 'request', index = 0): CallShape {
  return (callee, site, evaluator, report) => {
    const value = evaluator.argument(site, index);
    if (value?.k !== 'record' || !isNats(callee, site)) return;
    const entry = value.entries.find(({ key }) => key === 'Subject');
    if (!entry) return;
    const naming = { value: entry.value, at: entry.at, in: value.in };
    const subject = subjectOf(evaluator.evaluate(entry.value, value.in), naming, report);
    if (subject && (subject.method === 'event') === (what === 'event'))
      report.reference(subject.name, subject.naming);
  };
}

function isNats(callee: Value, site: Site): boolean {
  if (callee.k !== 'method') return seemsNats(callee, site, modules);
  const receiver = callee.of;
  if (receiver.k !== 'external') return seemsNats(callee, site, modules);
  const [module = '', name = ''] = receiver.origin.split('#');
  if (module === '') return seemsNats(callee, site, modules);
  // A stream keeps what others send; requests are answered by connections only.
  if (modules.test(module)) return !/JetStream|KeyValue|ObjectStore/.test(name);
  // `service.Conn()`, the connection that a go-res service works with
  return /^github\.com\/jirenius\/go-res(\/v\d+)?#.*\bConn\(\)$/.test(receiver.origin);
}
