import type { Value } from '../../value';
import type { CallShape, Library } from '../language';
import { namingOf } from '../subject';
import { csharpResName } from './names';

const methods = [
  'SubscribeAsync',
  'UnsubscribeAsync',
  'GetAsync',
  'CallAsync',
  'AuthAsync',
  'RegisterModelFactory',
  'RegisterCollectionFactory',
];

/** ResgateIO.Client, the .NET client of Resgate. */
export const resClient: Library = {
  name: 'ResgateIO.Client',
  modules: /^ResgateIO\.Client$/,
  calls: {
    ...Object.fromEntries(
      methods.map((name): [string, CallShape] => [
        name,
        (callee, site, evaluator, report) => {
          const naming = namingOf(site, 0);
          const value = evaluator.argument(site, 0);
          if (naming && value && isClient(callee)) report.reference(value, naming);
        },
      ]),
    ),
    ResRef(callee, site, evaluator, report) {
      const naming = namingOf(site, 0);
      const value = evaluator.argument(site, 0);
      const isRef = csharpResName(callee) === 'ResRef' && site.file.call(site.call).isNew;
      if (isRef && naming && value) report.reference(value, naming);
    },
  },
};

/** Whether a method is one of a client. Its setters give the client back. */
function isClient(callee: Value): boolean {
  if (callee.k !== 'method' || callee.of.k !== 'external') return false;
  const origin = callee.of.origin.replaceAll('()', '');
  return /(^|[#.])I?ResClient(\.Set\w+)*$/.test(origin);
}
