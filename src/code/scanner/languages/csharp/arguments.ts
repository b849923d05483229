import type { Argument } from '../../outline/outline';
import type { SyntaxNode } from '../../outline/syntax';
import { children, field } from '../../outline/walk';
import { located } from '../collections';
import type { Walker } from '../walker';

/** The arguments of a call, those that are passed by name included. */
export function readArguments(walk: Walker, list: SyntaxNode | undefined): Argument[] {
  return children(list)
    .filter(({ type }) => type.endsWith('argument'))
    .map((argument) => {
      const name = field(argument, 'name')?.text;
      const value = children(argument).at(-1) ?? argument;
      return { ...located(walk, value), ...(name !== undefined && { name }) };
    });
}
