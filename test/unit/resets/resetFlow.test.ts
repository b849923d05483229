import assert from 'node:assert/strict';
import { fakeBus, flowOf } from './flowSetup';
import { verbatim } from '../../../src/util/l10n';

describe('A reset that a person asks for', () => {
  const library = { resources: ['library.>'] };
  const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('is sent without a question where nothing speaks against it, and shown in the status bar', async () => {
    const sent: string[] = [];
    const { flow, asked, status, done } = flowOf({ kind: 'connected', bus: fakeBus(sent) });
    const outcome = await flow.run({ resources: 'library.>' }, 'command');
    assert.deepEqual(outcome, {
      state: 'published',
      message: library,
      connection: 'local',
      server: 'nats-1',
    });
    assert.deepEqual(sent, ['system.reset {"resources":["library.>"]}']);
    assert.deepEqual(asked, []);
    assert.deepEqual(done, ['Resetting library.>']);
    assert.deepEqual(status, [
      '1: $(sync~spin) Reset: published · library.> …',
      '1: $(circle-outline) Reset: published · library.>',
    ]);
  });

  it('is refused with the reason where a pattern is invalid, and nothing is recorded', async () => {
    const { flow, records, notifier } = flowOf({ kind: 'connected', bus: fakeBus() });
    const outcome = await flow.run({ resources: ['library.b*'] }, 'command');
    assert.equal(outcome.state, 'rejected');
    assert.deepEqual(records, []);
    assert.equal(notifier.shown.length, 1);
    assert.match(notifier.shown[0] ?? '', /^error: .*library\.b\*.* \| Show Log$/);
  });

  it('is asked about on a protected connection, and not sent or recorded without a yes', async () => {
    const sent: string[] = [];
    const bus = fakeBus(sent, { connection: 'production', isProtected: true });
    const { flow, asked, person, records } = flowOf({ kind: 'connected', bus });
    person.confirms = false;
    assert.deepEqual(await flow.run(library, 'codeLens'), {
      state: 'cancelled',
      message: library,
      connection: 'production',
    });
    assert.deepEqual(records, []);
    person.confirms = true;
    assert.equal((await flow.run(library, 'codeLens')).state, 'published');
    assert.equal(sent.length, 1);
    assert.deepEqual(asked[1], {
      question: 'Reset library.> on production?',
      detail: [
        'The connection “production” is protected.',
        '',
        'This will be published on “production”, to nats://127.0.0.1:4222:',
        'system.reset {"resources":["library.>"]}',
      ].join('\n'),
    });
  });

  it('is asked about where it reaches every service, or more than the person wants', async () => {
    const bus = fakeBus();
    const { flow, asked } = flowOf(
      { kind: 'connected', bus },
      { expect: () => ({ count: 31, source: 'observation' }), askAbove: () => 30 },
    );
    await flow.run({ resources: '*.book' }, 'command');
    const [{ detail } = { detail: '' }] = asked;
    assert.deepEqual(detail.split('\n').slice(0, 2), [
      '*.book reaches the resources of every service.',
      'Last time, the gateways sent 31 requests because of it.',
    ]);
  });

  it('says in the question that a certificate is not verified', async () => {
    const bus = fakeBus([], { isProtected: true, isUnverified: true, server: undefined });
    const { flow, asked } = flowOf({ kind: 'connected', bus });
    await flow.run(library, 'command');
    assert.match(asked[0]?.detail ?? '', /published on “local”:\n(.*\n)+\nUnsafe: the certificate/);
  });

  it('that no connection is there for is recorded as failed, and can be sent again', async () => {
    const problem = { what: verbatim('NATS is not reachable') };
    const { flow, records, notifier } = flowOf({
      kind: 'failed',
      problem,
      connection: { id: 'user:local', connection: 'local' },
    });
    notifier.chooses = 'Send Again';
    const outcome = await flow.run(library, 'resources');
    assert.equal(outcome.state, 'failed');
    await nextTurn();
    assert.deepEqual(
      records.map(({ id, state, connection }) => [id, state.kind, connection]),
      [
        ['1', 'requested', 'local'],
        ['1', 'failed', 'local'],
        ['2', 'requested', 'local'],
        ['2', 'failed', 'local'],
      ],
    );
    assert.equal(
      notifier.shown[0],
      'error: Reset of library.> failed. NATS is not reachable. | Send Again | Show Report | Show Log',
    );
  });

  it('that the server rejects says so, and leads to its report', async () => {
    const bus = fakeBus();
    bus.result = { state: 'rejected', problem: { what: verbatim('No permission to publish') } };
    const { flow, notifier, done, status } = flowOf({ kind: 'connected', bus });
    notifier.chooses = 'Show Report';
    assert.equal((await flow.run(library, 'command')).state, 'rejected');
    await nextTurn();
    assert.match(
      notifier.shown[0] ?? '',
      /^error: Reset of library\.> rejected\. No permission to publish\./,
    );
    assert.deepEqual(done, ['Resetting library.>', 'report of 1']);
    assert.deepEqual(status, []);
  });

  it('is cancelled silently where the person does not choose a connection', async () => {
    const { flow, records, notifier } = flowOf({ kind: 'cancelled' });
    assert.deepEqual(await flow.run(library, 'command'), { state: 'cancelled', message: library });
    assert.deepEqual(await flow.connect(), { ended: { state: 'cancelled', message: {} } });
    assert.deepEqual([records, notifier.shown], [[], []]);
  });

  it('that is to be typed is not asked for without a connection: another one is offered', async () => {
    const problem = { what: verbatim('NATS is not reachable'), why: verbatim('nobody listens') };
    const { flow, notifier, done, records } = flowOf({ kind: 'failed', problem });
    notifier.chooses = 'Choose Connection…';
    assert.deepEqual(await flow.connect(), {
      ended: { state: 'failed', message: {}, reason: 'NATS is not reachable: nobody listens.' },
    });
    await nextTurn();
    assert.deepEqual([done, records], [['choose connection'], []]);
  });

  it('that nobody is at hand for is shown in the status bar alone', async () => {
    const bus = fakeBus();
    bus.result = { state: 'failed', problem: { what: verbatim('The link was lost') } };
    const { flow, notifier, status } = flowOf({ kind: 'connected', bus });
    const sent = await flow.sendQuietly({ message: library, origin: 'save' }, bus);
    assert.equal((await sent.observed).state.kind, 'failed');
    assert.deepEqual(notifier.shown, []);
    assert.deepEqual(status, ['1: $(error) Reset: failed · library.>']);
  });
});
