import type { KnownFunctions } from './knownFunctions';
import { type Move, Mover, type Numbers, addPieces } from './moveOutline';
import type { Binding, Outline } from './outline';
import { OutlineBuilder, emptyOutline } from './outlineBuilder';

/** Where the numbers of a part start: those of the parts before it come first. */
interface Base {
  readonly scope: number;
  readonly fn: number;
  readonly cls: number;
  readonly call: number;
}

/** What one part of a file says, numbered as it stands in the file's outline. */
export interface OutlinePart {
  readonly base: Base;
  /** The top-level scope and code of the part alone, and all that is only of this part. */
  readonly outline: Outline;
}

/** Outlines the next part of a file into the outline of the whole; `read` does not see what the parts before it declare. */
export function outlinePart(
  whole: Outline,
  read: (builder: OutlineBuilder) => void,
  known?: KnownFunctions,
): OutlinePart {
  const base = baseOf(whole);
  const { scopes, functions, classes, calls, writes, mentions } = whole;
  const own = emptyOutline();
  const [[top], [code]] = [scopes, functions];
  const [[ownTop], [ownCode]] = [own.scopes, own.functions];
  if (!top || !code || !ownTop || !ownCode) throw new Error('An outline has no top level');
  const starts = { writes: writes.length, mentions: mentions.length };
  scopes[0] = ownTop;
  functions[0] = ownCode;
  const builder = new OutlineBuilder({ ...own, scopes, functions, classes, calls, writes, mentions }, known);
  read(builder);
  scopes[0] = top;
  functions[0] = code;
  const outline = {
    ...builder.outline,
    scopes: [ownTop, ...scopes.slice(base.scope + 1)],
    functions: [ownCode, ...functions.slice(base.fn + 1)],
    classes: classes.slice(base.cls),
    calls: calls.slice(base.call),
    writes: writes.slice(starts.writes),
    mentions: mentions.slice(starts.mentions),
  };
  addTopLevel(whole, outline);
  return { base, outline };
}

/** Adds a part that was outlined before; what neither moved nor has other numbers now is taken as it is. */
export function addPart(whole: Outline, { base, outline }: OutlinePart, moved: Move): void {
  const now = baseOf(whole);
  const isSame = isSameBase(base, now) && moved.offset === 0 && moved.lines === 0;
  const mover = isSame ? undefined : new Mover(numbersOf(base, now), moved);
  const { scopes, functions, ...pieces } = mover?.pieces(outline) ?? outline;
  addTopLevel(whole, { ...outline, scopes, exports: mover?.exports(outline.exports) ?? outline.exports });
  addPieces(whole, { ...pieces, scopes: scopes.slice(1), functions: functions.slice(1) });
}

/** The file's own scope and code keep their number, and -1 stands for none. */
function numbersOf(base: Base, now: Base): Numbers {
  const own = (was: number, is: number) => (number: number) => (number > 0 ? number + is - was : number);
  const all = (was: number, is: number) => (number: number) => number + is - was;
  return {
    scope: own(base.scope, now.scope),
    fn: own(base.fn, now.fn),
    cls: all(base.cls, now.cls),
    call: all(base.call, now.call),
  };
}

function isSameBase(a: Base, b: Base): boolean {
  return a.scope === b.scope && a.fn === b.fn && a.cls === b.cls && a.call === b.call;
}

/** The file's own scope and code are the first of every part. */
function baseOf({ scopes, functions, classes, calls }: Outline): Base {
  return {
    scope: scopes.length - 1,
    fn: functions.length - 1,
    cls: classes.length,
    call: calls.length,
  };
}

function addTopLevel(
  whole: Outline,
  {
    unit,
    namespace,
    scopes: [scope],
    opened,
    exports,
  }: Pick<Outline, 'unit' | 'namespace' | 'scopes' | 'opened' | 'exports'>,
): void {
  if (unit !== undefined) whole.unit = unit;
  if (namespace !== undefined) whole.namespace = namespace;
  whole.opened.push(...opened);
  Object.assign(whole.exports, exports);
  const top = whole.scopes[0]?.names ?? {};
  for (const [name, added] of Object.entries<Binding>(scope?.names ?? {})) {
    const known = top[name];
    if (known?.kind === 'values' && added.kind === 'values') {
      known.values.push(...added.values);
      const type = known.type ?? added.type;
      if (type) known.type = type;
    } else if (known?.kind !== 'import') {
      // The next part adds to the whole, not to this one.
      top[name] = added.kind === 'values' ? { ...added, values: [...added.values] } : added;
    }
  }
}
