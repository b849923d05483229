import assert from 'node:assert/strict';
import { WorkspaceIndex } from '../../../src/code/index/workspaceIndex';
import type { Fact } from '../../../src/code/scanner/facts/fact';
import { endOf, readResetTask } from '../../../src/recovery/resetTask';
import { maxServiceWaitMs, runResetTask, type TaskPorts } from '../../../src/recovery/runResetTask';
import { questionFor } from '../../../src/recovery/serviceQuestion';
import type { Observation, OutcomeCounts } from '../../../src/resets/observe/observation';
import type { ResetMessage } from '../../../src/res/resetMessage';
import type { ResetRecord, ResetState } from '../../../src/resets/resetRecord';
import { verbatim } from '../../../src/util/l10n';

const record = (state: ResetState, message: ResetMessage = { resources: ['library.>'] }): ResetRecord => ({
  id: '1',
  time: 0,
  origin: 'task',
  message,
  state,
});

const observed = (get: OutcomeCounts, more: Partial<Observation> = {}): ResetRecord =>
  record({
    kind: 'published',
    server: 'n1',
    observation: {
      state: 'complete',
      answers: 'watched',
      counts: { get, access: {}, auth: {} },
      requests: [],
      other: 0,
      gateways: 1,
      took: 1,
      ...more,
    },
  });

const granted = { counts: { get: {}, access: { granted: 1 }, auth: {} } };
const refused = { counts: { get: {}, access: { granted: 1, refused: 1 }, auth: {} } };
const accessLost = { counts: { get: {}, access: { noAnswer: 1 }, auth: {} } };
const answeredAnd = ({ counts }: Pick<Observation, 'counts'>): Partial<Observation> => ({
  counts: { ...counts, get: { answered: 1 } },
});
const accessOnly = (more: Partial<Observation>): ResetRecord => ({
  ...observed({}, more),
  message: { access: ['library.>'] },
});

describe('the exit code of a task', () => {
  const cases: readonly (readonly [string, ResetRecord, 0 | 1 | 2, 0 | 1 | 2, RegExp])[] = [
    ['all was refetched', observed({ answered: 3 }), 0, 0, /3 refetched/],
    ['some were deleted', observed({ answered: 3, notFound: 1 }), 0, 0, /1 not found, 3 refetched/],
    ['all were deleted', observed({ notFound: 2 }), 0, 1, /no resource was refetched: .* not found\./],
    ['only access was answered', observed({}, granted), 0, 1, /no resource was refetched\./],
    ['access was answered too', observed({}, answeredAnd(granted)), 0, 0, /1 refetched/],
    ['access was not', observed({}, answeredAnd(accessLost)), 0, 1, /not every request/],
    ['access is all that was asked for', accessOnly(granted), 0, 0, /re-authorised/],
    ['access was refused', accessOnly(refused), 0, 0, /1 refused/],
    ['access had no answer', accessOnly(accessLost), 0, 1, /not every request/],
    ['nobody asked for access', accessOnly({}), 0, 1, /no gateway reacted\./],
    ['no gateway reacted', observed({}), 0, 1, /no gateway reacted\./],
    ['an error', observed({ answered: 3, error: 1 }), 0, 1, /not every request/],
    ['no answer', observed({ noAnswer: 1 }), 0, 1, /not every request/],
    ['denied', observed({}, { state: 'denied' }), 0, 1, /denied/],
    ['answers unseen', observed({ unseen: 1 }, { answers: 'off' }), 0, 1, /answers can’t be seen/],
    [
      'answers hidden',
      observed({ noAnswer: 1 }, { unsure: { get: { hidden: 1 } } }),
      0,
      1,
      /answers can’t be seen/,
    ],
    ['stopped early', observed({ answered: 1 }, { state: 'cutOff' }), 0, 1, /stopped early/],
    ['not observed', record({ kind: 'published', server: 'n1' }), 0, 1, /not observed/],
    ['rejected', record({ kind: 'rejected', problem: { what: verbatim('Denied') } }), 2, 2, /Denied/],
    ['failed', record({ kind: 'failed', problem: { what: verbatim('Lost') } }), 2, 2, /Lost/],
  ];
  for (const [name, of, published, refetched, text] of cases)
    it(`is ${published}, or ${refetched} where “refetched” is required: ${name}`, () => {
      assert.equal(endOf(of, 'published').code, published);
      const end = endOf(of, 'refetched');
      assert.equal(end.code, refetched);
      assert.match(end.text, text);
    });
});

describe('a task', () => {
  function ports(more: Partial<TaskPorts> = {}): { said: string[]; sent: number; ports: TaskPorts } {
    const run = { said: [] as string[], sent: 0 };
    return Object.assign(run, {
      ports: {
        say: (line: string) => run.said.push(line),
        connect: () => Promise.resolve('open' as const),
        whyGone: () => undefined,
        answers: () => Promise.resolve(true),
        settle: () => {
          run.sent++;
          return Promise.resolve(observed({ answered: 1 }));
        },
        now: () => 0,
        ...more,
      },
    });
  }
  const definition = readResetTask({ resources: 'library.>' });
  assert.ok(definition.ok);
  const task = definition.value;
  const never = new AbortController().signal;

  it('waits until the service answers, and then sends', async () => {
    let asked = 0;
    const run = ports({ answers: () => Promise.resolve(++asked === 2) });
    assert.equal((await runResetTask(task, run.ports, never)).code, 0);
    assert.equal(run.sent, 1);
    assert.match(run.said[0] ?? '', /^RES: Waiting until library answers/);
  });

  it('sends nothing where the service does not answer in time', async () => {
    let time = 0;
    const run = ports({
      answers: () => Promise.resolve(false),
      now: () => (time += maxServiceWaitMs),
    });
    const end = await runResetTask(task, run.ports, never);
    assert.deepEqual([end.code, run.sent], [2, 0]);
    assert.match(end.text, /library did not answer within 30 s, so nothing was sent/);
  });

  it('sends nothing where its connection is not open any more, and says what became of it', async () => {
    for (const [why, text] of [
      ['closed', 'Nothing was sent: the connection is no longer open.'],
      ['reopened', 'Nothing was sent: the connection was opened anew meanwhile.'],
      ['switched', 'Nothing was sent: another connection was opened meanwhile.'],
    ] as const) {
      const run = ports({ answers: () => Promise.resolve(true), whyGone: () => why });
      assert.deepEqual(await runResetTask(task, run.ports, never), { code: 2, text });
      assert.equal(run.sent, 0);
    }
  });

  it('says that it does not wait where it is not known what to ask', async () => {
    const run = ports({ answers: () => Promise.resolve('unaskable') });
    assert.equal((await runResetTask(task, run.ports, never)).code, 0);
    assert.match(run.said.join('\n'), /Not waiting for library/);
  });

  it('asks nobody where it is not to wait', async () => {
    const run = ports({ answers: () => Promise.reject(new Error('asked')) });
    assert.equal((await runResetTask({ ...task, waitForService: false }, run.ports, never)).code, 0);
  });

  it('ends with 3 where it is cancelled, whenever that is', async () => {
    const abort = new AbortController();
    const waiting = ports({
      answers: () => {
        abort.abort();
        return Promise.resolve(false);
      },
    });
    assert.equal((await runResetTask(task, waiting.ports, abort.signal)).code, 3);
    assert.equal(waiting.sent, 0);
    const declined = ports({ settle: () => Promise.resolve(undefined) });
    assert.equal((await runResetTask(task, declined.ports, never)).code, 3);
    const unchosen = ports({ connect: () => Promise.resolve('cancelled') });
    assert.equal((await runResetTask(task, unchosen.ports, never)).code, 3);
  });

  it('says where it is cancelled too late what became of the reset', async () => {
    const abort = new AbortController();
    const run = ports();
    const settle: typeof run.ports.settle = (message) => {
      abort.abort();
      return run.ports.settle(message);
    };
    const end = await runResetTask(task, { ...run.ports, settle }, abort.signal);
    assert.deepEqual([end.code, run.sent], [3, 1]);
    assert.match(end.text, /^Cancelled, but the reset was on its way\. Confirmed by/);
  });

  it('ends with 2 where it can’t connect', async () => {
    const run = ports({ connect: () => Promise.resolve({ reason: 'No server.' }) });
    assert.deepEqual(await runResetTask(task, run.ports, never), { code: 2, text: 'No server.' });
  });

  it('is refused where its definition is wrong', () => {
    for (const wrong of [
      {},
      { resources: 'a..b' },
      { resources: 5 },
      { resources: 'a', require: 'all' },
      { resources: 'a', connection: 5 },
      { resources: 'a', waitForService: 'no' },
    ])
      assert.equal(readResetTask(wrong).ok, false, JSON.stringify(wrong));
  });
});

describe('what a service is asked', () => {
  const index = new WorkspaceIndex();
  const fact = (kind: Fact['kind'], pattern: string, serves?: Fact['serves']): Fact => ({
    kind,
    pattern,
    service: pattern.split('.')[0],
    line: 1,
    column: 1,
    language: 'go',
    library: 'go-res',
    ...(serves && { serves }),
  });
  const asked = (service: string): string | undefined => questionFor(service, { index })?.subject;
  index.update([
    {
      file: '/a.go',
      facts: [
        fact('handler', 'library.book.*', ['get']),
        fact('handler', 'library.cart', ['call']),
        fact('reference', 'library.other'),
        fact('handler', 'doors.*.>', ['access', 'call']),
        fact('handler', 'calls.only', ['call', 'auth']),
        fact('handler', 'plain.a'),
      ],
    },
    { file: '/b.js', facts: [fact('reference', 'library.book.7')] },
  ]);

  it('is a read of something that it serves, and never a call', () => {
    assert.equal(asked('library'), 'get.library.book.7');
    assert.equal(asked('plain'), 'get.plain.a');
    assert.equal(asked('doors'), 'access.doors.vscode-res.vscode-res');
    assert.equal(asked('calls'), undefined);
    assert.equal(asked('unknown'), undefined);
  });
});
