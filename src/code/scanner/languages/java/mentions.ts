import type { Argument } from '../../outline/outline';
import type { OutlineBuilder } from '../../outline/outlineBuilder';

/** Methods that take a key and its value: of maps, and of what builds JSON. */
const keyed = new Set([
  'of',
  'put',
  'entry',
  'singletonMap',
  'add',
  'addProperty',
  'set',
  'with',
  'append',
  'field',
]);

/** Notes what is given to the key `rid` of a map or JSON object. */
export function readMentions(to: OutlineBuilder, name: string, args: readonly Argument[]): void {
  if (!keyed.has(name)) return;
  for (const [index, { value }] of args.entries()) {
    const given =
      index % 2 === 0 && value.kind === 'text' && value.text === 'rid' ? args[index + 1] : undefined;
    if (given) to.mention('rid', given);
  }
}
