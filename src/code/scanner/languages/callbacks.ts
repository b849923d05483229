import { someValue } from '../evaluate/collections/items';
import { isWrittenHere } from '../evaluate/collections/seeds';
import type { Site } from '../evaluate/value';
import type { Builtins } from './builtins';

/** The name of the choice between the items that a call goes over. */
export function loopAt({ file, call }: Site): string {
  return `each ${file.path} ${call}`;
}

/** For a language whose promises have methods (of these names) that call their argument with the result. */
export function withSettled(methods: readonly string[]): NonNullable<Builtins['callback']> {
  return (callee, _site, arg, param) =>
    callee.kind === 'method' && methods.includes(callee.name) && arg === 0 && param === 0
      ? callee.of
      : undefined;
}

/** For a language whose lists have methods (of these names) that call their argument with each item. */
export function withItems(methods: readonly string[]): NonNullable<Builtins['callback']> {
  return (callee, site, arg, param, evaluator) => {
    if (callee.kind !== 'method' || callee.of.kind !== 'list' || arg !== 0 || param !== 0) return undefined;
    if (!methods.includes(callee.name)) return undefined;
    const { callee: called } = site.file.call(site.call);
    const isWritten = called.kind === 'member' && isWrittenHere(called.of, site.file);
    return someValue(callee.of, loopAt(site), evaluator, isWritten);
  };
}
