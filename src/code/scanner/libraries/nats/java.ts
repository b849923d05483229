import type { Site, Value } from '../../evaluate/value';
import type { Library } from '../library';
import { ridOf, usesOneOf } from '../rid';
import { publishes, requests, seemsNats, subjectOf, subscribes } from './subject';

const modules = /^io\.nats\b/;

/** jnats, used without a RES library: the subjects are the protocol's own. */
export const jnats: Library = {
  name: 'jnats',
  modules,
  impliesService: true,
  isPlain: true,
  calls: {
    subscribe: subscribes(isNats),
    request: requests(isNats),
    requestWithTimeout: requests(isNats),
    publish: publishes(isNats),
    // `@Subject("…")` of Micronaut
    Subject(callee, site, evaluator, report) {
      const origin = callee.k === 'external' ? callee.origin : '';
      const [arg] = site.file.call(site.call).args;
      const value = evaluator.argument(site, 0);
      if (!origin.startsWith('io.micronaut.nats.') || !arg || !value) return;
      const subject = subjectOf(value, { value: arg.value, at: arg.at, in: site }, report);
      if (subject && subject.method !== 'event')
        report.handler(subject.name, subject.naming, [subject.method]);
    },
  },
  mentions: { rid: ridOf(/^io\.(nats|micronaut\.nats)\b/) },
};

function isNats(callee: Value, site: Site): boolean {
  if (callee.k !== 'method' || callee.of.k !== 'external') return seemsNats(callee, site, modules);
  const [module = '', name = ''] = callee.of.origin.split('#');
  // A stream keeps what others send; requests are answered by connections only.
  if (/jetStream|JetStream|KeyValue/.test(name)) return false;
  if (modules.test(module)) return true;
  if (/^(Connection|Dispatcher|Nats)\b/.test(name) && usesOneOf(site.file, modules)) return true;
  return seemsNats(callee, site, modules);
}
