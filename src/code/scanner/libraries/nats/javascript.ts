import type { Site, Value } from '../../evaluate/value';
import type { Library } from '../library';
import { publishes, requests, seemsNats, subscribes } from './subject';

/** The names of the packages. */
export const natsModules = /^(nats|nats\.ws|nats\.deno|ts-nats|websocket-nats|@nats-io\/[\w-]+)$/;

/** The nats clients, from version 1 on, used without a RES library: the subjects are the protocol's own. */
export const nats: Library = {
  name: 'nats',
  modules: natsModules,
  impliesService: true,
  isPlain: true,
  calls: {
    subscribe: subscribes(isNats),
    publish: publishes(isNats),
    request: requests(isNats),
    requestOne: requests(isNats),
    requestMany: requests(isNats),
  },
};

function isNats(callee: Value, site: Site): boolean {
  if (callee.k !== 'method') return false;
  const receiver = callee.of;
  if (receiver.k === 'external' && natsModules.test(receiver.origin.split('#', 1)[0] ?? '')) return true;
  return seemsNats(callee, site, natsModules);
}
