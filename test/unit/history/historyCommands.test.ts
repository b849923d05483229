import assert from 'node:assert/strict';
import { copyText } from '../../../src/history/commands/copying';
import { entriesFor } from '../../../src/history/commands/entriesFor';
import { decodeEntries } from '../../../src/history/exchange';
import type { HistoryEntry } from '../../../src/history/historyEntry';
import { HistoryRemoving } from '../../../src/history/commands/removing';
import { HistorySending } from '../../../src/history/commands/sending';
import { exportHistory, importHistory, type ChosenFile } from '../../../src/history/commands/transfer';
import type { ResetOutcome } from '../../../src/resets/resetOutcome';
import { fakeNotifier } from '../resets/flowSetup';
import { entry } from './records';
import { said } from '../said';

const published: ResetOutcome = { state: 'published', message: {} };
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const idsOf = (entries: readonly HistoryEntry[]): string[] => entries.map(({ record }) => record.id);

describe('A command of the history', () => {
  const [one, two, three] = [entry('1'), entry('2', {}, { isPinned: true }), entry('3')];
  const setUp = (entries: readonly HistoryEntry[] = [three, two, one]) => {
    const notifier = fakeNotifier();
    const offered: string[][] = [];
    const sources = {
      history: {
        get: (id: string) => entries.find(({ record }) => record.id === id),
        entries: () => entries,
        stored: () => Promise.resolve(),
      },
      selectedRows: () => [{ kind: 'entry', id: '1' }, { kind: 'group' }, { kind: 'entry', id: '3' }],
      prompts: {
        chooseEntry: (choice: readonly HistoryEntry[]) => {
          offered.push(idsOf(choice));
          return Promise.resolve(choice[0]);
        },
      },
      notifier,
    };
    const entriesOf = async (argument: unknown, selected?: unknown, canBe?: (one: HistoryEntry) => boolean) =>
      idsOf(await entriesFor(sources, argument, selected, { title: 'Pin', ...(canBe && { canBe }) }));
    return { entriesOf, offered, notifier };
  };

  it('is meant for the row that it was called on, or for all that are selected with it', async () => {
    const { entriesOf, offered } = setUp();
    const row = { kind: 'entry', id: '2' };
    assert.deepEqual(await entriesOf(row), ['2']);
    assert.deepEqual(await entriesOf(row, [row, { kind: 'entry', id: '1' }, { kind: 'day' }]), ['2', '1']);
    assert.deepEqual(await entriesOf('selection'), ['1', '3']);
    assert.deepEqual(offered, []);
  });

  it('asks which entry is meant where none was given, among those that can be', async () => {
    const { entriesOf, offered } = setUp();
    assert.deepEqual(await entriesOf(undefined), ['3']);
    assert.deepEqual(await entriesOf(undefined, undefined, ({ isPinned }) => isPinned), ['2']);
    assert.deepEqual(offered, [['3', '2', '1'], ['2']]);
  });

  it('says so where none can be meant, and asks nothing for a selection', async () => {
    const { entriesOf, offered, notifier } = setUp();
    const never = (): boolean => false;
    assert.deepEqual(await entriesOf(undefined, undefined, never), []);
    assert.deepEqual(await entriesOf('selection', undefined, never), []);
    assert.deepEqual(notifier.shown, ['info: Pin: no matching reset in the history.']);
    assert.deepEqual(offered, []);
  });
});

describe('Sending from the history', () => {
  const setUp = (outcomes: readonly ResetOutcome[] = [published], entries: readonly HistoryEntry[] = []) => {
    const notifier = fakeNotifier();
    const sent: unknown[] = [];
    const steps: string[] = [];
    const person: { types: readonly string[] | undefined } = { types: undefined };
    const sending = new HistorySending({
      history: { entries: () => entries, stored: () => Promise.resolve() },
      flow: {
        send: (message, origin, connection) => {
          sent.push([message, origin, connection]);
          return Promise.resolve(outcomes[sent.length - 1] ?? published);
        },
        refuse: ({ what }) => ({ state: 'rejected', message: {}, reason: said(what) }),
      },
      placeOf: (key) => (typeof key === 'object' ? key.id : (key ?? 'the one in use')),
      prompts: {
        enterTexts: (title) => {
          steps.push(title);
          return Promise.resolve(person.types);
        },
      },
      notifier,
      resetResources: () => sent.push('anything'),
    });
    return { sending, sent, steps, person, notifier };
  };
  const of = (name: string, more = {}): HistoryEntry['record']['message'] => ({ resources: [name], ...more });

  it('again goes from the oldest to the newest, each on its connection', async () => {
    const { sending, sent, notifier } = setUp();
    const entries = [
      entry('9', { message: of('b'), connection: 'production' }),
      entry('8', { message: of('a') }),
    ];
    assert.equal(await sending.sendAgain(entries), published);
    assert.deepEqual(sent, [
      [of('a'), 'history', 'local'],
      [of('b'), 'history', 'production'],
    ]);
    assert.deepEqual(notifier.shown, []);
  });

  it('means the very connection that a reset was sent on, where its id was stored', async () => {
    const { sending, sent, steps, person } = setUp();
    const known = entry('1', { connectionId: 'context:local' });
    const key = { id: 'context:local', connection: 'local' };
    await sending.sendAgain([known]);
    person.types = ['library.a', ''];
    await sending.editAndSend(known);
    assert.deepEqual(steps, ['Edit and send on context:local']);
    assert.deepEqual(sent, [
      [of('library.>'), 'history', key],
      [of('library.a'), 'history', key],
    ]);
  });

  it('again ends with the first that is not published, and says how many were not sent', async () => {
    const failed: ResetOutcome = { state: 'failed', message: {} };
    const { sending, sent, notifier } = setUp([published, failed]);
    assert.equal(await sending.sendAgain([entry('1'), entry('2'), entry('3')]), failed);
    assert.equal(sent.length, 2);
    assert.match(notifier.shown[0] ?? '', /^warn: Sent 1 of 3 resets again\./);
  });

  it('uses the connection in use for what was read from a file: the same name can mean another system', async () => {
    const { sending, sent, steps, person } = setUp();
    const imported = entry('1', {}, { isImported: true });
    await sending.sendAgain([imported]);
    person.types = ['library.a', ''];
    await sending.editAndSend(imported);
    assert.deepEqual(steps, ['Edit and send on the one in use']);
    assert.deepEqual(sent, [
      [of('library.>'), 'history', undefined],
      [of('library.a'), 'history', undefined],
    ]);
  });

  it('sends nothing that is known in part only, or that a person cancels', async () => {
    const { sending, sent } = setUp();
    const part = entry('1', { leftOut: 3 });
    assert.equal((await sending.sendAgain([part])).state, 'rejected');
    assert.equal((await sending.editAndSend(part)).state, 'rejected');
    assert.deepEqual(await sending.editAndSend(entry('2')), {
      state: 'cancelled',
      message: of('library.>'),
    });
    assert.deepEqual(sent, []);
  });

  it('repeats the last that was sent from here, on the connection in use', async () => {
    const received = entry('3', { origin: 'received', message: of('c') });
    const { sending, sent } = setUp([published], [received, entry('2', { message: of('b') }), entry('1')]);
    await sending.repeatLast();
    assert.deepEqual(sent, [[of('b'), 'history', undefined]]);
  });

  it('offers another reset where there is nothing to repeat', async () => {
    const { sending, sent, notifier } = setUp();
    notifier.chooses = 'Reset Resources…';
    const outcome = await sending.repeatLast();
    await nextTurn();
    assert.equal(outcome.reason, 'Nothing to repeat: no reset was sent from this workspace.');
    assert.deepEqual(sent, ['anything']);
  });
});

describe('Removing from the history', () => {
  const setUp = () => {
    const notifier = fakeNotifier();
    const log: unknown[] = [];
    const history = {
      lastRemoval: undefined as { ids: string[] } | undefined,
      refresh: () => Promise.resolve(),
      remove: (ids: readonly string[]) => {
        log.push(['removed', ...ids]);
        return (history.lastRemoval = { ids: [...ids] });
      },
      restore: ({ ids }: { ids: string[] }) => log.push(['restored', ...ids]),
    };
    const removing = new HistoryRemoving(
      history as unknown as ConstructorParameters<typeof HistoryRemoving>[0],
      notifier,
    );
    return { removing, log, notifier };
  };
  const [one, pinned] = [entry('1'), entry('2', {}, { isPinned: true })];

  it('names what is gone, and brings it back', async () => {
    const { removing, log, notifier } = setUp();
    notifier.chooses = 'Undo';
    await removing.remove([one]);
    assert.deepEqual(notifier.shown, ['info: Removed library.> from the history. | Undo']);
    assert.deepEqual(log, [
      ['removed', '1'],
      ['restored', '1'],
    ]);
  });

  it('clears what is shown and not pinned', async () => {
    const { removing, log, notifier } = setUp();
    await removing.clear(() => ({ entries: [one, pinned], isFiltered: true }));
    assert.deepEqual(log, [['removed', '1']]);
    assert.deepEqual(notifier.shown, ['info: Cleared 1 filtered reset. 1 pinned reset was kept. | Undo']);
  });

  it('asks before it clears what is pinned', async () => {
    const { removing, log, notifier } = setUp();
    await removing.clear(() => ({ entries: [pinned], isFiltered: false }));
    assert.deepEqual(log, []);
    notifier.chooses = 'Clear Pinned Too';
    await removing.clear(() => ({ entries: [pinned], isFiltered: false }));
    assert.deepEqual(log, [['removed', '2']]);
    assert.equal(notifier.shown.at(-1), 'info: Cleared 1 pinned reset. | Undo');
  });

  it('undoes the last removal, or says that there was none', async () => {
    const { removing, log, notifier } = setUp();
    removing.undo();
    assert.deepEqual(notifier.shown, ['info: Nothing to undo.']);
    await removing.remove([one, pinned]);
    removing.undo();
    assert.deepEqual(log.at(-1), ['restored', '1', '2']);
  });
});

describe('A file of the history', () => {
  const setUp = (file: Partial<ChosenFile> = {}, shown?: readonly HistoryEntry[]) => {
    const notifier = fakeNotifier();
    const written: Uint8Array[] = [];
    const choices: string[] = [];
    const chosen: ChosenFile = {
      path: '/tmp/h.jsonl',
      size: () => Promise.resolve(10),
      read: () => Promise.resolve(written[0] ?? new Uint8Array()),
      write: (data) => {
        written.push(data);
        return Promise.resolve();
      },
      ...file,
    };
    const ports = {
      history: {
        entries: () => [entry('2'), entry('1')],
        stored: () => Promise.resolve(),
        importEntries: (entries: readonly unknown[]) =>
          Promise.resolve({ added: entries.length, known: 0, beyondLimit: 0 }),
      },
      filtered: () => shown,
      files: {
        chooseEntries: (all: readonly { label: string; entries: readonly HistoryEntry[] }[]) => {
          choices.push(...all.map(({ label }) => label));
          return Promise.resolve(all[0]?.entries);
        },
        chooseTarget: () => Promise.resolve(chosen),
        chooseSource: () => Promise.resolve(chosen),
      },
      notifier,
    };
    return { ports, notifier, written, choices };
  };

  it('takes all entries, and gives them back', async () => {
    const { ports, notifier, written } = setUp();
    await exportHistory(ports);
    assert.equal((await decodeEntries(written[0] ?? new Uint8Array())).entries.length, 2);
    await importHistory(ports);
    assert.deepEqual(notifier.shown, [
      'info: Exported 2 resets to /tmp/h.jsonl.',
      'info: Imported 2 resets.',
    ]);
  });

  it('takes what the filter shows, where the person says so', async () => {
    const { ports, choices, notifier } = setUp({}, [entry('1')]);
    await exportHistory(ports);
    assert.deepEqual(choices, ['Filtered resets (1)', 'All resets (2)']);
    assert.deepEqual(notifier.shown, ['info: Exported 1 reset to /tmp/h.jsonl.']);
  });

  it('that can be neither written nor read is said to be so, with what to do', async () => {
    const full = (): Promise<never> => Promise.reject(new Error('no space left'));
    const { ports, notifier } = setUp({ write: full, size: full });
    await exportHistory(ports);
    await importHistory(ports);
    assert.deepEqual(notifier.shown, [
      'error: The history could not be exported: no space left. Choose another location.',
      'error: Nothing was imported: no space left. Choose a file that you can read.',
    ]);
  });

  it('that is too large is not read at all', async () => {
    const read = (): Promise<never> => Promise.reject(new Error('was read'));
    const { ports, notifier } = setUp({ size: () => Promise.resolve(33 * 1024 * 1024), read });
    await importHistory(ports);
    assert.deepEqual(notifier.shown, [
      'error: Nothing was imported: the file is larger than 32 MiB. Split it between any two lines.',
    ]);
  });
});

describe('Copying from the history', () => {
  it('gives a line for each, or none where one is known in part only', () => {
    const copied = copyText([entry('1'), entry('2')], 'message', 'posix', () => undefined);
    const line = '{"resources":["library.>"]}';
    assert.deepEqual(copied, { ok: true, value: `${line}\n${line}` });
    const part = copyText([entry('1'), entry('2', { leftOut: 1 })], 'message', 'posix', () => undefined);
    assert.equal(part.ok, false);
  });

  it('gives no command that would run on another server', () => {
    const copied = copyText([entry('1')], 'natsPub', 'posix', () => undefined);
    assert.equal(copied.ok ? '' : said(copied.problem.what), 'The command has no server to run on');
    const known = { profile: { servers: ['nats://127.0.0.1:4222'], tls: { mode: 'auto' } } };
    const found = copyText([entry('1')], 'natsPub', 'posix', () => known);
    assert.match(found.ok ? found.value : '', /^nats pub --server nats:\/\/127\.0\.0\.1:4222 system\.reset /);
  });
});
