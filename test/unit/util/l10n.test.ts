import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { getL10nPseudoLocalized } from '@vscode/l10n-dev';
import { patternProblemText } from '../../../src/res/pattern';
import { joined, msg, setBundle, t, textOf, verbatim, type Bundle } from '../../../src/util/l10n';
import type { Problem } from '../../../src/util/problem';
import { projectRoot } from '../../host/cache';
import { bundleFile, exportTexts } from '../../host/texts';

const parse = async (file: string): Promise<Bundle> => JSON.parse(await readFile(file, 'utf8')) as Bundle;

describe('the texts of another language', function () {
  this.timeout(30_000);

  afterEach(() => {
    setBundle({});
  });

  it('have a file to start from that is as the sources are: npm run texts', async () => {
    assert.equal(await readFile(bundleFile, 'utf8'), await exportTexts());
  });

  it('take the place of the English ones in what is made far from the editor', async () => {
    const bundle = await parse(bundleFile);
    const english = textOf(patternProblemText({ kind: 'emptyPart', offset: 8 }));
    setBundle(getL10nPseudoLocalized(bundle) as Bundle);
    const other = textOf(patternProblemText({ kind: 'emptyPart', offset: 8 }));
    assert.notEqual(other, english);
    assert.match(other, /9/);
    assert.ok(!other.includes('{0}'), other);
  });

  it('have a file for commands, settings and views, with each key that package.json names, and no other', async () => {
    const manifest = await readFile(path.join(projectRoot, 'package.json'), 'utf8');
    const used = [...manifest.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
    const texts = await parse(path.join(projectRoot, 'package.nls.json'));
    assert.ok(used.length > 50);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(texts).sort());
  });

  it('are needed for all that package.json shows', async () => {
    const manifest = JSON.parse(await readFile(path.join(projectRoot, 'package.json'), 'utf8')) as object;
    const shown =
      /^(title|category|description|markdownDescription|userDescription|displayName|label|contents|altText|name|errorMessage|pattern.*Message)$/;
    // Ids, and what a language model reads.
    const notShown = /\.(problemMatchers|languageModelTools)\.\d+\.(name$|inputSchema\.)/;
    const plain: string[] = [];
    const walk = (value: unknown, at: string): void => {
      if (typeof value === 'string') {
        const key = at.split('.').at(-1) ?? '';
        if (
          (shown.test(key) || /(enum|markdownEnum)Descriptions\.\d+$/.test(at)) &&
          !notShown.test(at) &&
          !/^%[\w.]+%$/.test(value)
        )
          plain.push(at);
      } else if (typeof value === 'object' && value !== null)
        for (const [key, one] of Object.entries(value)) walk(one, `${at}.${key}`);
    };
    const { contributes, capabilities } = manifest as { contributes: object; capabilities: object };
    walk(contributes, 'contributes');
    walk(capabilities, 'capabilities');
    assert.deepEqual(plain, []);
  });

  it('that are kept are made again in the language of another day, with all that stands in them', () => {
    const noun = msg('the active connection');
    const text = msg('Connection {0} in {1} cannot be used', noun, 'res.connections');
    assert.equal(textOf(text), 'Connection the active connection in res.connections cannot be used');
    setBundle({
      'Connection {0} in {1} cannot be used': '{1}: Verbindung {0} ist unbrauchbar',
      'the active connection': 'die aktive',
      'What somebody else said': 'Was wer sagte',
    });
    assert.equal(textOf(text), 'res.connections: Verbindung die aktive ist unbrauchbar');
    assert.equal(t('{0}!', noun), 'die aktive!');
    assert.equal(textOf(verbatim('What somebody else said')), 'What somebody else said');
  });

  it('that were shown are nothing to be kept, and what is to be kept says what it is', () => {
    const shown = (): string => t('The connection was lost');
    assert.equal(shown(), 'The connection was lost');
    // The compiler refuses each of these, or else says that what it expected is not there.
    // @ts-expect-error It is in the language of today.
    assert.ok(verbatim(t('The connection was lost')));
    // @ts-expect-error It would be in the language of today within one of another day.
    assert.ok(msg('Sent: {0}', t('The connection was lost')));
    // @ts-expect-error Nobody says whose words these are.
    const problem: Problem = { what: 'The connection was lost' };
    assert.ok(problem);
  });

  it('stand one after the other, each once', () => {
    const texts = [msg('Set {0}.', 'A'), verbatim('Set A.'), msg('Set {0}.', '{0}')];
    assert.equal(textOf(joined(texts, ' ')), 'Set A. Set {0}.');
    setBundle({ 'Set {0}.': '{0} setzen.' });
    assert.equal(textOf(joined(texts, ' ')), 'A setzen. Set A. {0} setzen.');
  });
});
