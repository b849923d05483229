import assert from 'node:assert/strict';
import fc from 'fast-check';
import { globOf, matchesGlob } from '../../../../src/recovery/onSave/glob';
import { fill, readSaveRules, requestOf, type SaveRule } from '../../../../src/recovery/onSave/saveRule';
import { proposeRules } from '../../../../src/recovery/onSave/ruleProposals';
import { checkPattern } from '../../../../src/res/pattern';
import { said } from '../../said';

const rule = (files: string, ...resources: string[]): SaveRule => ({
  files,
  resources,
  access: [],
  serviceInFile: false,
});

describe('a glob', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['data/books/*.json', 'data/books/1.json', true],
    ['data/books/*.json', 'data/books/old/1.json', false],
    ['data/books/*.json', 'x/data/books/1.json', false],
    ['**/*.json', '1.json', true],
    ['**/*.json', 'a/b/1.json', true],
    ['data/**', 'data/a/b', true],
    ['**/books/*.json', 'data/books/1.json', true],
    ['*.{json,yaml}', 'a.yaml', true],
    ['*.{json,y?ml}', 'a.yaml', true],
    ['*.{json,yaml}', 'a.xml', false],
    ['a.json', 'abjson', false],
    ['a(b)+.json', 'a(b)+.json', true],
    ['a{b', 'a{b', true],
    ['[ab].json', 'b.json', true],
    ['[ab].json', 'c.json', false],
    ['data/*', 'data/.env', true],
    ['!a.json', 'b.json', false],
  ];
  for (const [glob, path, expected] of cases)
    it(`${glob} ${expected ? 'matches' : 'does not match'} ${path}`, () => {
      assert.equal(matchesGlob(glob, path), expected);
    });

  it('of a path matches that path, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((text) => !/[\n\r\u2028\u2029]/.test(text)),
        (path) => matchesGlob(globOf(path), path),
      ),
    );
  });
});

describe('a rule for saved files', () => {
  it('fills values from the path into its patterns', () => {
    const one = rule('data/books/*.json', 'library.book.${fileBasenameNoExtension}', 'library.books');
    assert.deepEqual(requestOf(one, 'data/books/42.json'), {
      ok: true,
      value: { resources: ['library.book.42', 'library.books'], access: [] },
    });
    assert.equal(requestOf(one, 'data/authors/42.json'), undefined);
    assert.deepEqual(fill('a.${fileDirnameBasename}.x', 'data/books/42.json'), {
      ok: true,
      value: 'a.books.x',
    });
  });

  for (const file of ['*.json', '>.json', 'a.b.json', 'a b.json', 'ä.json', 'x?.json', '.json.json'])
    it(`sends nothing for ${file}, whose name is not one part`, () => {
      const filled = requestOf(rule('**', 'library.book.${fileBasenameNoExtension}'), `data/${file}`);
      assert.match(filled?.ok === false ? said(filled.problem.why) : '', /not one part of a resource name/);
    });

  it('never makes a pattern of another shape than it is written in', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const filled = fill('library.${fileBasename}.x', `data/${name}`);
        if (!filled.ok) return;
        assert.equal(checkPattern(filled.value), undefined);
        assert.equal(filled.value.split('.').length, 3);
        assert.doesNotMatch(filled.value, /(^|\.)[*>](\.|$)/);
      }),
    );
  });

  it('is marked where it can’t be used, and the others still count', () => {
    const { rules, marked } = readSaveRules([
      { files: 'a/*.json', resources: 'library.books' },
      { files: 'b', resources: ['library..x'] },
      { files: 'c', resources: ['library.${file}'] },
      { files: 'd' },
      { resources: ['a'] },
      5,
      { files: 'e', serviceInFile: true, connection: 'dev' },
      { files: 'f', access: [5] },
    ]);
    assert.deepEqual(rules, [
      rule('a/*.json', 'library.books'),
      { files: 'e', resources: [], access: [], serviceInFile: true, connection: 'dev' },
    ]);
    assert.deepEqual(
      marked.map(({ rule: name }) => name),
      ['b', 'c', 'd', '5', '6', 'f'],
    );
    assert.match(said(marked[1]?.problem.remedy), /fileBasenameNoExtension/);
  });

  it('is proposed for a file by what the code serves', () => {
    const known = { definesService: false, patterns: ['library.book.*', 'library.books'] };
    assert.deepEqual(proposeRules('data/books/1.json', known), [
      { files: 'data/books/*.json', resources: ['library.book.${fileBasenameNoExtension}'] },
      { files: 'data/books/1.json', resources: ['library.book.*'] },
      { files: 'data/books/1.json', resources: ['library.books'] },
    ]);
    assert.deepEqual(proposeRules('service.js', { definesService: true, patterns: [] }), [
      { files: 'service.js', serviceInFile: true },
    ]);
    assert.equal(proposeRules('1.json', known)[0]?.files, '*.json');
  });
});
