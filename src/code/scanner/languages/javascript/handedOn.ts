import type { Outline } from '../../outline/outline';

const known = new WeakMap<Outline, ReadonlySet<string>>();

/** The names under which functions and fields of a module can be used outside of it: of what it exports, or holds as a value. */
export function handedOn(outline: Outline): ReadonlySet<string> {
  let names = known.get(outline);
  if (!names) known.set(outline, (names = find(outline)));
  return names;
}

function find({ scopes, functions, classes, calls, writes, mentions, exports }: Outline): Set<string> {
  const names = new Set(Object.keys(exports));
  const look = (part: object): void => {
    for (const [key, value] of Object.entries(part) as [string, unknown][]) {
      // A name that is read, the key of a record, a field that is written to.
      if (typeof value === 'string') {
        if (['name', 'key', 'field'].includes(key)) names.add(value);
      } else if (typeof value === 'number') {
        if (key === 'fn') names.add(functions[value]?.name ?? '');
      } else if (typeof value === 'object' && value !== null && key !== 'at' && key !== 'keyAt') look(value);
    }
  };
  for (const scope of scopes) {
    for (const binding of Object.values(scope.names))
      if (binding.kind === 'values') look(binding.values.filter(({ kind }) => kind !== 'function'));
  }
  for (const { callee, args } of calls) {
    if (callee.kind !== 'name') look(callee);
    for (const { value } of args) look([value]);
  }
  for (const { returns, params } of functions) look([returns, params.map(({ fallback }) => fallback)]);
  for (const { bases, fields, methods } of classes) {
    look([bases, fields]);
    for (const name of [...Object.keys(fields), ...Object.keys(methods)]) names.add(name);
  }
  for (const { of, field, value } of writes) look([of, { field }, value]);
  for (const { value } of mentions) look([value]);
  look(exports);
  return names;
}
