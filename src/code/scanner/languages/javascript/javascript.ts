import { extensionsOf } from '../../files/sourceExtensions';
import type { LanguageDefinition } from '../language';
import { javaScriptBuiltins } from './builtins';
import { nats } from './nats';
import { nest } from './nest';
import { clientModules, resclient } from './resclient';
import { resolveImport } from './resolve';
import { translateJavaScript } from './translate';

/** How a subject of the protocol begins in a literal. */
const subjects = ["'", '"', '`'].flatMap((quote) =>
  ['get.', 'access.', 'call.', 'auth.'].map((kind) => quote + kind),
);

/** How clients are called where it can't be seen what they are. */
const clientCalls = ['api', 'Api', 'client', 'Client', 'resgate'].flatMap((receiver) =>
  ['get', 'call', 'auth', 'create', 'setModel', 'resourceO', 'subscribe'].map(
    (name) => `${receiver}.${name}`,
  ),
);

const shared = {
  family: 'javascript',
  sieve: ['nats', 'resclient', 'ResClient', 'resgate', 'rid:', "'rid'", '"rid"', ...subjects],
  nearby: {
    modules: new RegExp(`^(nats|nats\\.ws|ts-nats|@nats-io/[\\w-]+)$|${clientModules.source}`),
    isFlat: false,
    sieve: ['.subscribe(', ...clientCalls],
  },
  translate: translateJavaScript,
  builtins: javaScriptBuiltins,
  libraries: [nats, nest, resclient],
  resolve: resolveImport,
} satisfies Partial<LanguageDefinition>;

/** JavaScript, with JSX. */
export const javascript: LanguageDefinition = {
  ...shared,
  name: 'javascript',
  extensions: extensionsOf.javascript,
  grammar: 'javascript',
};

/** TypeScript. */
export const typescript: LanguageDefinition = {
  ...shared,
  name: 'typescript',
  extensions: extensionsOf.typescript,
  grammar: 'typescript',
};

/** TypeScript with JSX, for which the grammar differs. */
export const tsx: LanguageDefinition = {
  ...shared,
  name: 'typescript',
  extensions: extensionsOf.tsx,
  grammar: 'tsx',
};
