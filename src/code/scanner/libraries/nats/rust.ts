import type { Site, Value } from '../../evaluate/value';
import type { Library } from '../library';
import { ridOf } from '../rid';
import { publishes, requests, seemsNats, subscribes } from './subject';

const modules = /^(async_nats|nats)(::|$)/;

/** async-nats and the older nats crate, used without a RES library: the subjects are the protocol's own. */
export const rustNats: Library = {
  name: 'nats.rs',
  modules,
  impliesService: true,
  isPlain: true,
  calls: {
    subscribe: subscribes(isNats),
    queue_subscribe: subscribes(isNats),
    publish: publishes(isNats),
    publish_request: requests(isNats),
    publish_with_reply: requests(isNats),
    publish_with_headers: publishes(isNats),
    request: requests(isNats),
    request_timeout: requests(isNats),
    request_multi: requests(isNats),
    request_with_headers: requests(isNats),
    send_request: requests(isNats),
  },
  mentions: { rid: ridOf(/^(async_nats|nats|guest|wascc_\w+)(::|$)|resgate/) },
};

function isNats(callee: Value, site: Site): boolean {
  const of = callee.k === 'method' ? callee.of : callee;
  if (of.k !== 'external') return seemsNats(callee, site, modules);
  const [module = '', name = ''] = of.origin.split('#');
  // Actors of waSCC reach NATS through their host.
  if (name === 'CapabilitiesContext.msg()') return true;
  // `async_nats::connect()` needs no `use`.
  const crate = module === '' ? (name.split('.', 1)[0] ?? '') : module;
  if (modules.test(crate)) return !/jetstream|kv|object_store|service/i.test(`${module}.${name}`);
  return module === '' && seemsNats(callee, site, modules);
}
