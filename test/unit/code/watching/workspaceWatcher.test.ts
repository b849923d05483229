import assert from 'node:assert/strict';
import path from 'node:path';
import { WorkspaceIndex } from '../../../../src/code/index/workspaceIndex';
import type { Change, FileResult, ScanPart, ScanRequest } from '../../../../src/code/scanner/client/client';
import type { Fact } from '../../../../src/code/scanner/facts/fact';
import type { OpenDocument } from '../../../../src/code/watching/knownFiles';
import { WorkspaceWatcher } from '../../../../src/code/watching/workspaceWatcher';
import { silentLogger } from '../../../host/silentLogger';

const at = (name: string): string => path.resolve('/ws', name);

/** A workspace on a disk of its own; each line of a file is the pattern of a handler. */
class Workspace {
  readonly disk = new Map<string, string>();
  readonly documents: (OpenDocument & {
    text: string;
    version: number;
    isDirty: boolean;
    isShown: boolean;
  })[] = [];
  readonly index = new WorkspaceIndex();
  readonly log: string[] = [];
  readonly asked: string[] = [];
  readonly watcher: WorkspaceWatcher;
  maxFileSize = 1000;
  /** What the paths of files begin with that ignore files leave out. */
  leftOut: readonly string[] = [];
  /** What happens while a scan is under way. */
  duringScan: () => Promise<void> = () => Promise.resolve();
  ripgrepFails = false;
  readonly #texts = new Map<string, string>();
  readonly #told: (() => void)[] = [];

  constructor(files: Record<string, string> = {}) {
    for (const [name, text] of Object.entries(files)) this.disk.set(at(name), text);
    this.watcher = new WorkspaceWatcher({
      scanner: {
        setReading: () => undefined,
        apply: (changes) => Promise.resolve(this.#apply(changes)),
        scan: (request, onPart) => this.#scan(request, onPart),
      },
      index: this.index,
      logger: { ...silentLogger, info: (text) => this.log.push(text), error: (text) => this.log.push(text) },
      extensions: ['go'],
      files: {
        request: () => Promise.resolve({ searches: [], ripgrep: 'rg' }),
        all: () => {
          this.asked.push('all');
          return Promise.resolve([...this.disk.keys()]);
        },
        at: (file) => {
          this.asked.push(path.basename(file));
          const found = [...this.disk.keys()].filter(
            (one) => one === file || one.startsWith(file + path.sep),
          );
          return Promise.resolve(found);
        },
        exists: (file) => Promise.resolve(this.disk.has(file)),
        isLeftOut: (file) => this.leftOut.some((one) => file.startsWith(at(one))),
        ready: () => Promise.resolve(),
        forgetRules: () => undefined,
      },
      documents: () => this.documents,
      visible: () => this.documents.filter(({ isShown }) => isShown),
      reading: () => ({ maxFileSize: this.maxFileSize, encodings: [] }),
      showProgress: () => ({ report: () => undefined, end: () => undefined }),
    });
  }

  /** Shows a text in an editor. */
  open(name: string, text = this.disk.get(at(name)) ?? '', scheme = 'file') {
    const document = {
      uri: { fsPath: at(name), scheme },
      version: 1,
      isDirty: false,
      isShown: false,
      isClosed: false,
      text,
      getText: () => document.text,
    };
    this.documents.push(document);
    return document;
  }

  /** What is known of a file, once the scanner has been given something else. */
  async after(does: () => void): Promise<void> {
    const applied = new Promise<void>((resolve) => this.#told.push(resolve));
    does();
    await applied;
    await new Promise((resolve) => setImmediate(resolve));
  }

  patterns(name: string): string[] {
    return this.index.factsOf(at(name)).map(({ pattern }) => pattern);
  }

  #apply(changes: readonly Change[]): FileResult[] {
    for (const settle of this.#told.splice(0)) settle();
    for (const change of changes) {
      if ('text' in change) this.#texts.set(change.file, change.text);
      else this.#texts.delete(change.file);
    }
    return changes.map((change) => this.#resultOf(change));
  }

  #resultOf(change: Change): FileResult {
    const { file } = change;
    const text = 'removed' in change ? '' : (this.#texts.get(file) ?? this.disk.get(file) ?? '');
    const lines = text.split('\n').filter((line) => line !== '');
    const facts = lines.map((pattern, at): Fact => {
      const [service = ''] = pattern.split('.');
      return { kind: 'handler', pattern, service, line: at + 1, column: 1, language: 'go', library: 'nats' };
    });
    return { file, facts };
  }

  async #scan(request: ScanRequest, onPart: (part: ScanPart) => void): Promise<void> {
    if (this.ripgrepFails && 'searches' in request) throw new Error('no ripgrep');
    onPart({ results: this.#apply(request.open ?? []), share: 0 });
    const listed = 'files' in request ? request.files : [...this.disk.keys()];
    const results = listed.map((file) => this.#resultOf({ file, fromDisk: true }));
    await this.duringScan();
    onPart({ listed, results, share: 1 });
  }
}

describe('The watcher of a workspace', () => {
  it('knows all files after a scan, and what was typed into an open one', async () => {
    const ws = new Workspace({ 'a.go': 'library.a', 'b.go': 'library.b' });
    await ws.watcher.scanAll();
    assert.deepEqual([ws.patterns('a.go'), ws.patterns('b.go')], [['library.a'], ['library.b']]);
    const a = ws.open('a.go');
    Object.assign(a, { text: 'library.typed', version: 2, isDirty: true });
    await ws.after(() => {
      ws.watcher.edited(a);
    });
    assert.deepEqual(ws.patterns('a.go'), ['library.typed']);
  });

  it('gives the facts of the newest text to whoever asks for them, before it has gathered', async () => {
    const ws = new Workspace({ 'a.go': 'library.a' });
    const a = ws.open('a.go');
    Object.assign(a, { text: 'library.new', version: 2 });
    const facts = await ws.watcher.factsOf(a);
    assert.deepEqual(
      facts.map(({ pattern }) => pattern),
      ['library.new'],
    );
  });

  it('goes back to the disk when an edited document is closed', async () => {
    const ws = new Workspace({ 'a.go': 'library.a' });
    await ws.watcher.scanAll();
    const a = ws.open('a.go', 'library.typed');
    await ws.watcher.factsOf(a);
    await ws.after(() => {
      ws.watcher.closed(a);
    });
    assert.deepEqual(ws.patterns('a.go'), ['library.a']);
  });

  it('takes no older text, with which a file is compared, for the file', async () => {
    const ws = new Workspace({ 'a.go': 'library.a' });
    await ws.watcher.scanAll();
    const older = ws.open('a.go', 'library.old', 'git');
    const a = ws.open('a.go', 'library.typed');
    await ws.watcher.factsOf(a);
    await ws.after(() => {
      ws.watcher.settingsChanged();
    });
    ws.watcher.closed(older);
    assert.deepEqual(ws.patterns('a.go'), ['library.typed'], 'the settings changed');
    Object.assign(a, { version: 2 });
    await ws.watcher.factsOf(a);
    ws.watcher.closed(older);
    await ws.watcher.factsOf(ws.open('b.go'));
    assert.deepEqual(ws.patterns('a.go'), ['library.typed'], 'the diff was closed');
  });

  it('leaves out what is ignored until an ignore file changes, and shows it while it is open', async () => {
    const ws = new Workspace({ 'src/a.go': 'library.a', 'dist/a.go': 'library.a' });
    ws.leftOut = ['dist'];
    const places = (): (string | undefined)[] =>
      ws.index.get('library.a')?.handlers.map(({ file }) => path.relative(at(''), file)) ?? [];
    const src = path.normalize('src/a.go');
    await ws.watcher.scanAll();
    const facts = await ws.watcher.factsOf(ws.open('dist/a.go'));
    assert.deepEqual([facts.length, places()], [1, [src]]);
    ws.disk.set(at('dist/b.go'), 'library.a');
    ws.watcher.touched(at('dist/b.go'), true);
    await ws.after(() => {
      ws.watcher.touched(at('src/a.go'), true);
    });
    assert.deepEqual([ws.asked, places()], [[], [src]]);
    ws.leftOut = [];
    ws.watcher.touched(at('.gitignore'), true);
    const all = [path.normalize('dist/a.go'), path.normalize('dist/b.go'), src];
    const changed = new Promise<void>((resolve) => {
      ws.index.onDidChange(() => {
        if (places().length === all.length) resolve();
      });
    });
    await changed;
    assert.deepEqual(places(), all);
  });

  it('finds the files of a folder that was created, and forgets those of one that was deleted', async () => {
    const ws = new Workspace();
    ws.disk.set(at('service/a.go'), 'library.a');
    await ws.after(() => {
      ws.watcher.touched(at('service'), true);
    });
    assert.deepEqual(ws.patterns('service/a.go'), ['library.a']);
    ws.disk.clear();
    await ws.after(() => {
      ws.watcher.touched(at('service'), false);
    });
    assert.deepEqual(ws.patterns('service/a.go'), []);
  });

  it('does not look at what can be no source file', async () => {
    const ws = new Workspace({ 'a.go': 'library.a', 'b.md': 'text' });
    await ws.after(() => {
      ws.watcher.touched(at('b.md'), true);
      ws.watcher.touched(at('a.go'), true);
    });
    assert.deepEqual(ws.asked, ['a.go']);
  });

  it('looks for many new files all together', async () => {
    const names = Array.from({ length: 9 }, (_, at) => `${at}.go`);
    const ws = new Workspace(Object.fromEntries(names.map((name) => [name, 'library.a'])));
    await ws.after(() => {
      for (const name of names) ws.watcher.touched(at(name), true);
    });
    assert.deepEqual(ws.asked, ['all']);
    assert.deepEqual(ws.patterns('8.go'), ['library.a']);
  });

  it('keeps what was typed into a file that is deleted, and forgets what was only shown', async () => {
    const ws = new Workspace({ 'typed.go': 'library.a', 'shown.go': 'library.b' });
    await ws.watcher.scanAll();
    const [typed, shown] = [ws.open('typed.go', 'library.typed'), ws.open('shown.go')];
    typed.isDirty = true;
    await ws.watcher.factsOf(typed);
    await ws.watcher.factsOf(shown);
    ws.disk.clear();
    await ws.after(() => {
      ws.watcher.touched(at('typed.go'), false);
      ws.watcher.touched(at('shown.go'), false);
    });
    assert.deepEqual([ws.patterns('typed.go'), ws.patterns('shown.go')], [['library.typed'], []]);
    assert.deepEqual(await ws.watcher.factsOf(shown), [], 'an editor still shows it');
    Object.assign(shown, { version: 2, isDirty: true });
    assert.equal((await ws.watcher.factsOf(shown)).length, 1, 'somebody goes on with it');
  });

  it('keeps an open file whose deletion is reported after it was made again', async () => {
    const ws = new Workspace({ 'a.go': 'library.a' });
    await ws.watcher.scanAll();
    const a = ws.open('a.go', 'library.shown');
    await ws.watcher.factsOf(a);
    const other = at('b.go');
    ws.disk.set(other, 'library.b');
    await ws.after(() => {
      ws.watcher.touched(at('a.go'), false);
      ws.watcher.touched(other, true);
    });
    assert.deepEqual(ws.patterns('a.go'), ['library.shown']);
  });

  it('reads no text that is too long, and says so once', async () => {
    const ws = new Workspace();
    ws.maxFileSize = 12;
    const a = ws.open('a.go', 'library.long.name');
    assert.deepEqual(await ws.watcher.factsOf(a), []);
    a.version = 2;
    assert.deepEqual(await ws.watcher.factsOf(a), []);
    assert.deepEqual(ws.log, [`${at('a.go')}: 17 characters are more than the 12 that are read`]);
  });

  it('forgets a file that appeared and went while a scan went on that did not list it', async () => {
    const ws = new Workspace({ 'a.go': 'library.a' });
    ws.duringScan = async () => {
      ws.disk.set(at('b.go'), 'library.b');
      await ws.after(() => {
        ws.watcher.touched(at('b.go'), true);
      });
      ws.disk.delete(at('b.go'));
    };
    await ws.watcher.scanAll();
    assert.deepEqual([ws.patterns('a.go'), ws.patterns('b.go')], [['library.a'], []]);
  });

  it('keeps a file that appeared while a scan went on that did not list it', async () => {
    const ws = new Workspace({ 'a.go': 'library.a' });
    ws.duringScan = async () => {
      ws.disk.set(at('b.go'), 'library.b');
      await ws.after(() => {
        ws.watcher.touched(at('b.go'), true);
      });
    };
    await ws.watcher.scanAll();
    assert.deepEqual(ws.patterns('b.go'), ['library.b']);
  });

  it("scans the files that the editor finds where its ripgrep can't be used", async () => {
    const ws = new Workspace({ 'a.go': 'library.a' });
    ws.ripgrepFails = true;
    await ws.watcher.scanAll();
    assert.deepEqual(ws.patterns('a.go'), ['library.a']);
    assert.deepEqual(ws.log, [
      'Scanning failed: no ripgrep',
      "The workspace is scanned without the editor's ripgrep",
    ]);
  });

  it('hands over what is shown in an editor with the scan, before it looks for files', async () => {
    const ws = new Workspace({ 'a.go': 'library.a', 'b.go': 'library.b' });
    const [a] = [ws.open('a.go', 'library.typed'), ws.open('b.go', 'library.hidden')];
    a.isShown = true;
    const seen: unknown[] = [];
    ws.duringScan = () => {
      seen.push(ws.patterns('a.go'), ws.patterns('b.go'), ws.watcher.isWhole);
      return Promise.resolve();
    };
    ws.watcher.onDidBecomeWhole(() => seen.push('whole'));
    await ws.watcher.scanAll();
    assert.deepEqual(seen, [['library.typed'], [], false, 'whole']);
    assert.equal(ws.watcher.isWhole, true);
  });

  it('hands it over again where the scan did not get to it', async () => {
    const ws = new Workspace({ 'a.go': 'library.a' });
    ws.ripgrepFails = true;
    ws.open('a.go', 'library.typed').isShown = true;
    await ws.watcher.scanAll();
    assert.deepEqual(ws.patterns('a.go'), ['library.typed']);
  });
});
