import path from 'node:path';
import type { Disk, LanguageDefinition } from '../language';
import { javaScriptBuiltins } from './builtins';
import { nats } from './nats';
import { resclient } from './resclient';
import { translateJavaScript } from './translate';

const extensions = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts'];

/** How a subject of the protocol begins in a literal. */
const subjects = ["'", '"', '`'].flatMap((quote) =>
  ['get.', 'access.', 'call.', 'auth.'].map((kind) => quote + kind),
);

const shared = {
  family: 'javascript',
  sieve: ['nats', 'resclient', 'ResClient', 'resgate', 'rid:', "'rid'", '"rid"', '.subscribe(', ...subjects],
  translate: translateJavaScript,
  builtins: javaScriptBuiltins,
  libraries: [nats, resclient],
  siblings: (): readonly string[] => [],
  resolve,
} satisfies Partial<LanguageDefinition>;

/** JavaScript, with JSX. */
export const javascript: LanguageDefinition = {
  ...shared,
  name: 'javascript',
  extensions: ['.js', '.jsx', '.mjs', '.cjs'],
  grammar: 'javascript',
};

/** TypeScript. */
export const typescript: LanguageDefinition = {
  ...shared,
  name: 'typescript',
  extensions: ['.ts', '.mts', '.cts'],
  grammar: 'typescript',
};

/** TypeScript with JSX, for which the grammar differs. */
export const tsx: LanguageDefinition = {
  ...shared,
  name: 'typescript',
  extensions: ['.tsx'],
  grammar: 'tsx',
};

/** A relative import: with or without its extension, a folder's index, `./x.js` for `./x.ts`. */
function resolve(from: string, file: string, disk: Disk): readonly string[] | undefined {
  if (!/^\.{1,2}(\/|$)/.test(from)) return undefined;
  const target = path.resolve(path.dirname(file), from);
  const bare = target.replace(/\.[mc]?js$/, '');
  const candidates = [
    target,
    ...extensions.map((extension) => target + extension),
    ...(bare === target ? [] : extensions.map((extension) => bare + extension)),
    ...extensions.map((extension) => path.join(target, `index${extension}`)),
  ];
  const found = candidates.find((candidate) => path.extname(candidate) !== '' && disk.isFile(candidate));
  return found === undefined ? [] : [found];
}
