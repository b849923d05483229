import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  commands,
  debug,
  extensions,
  lm,
  Position,
  tasks,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  type LanguageModelTextPart,
  type TaskExecution,
  type TextDocument,
} from 'vscode';
import type { ResApi, ResResetOutcome } from '../../src/recovery/extensionApi';
import { maxGatherMs, quietMs } from '../../src/recovery/gather';
import { projectRoot } from '../host/cache';
import { connectClient } from '../host/client';
import { startService } from '../host/service';
import { afterBookChanged } from './apiExample';
import { extensionLog, storedResets } from './editorData';
import { listenToResets, type ResetBus } from './resetBus';
import { setSettings } from './settings';
import { until } from './until';

const natsUrl = process.env['RES_TEST_NATS'] ?? '';
const gatewayUrl = process.env['RES_TEST_GATEWAY'] ?? '';

describe('Resets that follow the developer’s work', function () {
  this.timeout(90_000);
  let bus: ResetBus;
  let restore: () => Promise<void>;
  let folder = '';
  const file = (...parts: string[]): string => path.join(folder, ...parts);
  const connect = (connection: string): Thenable<unknown> =>
    commands.executeCommand('res.resetResources', { resources: 'nothing.here', connection });
  const sent = async (): Promise<{ resources?: string[] }[]> =>
    (await bus.resets()) as { resources?: string[] }[];

  before(async () => {
    folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    restore = await setSettings({
      'res.connections': [{ name: 'main', servers: [natsUrl] }],
      'files.autoSave': 'off',
      'res.resetOnSave': [
        { files: 'data/books/*.json', resources: ['library.book.${fileBasenameNoExtension}'] },
      ],
    });
    await connect('main');
    bus = await listenToResets(natsUrl);
  });

  after(async () => {
    await commands.executeCommand('res.pauseAutomaticResets');
    await commands.executeCommand('res.disconnect');
    await bus.close();
    await restore();
  });

  /** Changes files of `data/` in the editor. */
  const changeAll = async (files: readonly string[]): Promise<void> => {
    const change = new WorkspaceEdit();
    await Promise.all(
      files.map(async (name) => {
        const one = file('data', name);
        await mkdir(path.dirname(one), { recursive: true });
        await writeFile(one, '{}');
        // One of many that are opened at once can be closed by the editor before it is told of.
        const document = await until(
          async () => {
            try {
              return await workspace.openTextDocument(one);
            } catch {
              return undefined;
            }
          },
          () => `${name} to be open`,
        );
        change.insert(document.uri, new Position(0, 0), ' ');
      }),
    );
    await workspace.applyEdit(change);
  };

  /** Saves documents at the same time, and once more those that the editor refused to save for reasons of its own. */
  const saveAtOnce = async (documents: readonly TextDocument[]): Promise<void> => {
    const saved = await Promise.allSettled(documents.map((document) => document.save()));
    const refused = documents.filter((_, at) => saved[at]?.status === 'rejected');
    for (const document of refused.filter(({ isDirty }) => isDirty)) await document.save();
  };

  /** Changes and saves that many books. */
  const saveBooks = async (...ids: (string | number)[]): Promise<void> => {
    await changeAll(ids.map((id) => `books/${id}.json`));
    // A document that nothing shows is closed now and then, and is another one after it was changed.
    for (const document of workspace.textDocuments.filter(({ isDirty }) => isDirty)) await document.save();
  };

  /** Resolves when the server has passed on a reset that was sent after all that was caused before. */
  const untilMarked = async (name: string): Promise<void> => {
    await saveBooks(name);
    await until(
      async () =>
        (await sent()).some(({ resources }) => resources?.includes(`library.book.${name}`)) || undefined,
      () => `the reset of ${name}`,
    );
  };

  it('send nothing before the person switches them on', async () => {
    await saveBooks('off');
    await commands.executeCommand('res.resumeAutomaticResets');
    await untilMarked('on');
    assert.ok(!JSON.stringify(await sent()).includes('library.book.off'));
  });

  it('become one message with the minimal cover when 200 files are saved at once', async () => {
    const rules = await setSettings({
      'res.resetOnSave': [
        { files: 'data/{books,loans}/*.json', resources: ['library.book.${fileBasenameNoExtension}'] },
        { files: 'data/authors/*.json', resources: ['library.author.${fileBasenameNoExtension}'] },
        { files: 'data/authors/all.json', resources: ['library.author.>'] },
      ],
    });
    const ids = Array.from({ length: 67 }, (_, at) => `b${at}`);
    const names = [
      ...ids.map((id) => `books/${id}`),
      ...ids.map((id) => `loans/${id}`),
      ...ids.slice(0, 65).map((id) => `authors/${id}`),
      'authors/all',
    ];
    assert.equal(names.length, 200);
    const before = (await sent()).length;
    await changeAll(names.map((name) => `${name}.json`));
    const times: number[] = [];
    const listening = workspace.onDidSaveTextDocument(() => times.push(performance.now()));
    // Not by "Save all", which saves only what has a tab by now.
    const dirty = workspace.textDocuments.filter(({ isDirty }) => isDirty);
    assert.equal(dirty.length, 200);
    await saveAtOnce(dirty);
    const wanted = [...ids.map((id) => `library.book.${id}`), 'library.author.>'].sort();
    const messages = await until(
      async () => {
        const all = (await sent()).slice(before).map(({ resources = [] }) => resources);
        return wanted.every((one) => all.flat().includes(one)) ? all : undefined;
      },
      () => 'the reset of all that was saved',
    );
    listening.dispose();
    assert.equal(times.length, 200);
    // An editor on a busy machine can itself rest in the middle of it for longer than the end of a burst takes.
    const pauses = times.filter((time, at) => at > 0 && time - (times[at - 1] ?? time) >= quietMs - 10);
    const most = 1 + pauses.length + Math.floor(((times.at(-1) ?? 0) - (times[0] ?? 0)) / maxGatherMs);
    assert.ok(messages.length <= most, `${messages.length} messages, ${most} at most`);
    if (messages.length === 1) assert.deepEqual(messages[0]?.toSorted(), wanted);
    for (const message of messages) assert.equal(new Set(message).size, message.length);
    await rules();
  });

  it('send nothing by themselves on a protected connection', async () => {
    const protect = await setSettings({
      'res.connections': [{ name: 'main', servers: [natsUrl], protected: true }],
    });
    const api = extensions.getExtension<ResApi>('vscode-res.vscode-res')?.exports;
    const untilProtected = (wanted: boolean): Promise<unknown> =>
      until(
        () => (api?.connection.state === 'connected' && api.connection.isProtected === wanted) || undefined,
        () => `a connection with protected: ${wanted}`,
      );
    await untilProtected(true);
    await saveBooks('guarded');
    await until(
      async () =>
        (await extensionLog()).includes('library.book.guarded was not reset automatically') || undefined,
      () => 'the word that nothing was sent',
    );
    await protect();
    await untilProtected(false);
    await untilMarked('open');
    assert.ok(!JSON.stringify(await sent()).includes('library.book.guarded'));
  });

  describe('tasks', () => {
    const end = async (execution: TaskExecution): Promise<number | undefined> =>
      new Promise((resolve) => {
        const listening = tasks.onDidEndTaskProcess((event) => {
          if (event.execution !== execution) return;
          listening.dispose();
          resolve(event.exitCode);
        });
      });
    /** Runs a task to its end; `meanwhile` is done again and again until then. */
    const run = async (
      label: string,
      meanwhile: () => void = () => undefined,
    ): Promise<number | undefined> => {
      const task = await until(
        async () => (await tasks.fetchTasks()).find(({ name }) => name === label),
        () => `the task ${label}`,
      );
      const ended = end(await tasks.executeTask(task));
      const timer = setInterval(meanwhile, 250);
      const code = await ended;
      clearInterval(timer);
      return code;
    };

    before(async () => {
      await mkdir(file('.vscode'), { recursive: true });
      const task = (label: string, more: object): object => ({
        label,
        type: 'res',
        waitForService: false,
        ...more,
      });
      const process = { label: 'service', type: 'process', command: 'true', problemMatcher: [] };
      await writeFile(
        file('.vscode/tasks.json'),
        JSON.stringify({
          version: '2.0.0',
          tasks: [
            task('holds', { resources: ['library.>'], require: 'refetched' }),
            task('nobody', { resources: ['nobody.>'], require: 'refetched' }),
            task('wrong', { resources: ['library..x'] }),
            task('waits', { resources: ['library.>'], waitForService: true }),
            process,
          ],
        }),
      );
    });

    it('end with 0 where what is required holds, 1 where it does not, 2 where nothing could be sent', async () => {
      const service = await startService({ natsUrl });
      const client = await connectClient(gatewayUrl);
      await client.watch('library.books');
      assert.equal(await run('holds'), 0);
      assert.equal(await run('nobody'), 1);
      assert.equal(await run('wrong'), 2);
      await client.close();
      await service.stop();
    });

    it('end with 3 at Ctrl+C in their terminal, and send nothing', async () => {
      const before = (await sent()).length;
      const code = await run('waits', () => {
        for (const terminal of window.terminals) terminal.sendText('\u0003', false);
      });
      assert.deepEqual([code, (await sent()).length], [3, before]);
    });

    it('send nothing where their terminal is closed, of which VS Code tells no code', async () => {
      const before = (await sent()).length;
      const code = await run('waits', () => {
        void commands.executeCommand('workbench.action.tasks.terminate', 'terminateAll');
      });
      assert.deepEqual([code, (await sent()).length], [undefined, before]);
    });

    it('are no restart of a service, whatever rule fits their names', async () => {
      const services = await Promise.all(
        ['library', 'inventory'].map((name) => startService({ natsUrl, name })),
      );
      const rules = await setSettings({
        'res.resetOnRestart': [
          { run: 'nobody', services: ['library'] },
          { run: 'service', services: ['inventory'] },
        ],
      });
      const before = (await sent()).length;
      await run('nobody');
      await run('service');
      const isOf = (service: string) => (one: unknown) => JSON.stringify(one).includes(`"${service}.`);
      await until(
        async () => (await sent()).slice(before).some(isOf('inventory')) || undefined,
        () => 'the reset after the other task',
      );
      assert.equal((await sent()).slice(before).some(isOf('library')), false);
      await rules();
      for (const service of services) await service.stop();
    });

    it('are there for each service in the code', async () => {
      await until(
        async () =>
          (await tasks.fetchTasks({ type: 'res' })).some(({ name }) => name === 'Reset library') || undefined,
        () => 'the task of the library service',
      );
    });
  });

  it('are there for other extensions, as the example shows', async () => {
    const api = extensions.getExtension<ResApi>('vscode-res.vscode-res')?.exports;
    assert.ok(api);
    const outcomes: ResResetOutcome[] = [];
    const listening = api.onDidReset((outcome) => outcomes.push(outcome));
    assert.equal(await afterBookChanged('42'), 'published');
    listening.dispose();
    assert.deepEqual(outcomes[0]?.message, { resources: ['library.book.42'] });
    assert.deepEqual((await sent()).at(-1), { resources: ['library.book.42'] });
    assert.deepEqual(api.connection, { state: 'connected', name: 'main', isProtected: false });
    assert.ok(api.facts().some(({ kind, pattern }) => kind === 'handler' && pattern === 'library.book.*'));
  });

  it('are there for agents: outcomes come back as data', async () => {
    const call = async (name: string, input: object): Promise<Record<string, unknown>> => {
      const { content } = await lm.invokeTool(name, { input, toolInvocationToken: undefined });
      return JSON.parse((content[0] as LanguageModelTextPart).value) as Record<string, unknown>;
    };
    assert.equal((await call('res_connectionStatus', {}))['connection'], 'main');
    const listed = (await call('res_listResources', { pattern: 'library.>' }))['resources'];
    assert.ok(JSON.stringify(listed).includes('library.book.*'));
    const outcome = await call('res_sendReset', { resources: ['library.book.7'] });
    assert.deepEqual(
      [outcome['state'], outcome['message']],
      ['published', { resources: ['library.book.7'] }],
    );
    assert.equal((await call('res_sendReset', { resources: ['library..7'] }))['state'], 'rejected');
    const [newest] = (await call('res_resetHistory', { limit: 1 }))['resets'] as { origin: string }[];
    assert.equal(newest?.origin, 'tool');
  });

  it('make the client fresh after the service was changed and restarted under the debugger, with no click', async () => {
    await mkdir(file('node_modules'), { recursive: true });
    await symlink(path.join(projectRoot, 'node_modules/nats'), file('node_modules/nats')).catch(
      () => undefined,
    );
    const configuration = {
      type: 'node',
      request: 'launch',
      name: 'Library',
      program: file('library/service.js'),
      env: { NATS_URL: natsUrl },
    };
    const start = async (): Promise<void> => {
      assert.ok(await debug.startDebugging(workspace.workspaceFolders?.[0], configuration));
    };
    const untilServed = async (): Promise<void> => {
      // The client's own question: the gateway has nothing to give before the service answers.
      await until(
        async () => {
          const probe = await connectClient(gatewayUrl);
          const isThere = await probe.watch('library.books').then(
            () => true,
            () => undefined,
          );
          await probe.close();
          return isThere;
        },
        () => 'an answer of the service',
        30_000,
      );
    };
    await start();
    await untilServed();
    const client = await connectClient(gatewayUrl);
    const book = await client.watch('library.book.1');
    const data = file('library/books.json');
    const text = Buffer.from(await workspace.fs.readFile(Uri.file(data))).toString();
    const library = JSON.parse(text) as { books: { id: string; title: string }[] };
    for (const one of library.books) one.title = `${one.title}, revised`;
    await writeFile(data, JSON.stringify(library));
    await debug.stopDebugging();
    await start();
    await book.until((one) => (one.value() as { title: string }).title.endsWith(', revised'), 40_000);
    await client.close();
    await debug.stopDebugging();
    await until(
      async () => (await storedResets()).some(({ origin }) => origin === 'restart') || undefined,
      () => 'its origin in the history',
    );
  });
});
