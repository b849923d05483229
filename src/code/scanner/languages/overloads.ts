/** Methods and constructors in languages in which several can have one name. */
import type { Class } from '../outline/outline';
import type { Walker } from './walker';

/** Adds a method to its class: of several with one name it can't be told which is meant; the longest has what the others hand on. */
export function addMethod({ to }: Walker, cls: Class, name: string, fn: number): void {
  const { functions } = to.outline;
  const known = functions[cls.methods[name] ?? -1]?.params.length ?? -1;
  if ((functions[fn]?.params.length ?? 0) > known) cls.methods[name] = fn;
}

/** Adds a constructor to its class, of which the first counts. */
export function addConstructor(cls: Class, fn: number): void {
  if (!Object.hasOwn(cls.methods, 'new')) cls.methods.new = fn;
}
