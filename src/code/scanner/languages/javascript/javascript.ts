import { extensionsOf } from '../../files/sourceExtensions';
import type { Language } from '../language';
import { javaScriptBuiltins } from './builtins';
import { handedOn } from './handedOn';
import { resolveImport } from './resolve';
import { translateJavaScript } from './translate';

const shared = {
  family: 'javascript',
  translate: translateJavaScript,
  builtins: javaScriptBuiltins,
  resolve: resolveImport,
  hides: (name, outline) => name.startsWith('#') || !handedOn(outline).has(name),
} satisfies Partial<Language>;

/** JavaScript, with JSX. */
export const javascript: Language = {
  ...shared,
  name: 'javascript',
  extensions: extensionsOf.javascript,
  grammar: 'javascript',
};

/** TypeScript. */
export const typescript: Language = {
  ...shared,
  name: 'typescript',
  extensions: extensionsOf.typescript,
  grammar: 'typescript',
};

/** TypeScript with JSX, for which the grammar differs. */
export const tsx: Language = {
  ...shared,
  name: 'typescript',
  extensions: extensionsOf.tsx,
  grammar: 'tsx',
};
