/**
 * Which part of the code may import which, held by `npm test`; the imports of types count too.
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or want a third that both need.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'vscode-at-the-edge',
      comment:
        'What the extension decides is tested without an editor: only ui/, shell/ and extension.ts may import vscode.',
      severity: 'error',
      from: { pathNot: '^src/(extension\\.ts|shell/|[^/]+/ui/)' },
      to: { path: '^vscode$' },
    },
    {
      name: 'nats-in-one-file',
      comment: 'The NATS client has a successor: one file knows it.',
      severity: 'error',
      from: { pathNot: '^src/connections/link/natsLink\\.ts$' },
      to: { path: '^(node_modules/)?nats(/|$)' },
    },
    {
      name: 'texts-in-one-file',
      comment: 'Pure code gets its texts from util/l10n.ts, to which the host hands the bundle.',
      severity: 'error',
      from: { pathNot: '^src/util/l10n\\.ts$' },
      to: { path: '^(node_modules/)?@vscode/l10n(/|$)' },
    },
    {
      name: 'pages-know-messages-only',
      comment:
        'A page shares with its host what they say to each other, and the table of the fields of a connection.',
      severity: 'error',
      from: { path: '^media/' },
      to: {
        path: '^src/',
        pathNot: '^src/([^/]+/\\w*[mM]essages|connections/profile/fields|util/[^/]+)\\.ts$',
      },
    },
    {
      name: 'the-scanner-is-given-its-languages',
      comment:
        'What it does with languages and libraries stands in their definitions; only the programs list them.',
      severity: 'error',
      from: {
        path: '^src/code/scanner/',
        pathNot: '^src/code/scanner/(languages/|libraries/|cli\\.ts$|worker/worker\\.ts$)',
      },
      to: {
        path: '^src/code/scanner/(languages|libraries)/',
        pathNot: '^src/code/scanner/(languages/(language|builtins)|libraries/library)\\.ts$',
      },
    },
    {
      name: 'the-host-knows-languages-as-data',
      comment: 'Of what the languages are, only what data.ts says of them is bundled for the host.',
      severity: 'error',
      from: { pathNot: '^src/code/scanner/' },
      to: {
        path: '^src/code/scanner/(languages|libraries)/',
        pathNot: '^src/code/scanner/languages/data\\.ts$',
      },
    },
    {
      name: 'languages-know-no-library',
      comment: 'What a language is stands apart from the libraries that its programs use.',
      severity: 'error',
      from: { path: '^src/code/scanner/languages/[^/]+/' },
      to: { path: '^src/code/scanner/libraries/' },
    },
    ...rooms({
      util: [],
      res: [],
      resets: ['res'],
      connections: ['resets', 'res'],
      history: ['resets', 'res'],
      code: ['res'],
      recovery: ['history', 'code/index', 'code/naming', 'connections', 'resets', 'res'],
      shell: [],
    }),
    {
      name: 'nothing-imports-the-start',
      severity: 'error',
      from: {},
      to: { path: '^src/extension\\.ts$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};

/** What each room, but for its ui/, may import of the others; every room may import util. */
function rooms(mayImport) {
  return Object.entries(mayImport).map(([room, others]) => ({
    name: `${room}-imports-${['util', ...others].join('-and-')}-only`,
    severity: 'error',
    from: { path: `^src/${room}/`, pathNot: '^src/[^/]+/ui/' },
    to: { path: '^src/', pathNot: `^src/(${[room, 'util', ...others].join('|')})/(?!ui/)` },
  }));
}
