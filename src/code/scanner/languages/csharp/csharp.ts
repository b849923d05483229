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
};
