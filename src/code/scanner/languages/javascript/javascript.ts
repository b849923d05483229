import { fromVsCode } from '../grammars';
import type { Language } from '../language';
import { javaScriptBuiltins } from './builtins';
import { handedOn } from './handedOn';
import { resolveImport } from './resolve';
import { translateJavaScript } from './translate';

const shared = {
  family: 'javascript',
  quotes: ["'", '"', '`'],
  ridKeys: ["'rid'", '"rid"', 'rid:'],
  translate: translateJavaScript,
  builtins: javaScriptBuiltins,
  resolve: resolveImport,
  hides: (name, outline) => name.startsWith('#') || !handedOn(outline).has(name),
} satisfies Partial<Language>;

/** JavaScript, with JSX. */
export const javascript: Language = {
  ...shared,
  name: 'javascript',
  extensions: { '.js': 'javascript', '.jsx': 'javascriptreact', '.mjs': 'javascript', '.cjs': 'javascript' },
  grammar: fromVsCode('javascript', '2014 Max Brunsfeld'),
};

/** TypeScript. */
export const typescript: Language = {
  ...shared,
  name: 'typescript',
  extensions: { '.ts': 'typescript', '.mts': 'typescript', '.cts': 'typescript' },
  grammar: fromVsCode('typescript', '2017 Max Brunsfeld'),
};

/** TypeScript with JSX, for which the grammar differs. */
export const tsx: Language = {
  ...shared,
  name: 'typescript',
  extensions: { '.tsx': 'typescriptreact' },
  grammar: fromVsCode('tsx', '2017 Max Brunsfeld'),
};
