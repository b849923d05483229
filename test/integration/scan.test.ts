import assert from 'node:assert/strict';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commands, ConfigurationTarget, Uri, workspace, WorkspaceEdit } from 'vscode';
import { IndexProbe, sourceOf } from './indexProbe';
import { edit, lensTitles, openSource, revertAndClose, testFolder, writeSource } from './lensView';
import { setSettings } from './settings';
import { until } from './until';

describe('The index', function () {
  this.timeout(40_000);
  let probe: IndexProbe;
  const cleanUp: (() => unknown)[] = [];
  const at = (file: string): string => path.join(testFolder(), file);
  const otherFolder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';

  beforeEach(async () => {
    probe = await IndexProbe.open('one', 'two', 'three', 'four');
    await probe.untilKnown();
  });

  afterEach(async () => {
    await probe.close();
    for (const step of cleanUp.splice(0).reverse()) await step();
    await rm(at('src'), { recursive: true, force: true });
    await rm(path.join(otherFolder, 'more'), { recursive: true, force: true });
    await commands.executeCommand('res.rescanWorkspace');
  });

  it('follows files that are created, changed and deleted on disk', async () => {
    await writeSource('src/one.js', sourceOf('one'));
    await probe.untilKnown('one');
    await writeSource('src/two.ts', sourceOf('two'));
    await probe.untilKnown('one', 'two');
    await writeSource('src/one.js', sourceOf('three'));
    await probe.untilKnown('two', 'three');
    await rm(at('src/one.js'));
    await probe.untilKnown('two');
    await writeSource('src/one.js', '');
    await writeSource('src/one.js', sourceOf('one'));
    await probe.untilKnown('one', 'two');
  });

  it('follows files and folders that are renamed or moved on disk', async () => {
    // A folder of its own: one that was just removed and made again is not always watched by VS Code.
    cleanUp.push(() => rm(at('moved'), { recursive: true, force: true }));
    // Folder by folder: of several that are made at once, VS Code does not always watch the inner ones.
    await writeSource('moved/note.js', sourceOf('four'));
    await probe.untilKnown('four');
    await rm(at('moved/note.js'));
    await probe.untilKnown();
    await writeSource('moved/a/one.js', sourceOf('one'));
    await probe.untilKnown('one');
    await writeSource('moved/a/b/two.js', sourceOf('two'));
    await probe.untilKnown('one', 'two');
    await rename(at('moved/a/one.js'), at('moved/a/one.txt'));
    await probe.untilKnown('two');
    await rename(at('moved/a/one.txt'), at('moved/a/one.mjs'));
    await probe.untilKnown('one', 'two');
    await rename(at('moved/a'), at('moved/c'));
    await writeSource('moved/c/b/two.js', sourceOf('three'));
    await probe.untilKnown('one', 'three');
    await rm(at('moved/c'), { recursive: true });
    await probe.untilKnown();
  });

  it('follows what is done in the editor: renamed files and folders, deleted ones', async () => {
    await writeSource('src/a/one.js', sourceOf('one'));
    await writeSource('src/two.js', sourceOf('two'));
    await probe.untilKnown('one', 'two');
    const change = new WorkspaceEdit();
    change.renameFile(Uri.file(at('src/a')), Uri.file(at('src/z')));
    change.deleteFile(Uri.file(at('src/two.js')));
    change.createFile(Uri.file(at('src/three.js')), { contents: Buffer.from(sourceOf('three')) });
    assert.ok(await workspace.applyEdit(change));
    await probe.untilKnown('one', 'three');
    await writeSource('src/z/one.js', sourceOf('four'));
    await probe.untilKnown('three', 'four');
  });

  it('takes what is typed for true, and what is on disk once that is closed', async () => {
    await writeSource('src/one.js', sourceOf('one'));
    await probe.untilKnown('one');
    const document = await openSource('src/one.js');
    await edit(document, 'access.one', 'access.two');
    await probe.untilKnown('two');
    // A change on disk does not count while somebody edits the file.
    await writeSource('src/four.js', sourceOf('four'));
    await probe.untilKnown('two', 'four');
    await revertAndClose(document);
    await probe.untilKnown('one', 'four');
  });

  it('reads a file from disk again once it is closed', async () => {
    await writeSource('src/viewed.js', sourceOf('one'));
    await probe.untilKnown('one');
    const closed = new Promise<void>((resolve) => {
      const listening = workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.fsPath !== at('src/viewed.js')) return;
        listening.dispose();
        resolve();
      });
    });
    // A document that an extension opened stays open for minutes: this file is opened here alone, and not by one.
    await commands.executeCommand('vscode.open', Uri.file(at('src/viewed.js')));
    const document = await until(
      () => workspace.textDocuments.find(({ uri }) => uri.fsPath === at('src/viewed.js')),
      () => 'src/viewed.js to be open',
    );
    await edit(document, 'access.one', 'access.two');
    await probe.untilKnown('two');
    await revertAndClose(document);
    await closed;
    await writeSource('src/viewed.js', sourceOf('three'));
    await probe.untilKnown('three');
  });

  it('follows a file that is renamed while it is open and not saved', async () => {
    await writeSource('src/one.js', sourceOf('one'));
    const document = await openSource('src/one.js');
    await edit(document, 'access.one', 'access.two');
    await probe.untilKnown('two');
    const change = new WorkspaceEdit();
    change.renameFile(Uri.file(at('src/one.js')), Uri.file(at('src/moved.js')));
    assert.ok(await workspace.applyEdit(change));
    await probe.untilKnown('two');
    await revertAndClose(await openSource('src/moved.js'));
    await rm(at('src/moved.js'));
    await probe.untilKnown();
  });

  it('holds what stands in every folder of the workspace', async () => {
    await mkdir(path.join(otherFolder, 'more'), { recursive: true });
    await writeFile(path.join(otherFolder, 'more/one.js'), sourceOf('one'));
    await writeSource('src/two.js', sourceOf('two'));
    await probe.untilKnown('one', 'two');
    await rm(path.join(otherFolder, 'more/one.js'));
    await probe.untilKnown('two');
  });

  it('takes a folder in that is added to the workspace, and forgets it when it is removed', async () => {
    const third = path.join(path.dirname(testFolder()), `${path.basename(testFolder())}-third`);
    await mkdir(third);
    cleanUp.push(() => rm(third, { recursive: true }));
    await writeFile(path.join(third, 'one.js'), sourceOf('one'));
    const folders = workspace.workspaceFolders?.length ?? 0;
    assert.ok(workspace.updateWorkspaceFolders(folders, 0, { uri: Uri.file(third) }));
    await probe.untilKnown('one');
    await writeFile(path.join(third, 'two.js'), sourceOf('two'));
    await probe.untilKnown('one', 'two');
    assert.ok(workspace.updateWorkspaceFolders(folders, 1));
    await probe.untilKnown();
  });

  for (const setting of ['files.exclude', 'search.exclude']) {
    it(`leaves out what ${setting} excludes, live, for files that come later too`, async () => {
      await writeSource('src/one.js', sourceOf('one'));
      await writeSource('src/skip/two.js', sourceOf('two'));
      await probe.untilKnown('one', 'two');
      const restore = await setSettings({ [setting]: { '**/skip': true, '**/*.gen.js': true } });
      cleanUp.push(restore);
      await probe.untilKnown('one');
      await writeSource('src/three.gen.js', sourceOf('three'));
      await writeSource('src/skip/three.js', sourceOf('three'));
      await writeSource('src/skip/two.js', sourceOf('three'));
      await writeSource('src/four.js', sourceOf('four'));
      await probe.untilKnown('one', 'four');
      await restore();
      await probe.untilKnown('one', 'three', 'four');
    });
  }

  it('leaves out what one folder excludes in that folder alone', async () => {
    const files = workspace.getConfiguration('files', Uri.file(testFolder()));
    cleanUp.push(() => files.update('exclude', undefined, ConfigurationTarget.WorkspaceFolder));
    await files.update('exclude', { '**/more': true }, ConfigurationTarget.WorkspaceFolder);
    await mkdir(path.join(otherFolder, 'more'), { recursive: true });
    await writeFile(path.join(otherFolder, 'more/one.js'), sourceOf('one'));
    await writeSource('src/more/two.js', sourceOf('two'));
    await writeSource('src/three.js', sourceOf('three'));
    await probe.untilKnown('one', 'three');
  });

  it('reads files in the encodings in which the editor reads them', async () => {
    await writeSource('src/latin.js', Buffer.from(`// caf\u00e9\n${sourceOf('one')}`, 'latin1'));
    await writeSource('src/marked.js', Buffer.from(`\ufeff${sourceOf('two')}`, 'utf16le'));
    await writeSource('src/wide.js', Buffer.from(sourceOf('three'), 'utf16le'));
    await probe.untilKnown('one', 'two');
    const language = workspace.getConfiguration('files', {
      uri: Uri.file(testFolder()),
      languageId: 'javascript',
    });
    const set = (encoding: string | undefined): Thenable<void> =>
      language.update('encoding', encoding, ConfigurationTarget.WorkspaceFolder, true);
    cleanUp.push(() => set(undefined));
    await set('utf16le');
    await probe.untilKnown('two', 'three');
  });

  it('shows the facts of a file in a language of its own only', async () => {
    await writeSource('src/notes.txt', sourceOf('one'));
    await writeSource('src/two.js', sourceOf('two'));
    await probe.untilKnown('two');
    assert.deepEqual(await lensTitles(await openSource('src/notes.txt')), []);
  });
});
