/** Functions that are called like methods of what they are given first. */
import type { Evaluator } from './evaluator';
import { extensionNamed } from './expressions';
import type { CallPlace, SourceFile } from '../files/sourceFile';
import type { Site, Value } from './value';

/** The function of the workspace that is called on a value like a method of it. */
export function extensionOf(of: Value, name: string, site: Site, evaluator: Evaluator): Value | undefined {
  const { file } = site;
  if (!file.language.isOneUnit || of.kind === 'class' || of.kind === 'module') return undefined;
  const { project, world } = evaluator;
  const key = extensionNamed(name);
  const count = file.call(site.call).args.length + 1;
  world.lookUp(key);
  for (const each of [file, ...project.declaring(key, file)]) {
    const binding = each.outline.scopes[0]?.names[key];
    if (binding?.kind !== 'values') continue;
    world.touch(each);
    const all = binding.values.flatMap((value) => (value.kind === 'function' ? [value.fn] : []));
    const fn = all.find((one) => takes(each, one, count));
    if (fn !== undefined) return { kind: 'function', file: each, fn };
  }
  return undefined;
}

/** What a call is made on that means a function with a receiver; undefined where that is among the arguments. */
export function receiverOf(
  { file, call, frame }: CallPlace & Partial<Pick<Site, 'frame'>>,
  evaluator: Evaluator,
): Value | undefined {
  const { callee } = file.call(call);
  if (callee.kind !== 'member' || callee.of.kind === 'self') return undefined;
  const of = evaluator.evaluate(callee.of, { file, frame });
  return of.kind === 'class' || of.kind === 'module' ? undefined : of;
}

/** Whether a function can be called with so many arguments. */
function takes({ outline }: SourceFile, fn: number, count: number): boolean {
  const params = outline.functions[fn]?.params ?? [];
  const needed = params.filter(({ fallback, isRest }) => !fallback && !isRest).length;
  return count >= needed && (count <= params.length || params.at(-1)?.isRest === true);
}
