import type { Sees } from '../../files/fileLanguage';
import { fromVsCode } from '../grammars';
import type { Language } from '../language';
import { csharpBuiltins } from './builtins';
import { translateCSharp } from './translate';

const endsWithCs: Sees = (name) => name.endsWith('.cs');

/** C#. */
export const csharp: Language = {
  name: 'csharp',
  extensions: { '.cs': 'csharp' },
  grammar: fromVsCode('c-sharp', '2014-2023 Max Brunsfeld, Damien Guard, Amaan Qureshi, and contributors'),
  family: 'csharp',
  quotes: ['"'],
  ridKeys: ['"rid"', 'rid ='],
  translate: translateCSharp,
  builtins: csharpBuiltins,
  isOneUnit: true,
  sees: () => endsWithCs,
  resolve: () => undefined,
  outer,
};

/** The type or namespace that a type stands in. */
function outer(from: string): { from: string; member: string } | undefined {
  const dot = from.lastIndexOf('.');
  return dot < 0 ? undefined : { from: from.slice(0, dot), member: from.slice(dot + 1) };
}
