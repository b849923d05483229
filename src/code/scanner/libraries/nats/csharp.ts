import type { Site, Value } from '../../evaluate/value';
import type { Library } from '../library';
import { publishes, requests, seemsNats, subscribes } from './subject';

export const csharpNatsModules = /^(NATS\.(Client|Net)\b|NATS\.Client\.\w+|STAN\.Client)/;

const connections =
  /[#.](I?Connection|I?EncodedConnection|I?NatsConnection|I?NatsClient|ConnectionFactory\(\)\.Create(Secure)?(Encoded)?Connection\(\))(\(\))?$/;

/** The NATS clients for .NET, used without a RES library. */
export const csharpNats: Library = {
  name: 'NATS.Client',
  modules: csharpNatsModules,
  impliesService: true,
  isPlain: true,
  calls: {
    SubscribeAsync: subscribes(isNats),
    SubscribeSync: subscribes(isNats),
    SubscribeCoreAsync: subscribes(isNats),
    Publish: publishes(isNats),
    PublishAsync: publishes(isNats),
    Request: requests(isNats),
    RequestAsync: requests(isNats),
  },
};

function isNats(callee: Value, site: Site): boolean {
  if (callee.k === 'method' && callee.of.k === 'external' && connections.test(callee.of.origin)) return true;
  return seemsNats(callee, site, csharpNatsModules);
}
