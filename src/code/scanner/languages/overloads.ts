/** Methods and constructors in languages in which several can have one name. */
import type { Class } from '../outline/outline';
import type { Walker } from './walker';

/** Adds a method to its class. Of several with one name, the one with the most parameters counts: the others mostly call it. */
export function addMethod({ to }: Walker, cls: Class, name: string, fn: number): void {
  const { functions } = to.outline;
  const known = functions[cls.methods[name] ?? -1]?.params.length ?? -1;
  if ((functions[fn]?.params.length ?? 0) > known) cls.methods[name] = fn;
}

/** Adds a constructor to its class, of which the first counts. */
export function addConstructor(cls: Class, fn: number): void {
  if (!Object.hasOwn(cls.methods, 'new')) cls.methods.new = fn;
}
