import { applied } from '../../evaluate/calls';
import type { Evaluator } from '../../evaluate/evaluator';
import { type Site, type Value, concat, textValue, unknownValue } from '../../evaluate/value';
import { withItems, withSettled } from '../callbacks';
import type { Builtins } from '../builtins';
import { type ListMethods, listResult } from '../lists';
import { type TextMethods, changedText, join, made, madeFrom, setBy } from '../texts';

/** Methods that hand on what they are called on, in another form. */
const same = new Set(
  (
    'unwrap expect clone cloned copied into to_string to_owned as_str as_ref as_mut as_deref as_bytes into_bytes to_vec ' +
    'borrow lock read write iter into_iter iter_mut ok ok_or ok_or_else map_err context with_context try_into get_ref ' +
    'into_inner inner trim into_boxed_str unwrap_or_default as_slice collect into_owned to_subject'
  ).split(' '),
);

/** Functions and variants that only hold what they are given. */
const holding =
  /(^|[#.])(Arc|Rc|Box|Mutex|RwLock|String|Some|Ok|Cow|Subject|Bytes|Lazy|LazyLock|OnceCell|Data|Value)(\.(new|from|from_static|clone|Borrowed|Owned|String))?$/;

/** A collection that is empty at first; a map is a list of pairs. */
const collections =
  /(^|[#.])(Vec|VecDeque|HashMap|BTreeMap|IndexMap|HashSet|BTreeSet)\.(new|with_capacity|default)$/;

/** One that is made of another one. */
const copies = /(^|[#.])(Vec|VecDeque|HashMap|BTreeMap|IndexMap|HashSet|BTreeSet)\.(from|from_iter)$/;

/** What Rust and its standard library do with texts and lists. */
export const rustBuiltins: Builtins = {
  name: 'rust',
  result(callee, site, evaluator) {
    if (callee.kind === 'external') return externalResult(callee.origin, site, evaluator);
    if (callee.kind !== 'method') return undefined;
    const { of, name } = callee;
    if (same.has(name)) return of.kind === 'unknown' && of.by === undefined ? undefined : of;
    // The default is the name that the code itself knows.
    if (name === 'unwrap_or' || name === 'unwrap_or_else')
      return of.kind === 'text' || of.kind === 'made' ? of : called(evaluator.argument(site, 0), evaluator);
    if (of.kind === 'text')
      return name === 'repeat' ? concat([unknownValue]) : changedText(of, name, textMethods);
    if (of.kind !== 'list') return undefined;
    if (name === 'join') return join(of, evaluator.argument(site, 0) ?? textValue(''), evaluator);
    if (name === 'concat') return join(of, textValue(''), evaluator);
    return listResult(of, name, site, evaluator, listMethods);
  },
  callback: (...given) => items(...given) ?? settled(...given),
};

const items = withItems(['for_each', 'map', 'flat_map', 'filter_map']);
const settled = withSettled(['and_then', 'map', 'then']);

const listMethods: ListMethods = {
  same: ['filter', 'rev', 'skip', 'take', 'peekable', 'drain', 'sorted', 'dedup', 'values_mut'],
  map: ['map', 'filter_map'],
  flatMap: ['flat_map'],
  flat: ['flatten'],
  concat: ['chain'],
  number: ['enumerate'],
};

function externalResult(origin: string, site: Site, evaluator: Evaluator): Value | undefined {
  if (
    /(^|[#.:])(serde_json[#.])?to_(vec|string|value|vec_pretty|string_pretty)$/.test(origin) &&
    origin.includes('serde_json')
  )
    return { kind: 'made', what: 'encoded', site };
  if (/(^|[#.:])env[#.:]+var$/.test(origin)) return setBy('env', evaluator.argument(site, 0));
  if (collections.test(origin)) return made('list', site);
  if (copies.test(origin)) return madeFrom('list', site, evaluator);
  return holding.test(origin) ? called(evaluator.argument(site, 0), evaluator) : undefined;
}

/** A closure's value, for what is only made when it is needed. */
function called(value: Value | undefined, evaluator: Evaluator): Value | undefined {
  return value?.kind === 'function' ? applied(value, undefined, evaluator) : value;
}

const textMethods: TextMethods = {
  same: [],
  lower: ['to_lowercase', 'to_ascii_lowercase'],
  upper: ['to_uppercase', 'to_ascii_uppercase'],
};
