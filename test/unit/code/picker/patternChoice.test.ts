import assert from 'node:assert/strict';
import type { Candidate } from '../../../../src/code/index/candidates';
import { WorkspaceIndex } from '../../../../src/code/index/workspaceIndex';
import { PatternChoice, type PickerRows } from '../../../../src/code/picker/patternChoice';
import type { Fact } from '../../../../src/code/scanner/facts/fact';

const handler = (pattern: string): Fact => ({
  kind: 'handler',
  pattern,
  service: 'library',
  line: 1,
  column: 1,
  language: 'go',
  library: 'go-res',
});

/** A picker in front of a person, in a workspace that serves a few patterns. */
function setUp({ patterns = ['library.book.*', 'library.author.*'] } = {}) {
  const index = new WorkspaceIndex();
  const know = (names: readonly string[]): void => {
    index.update([{ file: '/ws/main.go', facts: names.map(handler) }]);
  };
  know(patterns);
  const view = {
    text: '',
    active: undefined as Candidate | undefined,
    title: '',
    rows: { offer: { candidates: [], leftOut: 0 }, chosen: [], isSeveral: false } as unknown as PickerRows,
    showRows: (rows: PickerRows) => {
      view.rows = rows;
      view.active = rows.active;
    },
    showTitle: (title: string) => {
      view.title = title;
    },
  };
  const choice = new PatternChoice({ known: { index }, recent: () => [] }, 'resources', 'local', view);
  /** Resolves when the rows for the text are shown: on a busy machine that can take a moment. */
  const type = async (text: string): Promise<void> => {
    const { showRows } = view;
    const shown = new Promise<void>((resolve) => {
      view.showRows = (rows) => {
        showRows(rows);
        resolve();
      };
    });
    view.text = text;
    choice.refresh();
    await shown;
    view.showRows = showRows;
  };
  const row = (label: string): Candidate => {
    const all = [...view.rows.chosen, ...view.rows.offer.candidates];
    const found = all.find((one) => (one.kind === 'part' ? one.text : one.patterns[0]) === label);
    assert.ok(found, `${label} is offered`);
    return found;
  };
  const chosen = (): unknown[] =>
    view.rows.chosen.map((one) => (one.kind === 'part' ? one.text : one.patterns));
  return { choice, view, type, row, chosen, know };
}

describe('The picker of patterns', () => {
  it('says in its title what Enter would send, and sends that', async () => {
    const { choice, view, type, row } = setUp();
    await type('library.book.42');
    view.active = row('library.book.42');
    choice.showMessage();
    assert.equal(view.title, 'Reset resources on local — {"resources":["library.book.42"]}');
    assert.deepEqual(await choice.accept(), { resources: ['library.book.42'] });
  });

  it('goes through the lists: resources, access, both', async () => {
    const { choice, view, type } = setUp();
    await type('library.>');
    choice.switchLists();
    assert.equal(view.title, 'Reset access on local — {"access":["library.>"]}');
    choice.switchLists();
    const both = '{"resources":["library.>"],"access":["library.>"]}';
    assert.equal(view.title, `Reset resources and access on local — ${both}`);
    assert.deepEqual(await choice.accept(), { resources: ['library.>'], access: ['library.>'] });
    choice.switchLists();
    assert.equal(view.title, 'Reset resources on local — {"resources":["library.>"]}');
  });

  it('keeps what was ticked for other texts, and sends all of it', async () => {
    const { choice, type, row, chosen } = setUp();
    choice.switchSeveral();
    await type('library.book.1');
    choice.tick([row('library.book.1')]);
    await type('library.author');
    assert.deepEqual(chosen(), [['library.book.1']]);
    choice.tick([row('library.book.1'), row('library.author.*')]);
    assert.deepEqual(await choice.accept(), { resources: ['library.book.1', 'library.author.*'] });
  });

  it('drops what is ticked off, and sends the active row where nothing is ticked', async () => {
    const { choice, view, type, row, chosen } = setUp();
    choice.switchSeveral();
    await type('library.book.1');
    choice.tick([row('library.book.1')]);
    await type('library.author');
    choice.tick([]);
    await type('library.>');
    assert.deepEqual(chosen(), []);
    view.active = row('library.>');
    assert.deepEqual(await choice.accept(), { resources: ['library.>'] });
  });

  it('sends nothing beside a text that is no pattern, not even what was ticked', async () => {
    const { choice, view, type, row, chosen } = setUp();
    choice.switchSeveral();
    await type('library.book.1');
    choice.tick([row('library.book.1')]);
    await type('a b?');
    assert.equal(view.title, 'Reset resources on local');
    assert.deepEqual(chosen(), []);
    assert.equal(await choice.accept(), undefined);
    await type('');
    assert.deepEqual(chosen(), [['library.book.1']], 'it is there again with the next text');
  });

  it('sends only the active row again after several are no longer wanted', async () => {
    const { choice, view, type, row } = setUp();
    choice.switchSeveral();
    await type('library.book.1');
    choice.tick([row('library.book.1')]);
    choice.switchSeveral();
    assert.equal(view.rows.isSeveral, false);
    await type('library.>');
    view.active = row('library.>');
    assert.deepEqual(await choice.accept(), { resources: ['library.>'] });
  });

  it('continues the text by a part that is accepted, ticked, or completed by its key', async () => {
    const { choice, view, type } = setUp({ patterns: ['library.book.*.page', 'library.book.*.note'] });
    await type('lib');
    view.active = { kind: 'part', text: 'library.' };
    assert.equal(await choice.accept(), undefined);
    assert.equal(view.text, 'library.');
    choice.switchSeveral();
    choice.tick([undefined, { kind: 'part', text: 'library.book.' }]);
    assert.equal(view.text, 'library.book.');
    await type('lib');
    view.active = { kind: 'part', text: 'library.book.' };
    choice.takePart();
    assert.equal(view.text, 'library.');
  });

  it('follows what becomes known, and stays on the row where the person is', async () => {
    const { choice, view, type, row, know } = setUp();
    await type('library');
    view.active = row('library.book.*');
    const shown = new Promise<void>((resolve) => {
      const { showRows } = view;
      view.showRows = (rows) => {
        showRows(rows);
        resolve();
      };
    });
    know(['library.author.*', 'library.book.*', 'library.a.new']);
    await shown;
    row('library.a.new');
    assert.equal(view.active.kind === 'pattern' && view.active.patterns[0], 'library.book.*');
    choice.dispose();
  });
});
