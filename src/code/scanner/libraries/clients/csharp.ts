import type { Value } from '../../evaluate/value';
import type { CallShape, Library } from '../library';
import { referTo } from '../arguments';
import { csharpResName } from '../resgateIo';
import { asked } from './clientRequest';

/** What a client does with a resource ID: `SubscribeAsync`, `GetModel`, `CallForPayload`, … */
const methods = [
  'Subscribe',
  'SubscribeModel',
  'SubscribeCollection',
  'Unsubscribe',
  'Get',
  'GetModel',
  'GetCollection',
  ...['Call', 'Auth'].flatMap((verb) =>
    ['', 'ForModel', 'ForCollection', 'ForPayload', 'ForRawPayload', 'ForStringPayload'].map(
      (what) => verb + what,
    ),
  ),
].flatMap((name) => [name, `${name}Async`]);

/** The .NET clients of Resgate: ResgateIO.Client, and others that are called so. */
export const resClient: Library = {
  name: 'ResgateIO.Client',
  family: 'csharp',
  sieve: ['ResClient'],
  modules: /^(ResgateIO\.Client|Resgate(\.\w+)*|ResgateClient)$/,
  calls: {
    ...Object.fromEntries(
      [...methods, 'RegisterModelFactory', 'RegisterCollectionFactory'].map((name): [string, CallShape] => [
        name,
        (callee, site, evaluator, report) => {
          if (isClient(callee)) referTo(site, 0, evaluator, report, (rid) => asked(name, rid));
        },
      ]),
    ),
    ResRef(callee, site, evaluator, report) {
      const isRef = csharpResName(callee) === 'ResRef' && site.file.call(site.call).isNew;
      if (isRef) referTo(site, 0, evaluator, report);
    },
  },
};

/** Whether a method is one of a client. Its setters give the client back. */
function isClient(callee: Value): boolean {
  if (callee.kind !== 'method' || callee.of.kind !== 'external') return false;
  const origin = callee.of.origin.replaceAll('()', '');
  return /(^|[#.])(I?Res(gate)?Client|Resgate\.I?Client)(\.Set\w+)*$/.test(origin);
}
