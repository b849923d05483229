import type { Value } from '../../value';
import type { CallShape, Library } from '../language';

const home = /^(resclient|resgate-client)$/;

/** resclient, the JavaScript client of Resgate. */
export const resclient: Library = {
  name: 'resclient',
  modules: home,
  calls: Object.fromEntries(
    [
      'get',
      'subscribe',
      'call',
      'auth',
      'authenticate',
      'create',
      'setModel',
      'resourceOn',
      'resourceOff',
    ].map((name): [string, CallShape] => [
      name,
      (callee, site, evaluator, report) => {
        const arg = site.file.call(site.call).args[0];
        const value = evaluator.argument(site, 0);
        if (arg && value && isClient(callee)) report.reference(value, { ...arg, in: site });
      },
    ]),
  ),
  mentions: {
    rid: (value, naming, _evaluator, report) => {
      report.reference(value, naming);
    },
  },
};

function isClient(callee: Value): boolean {
  if (callee.k !== 'method') return false;
  const { of } = callee;
  if (of.k === 'external') {
    const module = of.origin.split('#', 1)[0] ?? '';
    // The script tag's global: `new resclient.default(…)`, `new ResClient(…)`
    return home.test(module) || /^#(resclient|ResClient)\b/.test(of.origin);
  }
  return false;
}
