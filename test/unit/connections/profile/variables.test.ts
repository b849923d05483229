import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import {
  replaceVariables,
  resolvePath,
  type SettingPlace,
  type VariableContext,
} from '../../../../src/connections/profile/variables';
import { said } from '../../said';

const api = { name: 'api', path: '/work space/api' };
const web = { name: 'web', path: '/projects/web' };
const inFolder: SettingPlace = { kind: 'folder', folder: api };
const inUser: SettingPlace = { kind: 'user' };

function context(more: Partial<VariableContext> = {}): VariableContext {
  return {
    env: { USER: 'ann', CERTS: '/etc/certs', EMPTY: '', TRICKY: '${env:USER} $USER ~ $&' },
    home: '/home/ann',
    folders: [api],
    place: inFolder,
    ...more,
  };
}

function replaced(text: string, more?: Partial<VariableContext>): string {
  const result = replaceVariables(text, context(more));
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

function pathOf(text: string, more?: Partial<VariableContext>): string {
  const result = resolvePath(text, context(more));
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

function refusal(text: string, more?: Partial<VariableContext>, replace = resolvePath): string {
  const result = replace(text, context(more));
  assert.ok(!result.ok, JSON.stringify(result));
  return `${said(result.problem.why)}. ${said(result.problem.remedy)}`;
}

describe('Variables in a connection', () => {
  it('are replaced in any text', () => {
    assert.equal(replaced('${env:USER}@${workspaceFolder}'), 'ann@/work space/api');
    assert.equal(replaced('${workspaceFolder:web}', { folders: [api, web] }), '/projects/web');
    assert.equal(replaced('${userHome}/x'), '/home/ann/x');
    assert.equal(replaced('~/x'), '/home/ann/x');
    assert.equal(replaced('~'), '/home/ann');
    assert.equal(replaced('a~/x $USER ~x'), 'a~/x $USER ~x');
  });

  it('bring in what they hold as it is', () => {
    assert.equal(replaced('<${env:TRICKY}>'), '<${env:USER} $USER ~ $&>');
    assert.equal(pathOf('/x/${env:TRICKY}'), '/x/${env:USER} $USER ~ $&');
  });

  it('that are not set, or empty, are named', () => {
    assert.match(refusal('${env:NOT_THERE}/x'), /environment variable NOT_THERE is not set/);
    assert.match(refusal('$NOT_THERE/x'), /environment variable NOT_THERE is not set/);
    assert.match(refusal('${env:EMPTY}', {}, replaceVariables), /environment variable EMPTY is empty/);
    for (const inherited of ['constructor', '__proto__', 'toString'])
      assert.match(refusal(`\${env:${inherited}}`), new RegExp(`${inherited} is not set`));
  });

  it('that do not exist are named, with those that do', () => {
    assert.match(refusal('${config:x}/ca.pem'), /unknown variable \$\{config:x\}.*\$\{env:NAME\}/);
    assert.match(refusal('${workspaceRoot}', {}, replaceVariables), /workspaceRoot/);
  });

  it('mean the one open folder, or a folder’s own in its own settings', () => {
    const both = { folders: [api, web] };
    assert.equal(replaced('${workspaceFolder}', { place: inUser }), '/work space/api');
    assert.equal(
      replaced('${workspaceFolder}', { ...both, place: { kind: 'folder', folder: web } }),
      web.path,
    );
    assert.equal(
      replaced('${workspaceFolder}', { place: { kind: 'workspaceFile', folder: '/x' } }),
      '/work space/api',
    );
  });

  it('refuse a bare ${workspaceFolder} where there are several, and name them', () => {
    for (const place of [inUser, { kind: 'workspaceFile', folder: '/x' }] as const) {
      const text = refusal('${workspaceFolder}/ca.pem', { folders: [api, web], place });
      assert.match(
        text,
        /ambiguous in a workspace with several folders.*\$\{workspaceFolder:NAME\}.*api, web/,
      );
    }
  });

  it('tell a folder that is not open, is open twice, or is not on a disk', () => {
    assert.match(refusal('${workspaceFolder}', { folders: [], place: inUser }), /no folder is open/);
    assert.match(refusal('${workspaceFolder:db}'), /no open folder is named "db".*folders are open: api/);
    assert.match(
      refusal('${workspaceFolder:api}', { folders: [api, api] }),
      /several open folders are named/,
    );
    const place: SettingPlace = { kind: 'folder', folder: { name: 'cloud' } };
    assert.match(refusal('${workspaceFolder}', { place }), /the folder cloud is not on a disk/);
    assert.match(refusal('ca.pem', { place }), /the folder cloud is not on a disk/);
  });

  it('are the environment’s by a plain name too, in paths only', () => {
    assert.equal(pathOf('$CERTS/ca.pem'), '/etc/certs/ca.pem');
    assert.equal(pathOf('${CERTS}/ca.pem'), '/etc/certs/ca.pem');
    assert.equal(pathOf('${env:CERTS}/ca.pem'), '/etc/certs/ca.pem');
    assert.equal(pathOf('$HOME_CERTS', { env: { HOME_CERTS: '~/certs' } }), '/home/ann/certs');
    assert.equal(pathOf('/costs/5$/ca.pem'), '/costs/5$/ca.pem');
  });
});

describe('A relative path', () => {
  it('starts at the workspace folder, or at the folder of the .code-workspace file', () => {
    assert.equal(pathOf('certs/ca.pem'), '/work space/api/certs/ca.pem');
    assert.equal(pathOf('../ca.pem'), '/work space/ca.pem');
    assert.equal(
      pathOf('ca.pem', { folders: [api, web], place: { kind: 'workspaceFile', folder: '/team' } }),
      '/team/ca.pem',
    );
  });

  it('is refused in user settings, and in a workspace that is not saved', () => {
    assert.match(refusal('certs/ca.pem', { place: inUser }), /relative path.*user settings.*~/);
    assert.match(
      refusal('ca.pem', { place: { kind: 'workspaceFile' } }),
      /before the workspace is saved to a file/,
    );
    assert.equal(pathOf('~/ca.pem', { place: inUser }), '/home/ann/ca.pem');
  });
});

describe('Any text', () => {
  const places = fc.constantFrom<SettingPlace>(
    inUser,
    inFolder,
    { kind: 'workspaceFile' },
    { kind: 'workspaceFile', folder: '/team' },
  );
  const contexts = fc.record({
    env: fc.dictionary(fc.stringMatching(/^[A-Z]{1,3}$/), fc.string()),
    home: fc.constant('/home/ann'),
    folders: fc.subarray([api, web]),
    place: places,
  });
  const pieces = fc.oneof(
    fc.string(),
    fc.constantFrom('${workspaceFolder}', '${workspaceFolder:web}', '${userHome}', '~', '/', '${', '}', '$'),
    fc.stringMatching(/^\$\{env:[A-Z]{1,3}\}$/),
  );
  const texts = fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join(''));

  it('without a variable or a ~ stays as it is', () => {
    fc.assert(
      fc.property(texts, contexts, (text, where) => {
        fc.pre(!/\$\{[^}]*\}|^~/.test(text));
        assert.deepEqual(replaceVariables(text, where), { ok: true, value: text });
      }),
    );
  });

  it('becomes an absolute path, or is refused with a reason and a remedy', () => {
    fc.assert(
      fc.property(texts, contexts, (text, where) => {
        const result = resolvePath(text, where);
        if (result.ok) assert.ok(path.isAbsolute(result.value), result.value);
        else assert.ok(said(result.problem.why) !== '' && said(result.problem.remedy) !== '');
      }),
    );
  });

  it('is refused without showing what a variable holds', () => {
    const secret = 'hunter2-not-to-be-seen';
    fc.assert(
      fc.property(texts, contexts, (text, where) => {
        const env = Object.fromEntries(Object.keys(where.env).map((name) => [name, secret]));
        for (const replace of [replaceVariables, resolvePath]) {
          const result = replace(text, { ...where, env });
          if (!result.ok) assert.ok(!JSON.stringify(result).includes(secret));
        }
      }),
    );
  });
});
