import type { Site, Value } from '../../evaluate/value';
import type { CallShape, Library } from '../library';
import { ridOf } from '../rid';
import { type IsNats, publishes, requests, seemsNats, subscribes } from './subject';
import { indexOfArgument } from '../../languages/texts';

const modules = /^(nats|asyncio_nats|pynats|stan)(\.|$)/;

/** nats-py and its predecessors, used without a RES library: the subjects are the protocol's own. */
export const pythonNats: Library = {
  name: 'nats-py',
  modules,
  impliesService: true,
  isPlain: true,
  calls: {
    subscribe: bySubject(subscribes),
    subscribe_async: bySubject(subscribes),
    publish: bySubject(publishes),
    publish_request: bySubject(requests),
    request: bySubject(requests),
    timed_request: bySubject(requests),
    old_style_request: bySubject(requests),
  },
  mentions: { rid: ridOf(/^(nats|asyncio_nats|pynats)(\.|$)|(^|[._])(res_?client|resgate)/i) },
};

/** The subject is the first argument, or passed by its name. */
function bySubject(shape: (isNats: IsNats, index?: number) => CallShape): CallShape {
  return (callee, site, evaluator, report) => {
    shape(isNats, indexOfArgument(site, 'subject', 0))(callee, site, evaluator, report);
  };
}

function isNats(callee: Value, site: Site): boolean {
  if (callee.k !== 'method') return false;
  const { of } = callee;
  if (of.k !== 'external') return seemsNats(callee, site, modules);
  const [module = '', name = ''] = of.origin.split('#');
  if (module === '') return seemsNats(callee, site, modules);
  // Streams and buckets keep what others send; nobody answers there.
  return modules.test(module) && !/jetstream|key_value|object_store|\.js\b/i.test(`${module}.${name}`);
}
