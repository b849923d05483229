import assert from 'node:assert/strict';
import { bypassing, misused, shownSources, sourceOf, type Finding } from './shownTexts';

/** Files that make no texts for a person, and why. */
const makesNone: Readonly<Record<string, string>> = {
  'media/shared/dom.ts': 'the outlines of icons',
  'src/history/copyAs.ts': 'code and commands that are copied',
  'src/connections/link/natsLink.ts': 'the name of the client, which servers list',
  'src/connections/profile/secretDestination.ts': 'a key under which secrets are kept',
  'src/resets/ui/reportExport.ts': 'the columns of a table for programs',
  'src/shell/webviewHtml.ts': 'a page without text',
  'src/util/l10n.ts': 'where texts are looked up',
};

describe('the texts that a person reads', () => {
  it('go through l10n.t, as whole sentences that are made when they are needed', () => {
    const findings = shownSources()
      .filter((file) => !(file in makesNone))
      .flatMap((file) => {
        const source = sourceOf(file);
        return [...bypassing(file, source), ...misused(file, source)];
      });
    assert.deepEqual(findings, []);
  });

  const textsOf = (findings: readonly Finding[]): string[] => findings.map(({ text }) => text);
  const found = (code: string): string[] => [
    ...textsOf(bypassing('x.ts', code)),
    ...textsOf(misused('x.ts', code)).map((text) => text.replace(/:.*/s, '')),
  ];

  it('are found where they bypass it: two words anywhere, one word where it is shown', () => {
    assert.deepEqual(found(`const f = () => 'The connection was lost';`), ['The connection was lost']);
    assert.deepEqual(found('const f = (n: number) => `${n} resets`;'), ['\0 resets']);
    assert.deepEqual(found(`const f = () => ({ label: x ? 'Pinned' : l10n.t('Sent') });`), ['Pinned']);
    assert.deepEqual(found(`element.textContent = 'Undo';`), ['Undo']);
    assert.deepEqual(found(`void window.showInformationMessage(text, 'Undo');`), ['Undo']);
    assert.deepEqual(found(`void notifier.info(text, 'Undo');`), ['Undo']);
    assert.deepEqual(found(`add('pinned', () => 'Pinned', entry);`), ['Pinned']);
    assert.deepEqual(found(`const label = () => { if (x) return 'Today'; return 'Other'; };`), [
      'Today',
      'Other',
    ]);
  });

  it('are not found where nobody reads them: the log, keys, names and units', () => {
    assert.deepEqual(found('logger.warn(`The scanner crashed: ${why}`);'), []);
    assert.deepEqual(found(`throw new Error('This can not be');`), []);
    assert.deepEqual(found('const f = (n: number) => `RES: ${n} ms`;'), []);
    assert.deepEqual(found(`const lost = l10n.msg('The connection was lost');`), []);
    assert.deepEqual(found(`switch (word) { case 'two words': break; }`), []);
  });

  it('are found where they are no sentence for a translator', () => {
    const wrong: [string, string][] = [
      ['const f = (x) => l10n.t(`Lost ${x}`, x);', 'no literal'],
      [`const text = l10n.t('The connection was lost');`, 'made while the module is loaded'],
      [`const f = () => l10n.t('Lost ') + x;`, 'half a sentence'],
      [`const f = () => l10n.t('Lost: {0}');`, 'places and arguments differ'],
      [`const why = l10n.msg('Lost {0}', gone ? 'for good' : 'now');`, 'a word that is not translated'],
      [`const f = () => l10n.t('It {0} lost', one ? 'was' : 'were');`, 'a word that is not translated'],
    ];
    for (const [code, why] of wrong) assert.ok(found(code).includes(why), code);
  });
});
