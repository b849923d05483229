import assert from 'node:assert/strict';
import { AutomaticResets, type AutomaticReset, type GatePorts, type Offer } from '../../../src/recovery/gate';
import type { ResetMessage } from '../../../src/res/resetMessage';
import type { Bus } from '../../../src/resets/bus';
import { readLine, encodeLine } from '../../../src/history/log/historyLog';
import { ResetService, type ResetIntent, type SentReset } from '../../../src/resets/resetService';
import { setBundle, t } from '../../../src/util/l10n';
import { problemText } from '../../../src/util/problem';
import { keepsNothing } from '../resets/flowSetup';
import { said } from '../said';

type Wanted = Omit<AutomaticReset, 'bus'> & Partial<Pick<AutomaticReset, 'bus'>>;
const save = (...resources: string[]): Wanted => ({ message: { resources }, origin: 'save' });

function gate(ports: Partial<GatePorts> = {}, bus: Partial<Bus> = {}) {
  const sent: ResetIntent[] = [];
  const offers: (Offer & { answer: (isWanted: boolean) => void })[] = [];
  const asked: { message: ResetMessage; origin: string; id: string }[] = [];
  let time = 0;
  const open = { id: 'user:dev', connection: 'dev', server: 'n1', isProtected: false, ...bus } as Bus;
  const gate = new AutomaticResets({
    isOn: () => true,
    isTrusted: () => true,
    openBus: () => open,
    reasonsToAsk: () => [],
    send: (intent) => {
      sent.push(intent);
      return Promise.resolve({} as SentReset);
    },
    offer: (offer) =>
      new Promise((resolve) => {
        offers.push({ ...offer, answer: resolve });
      }),
    sendAsked: (message, origin, { id }) => {
      asked.push({ message, origin, id });
    },
    now: () => time,
    ...ports,
  });
  const answer = async (isWanted: boolean): Promise<void> => {
    offers.at(-1)?.answer(isWanted);
    await new Promise(setImmediate);
  };
  /** Its cause is seen while the connection is open, unless the test says otherwise. */
  const resets = { pass: (wanted: Wanted) => gate.pass({ bus: open, ...wanted }) };
  return {
    gate,
    open,
    resets,
    sent,
    offers,
    asked,
    answer,
    wait: (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

describe('the gate of automatic resets', () => {
  it('sends on the open connection, marked with what made it', async () => {
    const { resets, sent } = gate();
    assert.equal((await resets.pass(save('library.book.1'))).kind, 'sent');
    const [intent] = sent;
    assert.deepEqual([intent?.message, intent?.origin], [{ resources: ['library.book.1'] }, 'save']);
  });

  it('withdraws what is about to be sent once they are paused', async () => {
    let isOn = true;
    const { resets, sent } = gate({ isOn: () => isOn });
    await resets.pass(save('library.book.1'));
    assert.equal(sent[0]?.withdrawn?.(), undefined);
    isOn = false;
    assert.match(said(sent[0]?.withdrawn?.()?.why), /automatic resets are off in this workspace/);
  });

  it('keeps why it withdrew a reset so that the history says it in the language of another day', async () => {
    let isOn = true;
    const service = new ResetService({
      newId: () => '1',
      now: () => 1000,
      observe: () => undefined,
      recording: {
        ...keepsNothing,
        written: () => {
          isOn = false;
          return Promise.resolve();
        },
      },
    });
    const { resets } = gate({ isOn: () => isOn, send: (intent, bus) => service.send(intent, bus) });
    const passed = await resets.pass(save('library.book.1'));
    assert.ok(passed.kind === 'sent');
    for (let count = 0; count < 1000; count++) t('{0} resets were imported', count);
    const line = encodeLine({ rev: 1, put: passed.sent.record });
    assert.match(line, /"what":"Nothing was sent","why":"automatic resets are off/);
    setBundle({
      'Nothing was sent': 'Es wurde nichts gesendet',
      'automatic resets are off in this workspace': 'hier geschieht nichts von selbst',
    });
    try {
      const read = readLine(line.trim());
      assert.ok(read && 'put' in read && read.put.state.kind === 'failed');
      assert.equal(
        problemText(read.put.state.problem),
        'Es wurde nichts gesendet: hier geschieht nichts von selbst.',
      );
    } finally {
      setBundle({});
    }
  });

  const closed: readonly (readonly [string, Partial<GatePorts>])[] = [
    ['off', { isOn: () => false }],
    ['untrusted', { isTrusted: () => false }],
    ['closed', { openBus: () => undefined }],
  ];
  for (const [cause, ports] of closed) {
    it(`sends and asks nothing: ${cause}`, async () => {
      const { gate: real, open, resets, sent, offers } = gate(ports);
      assert.deepEqual(await resets.pass(save('library.book.1')), { kind: 'withheld', cause });
      assert.equal(real.closedFor({ bus: open }), cause);
      assert.deepEqual([sent, offers], [[], []]);
    });
  }

  it('does not send what a rule wants on another connection', async () => {
    const { resets, sent, offers } = gate();
    const passed = await resets.pass({ ...save('library.book.1'), connection: 'prod' });
    assert.deepEqual(passed, { kind: 'withheld', cause: 'otherConnection' });
    assert.deepEqual([sent, offers], [[], []]);
    assert.equal((await resets.pass({ ...save('library.book.1'), connection: 'dev' })).kind, 'sent');
  });

  it('does not send what was caused while another connection was open, or none, whatever its name', async () => {
    const { resets, sent, offers } = gate({}, { isProtected: true });
    const on = (id: string): Bus => ({ id, connection: 'dev', isProtected: false }) as Bus;
    const switched = await resets.pass({ ...save('library.book.1'), bus: on('context:dev') });
    assert.deepEqual(switched, { kind: 'withheld', cause: 'switched' });
    const reopened = await resets.pass({ ...save('library.book.1'), bus: on('user:dev') });
    assert.deepEqual(reopened, { kind: 'withheld', cause: 'reopened' });
    const none = await resets.pass({ ...save('library.book.1'), bus: undefined });
    assert.deepEqual(none, { kind: 'withheld', cause: 'notConnected' });
    assert.deepEqual([sent, offers], [[], []]);
  });

  it('offers it on a protected connection, and sends nothing by itself', async () => {
    const { resets, sent, offers, asked, answer } = gate({}, { isProtected: true });
    assert.deepEqual(await resets.pass(save('library.book.1')), { kind: 'offered', cause: 'protected' });
    assert.match(offers[0]?.text ?? '', /library\.book\.1 was not reset automatically.*“dev” is protected/);
    assert.deepEqual([sent, asked], [[], []]);
    await answer(true);
    assert.deepEqual(asked, [{ message: { resources: ['library.book.1'] }, origin: 'save', id: 'user:dev' }]);
    assert.deepEqual(sent, []);
  });

  it('offers it where a question would be due, with the reason', async () => {
    const { resets, sent, offers } = gate({ reasonsToAsk: () => ['It reaches every service.'] });
    assert.deepEqual(await resets.pass(save('>')), { kind: 'offered', cause: 'reach' });
    assert.match(offers[0]?.text ?? '', /It reaches every service\./);
    assert.deepEqual(sent, []);
  });

  it('shows one notification for all that come while it is there, and sends them as one message', async () => {
    const { resets, offers, asked, answer } = gate({}, { isProtected: true });
    for (const name of ['library.books', 'library.book.1', 'library.book.*']) await resets.pass(save(name));
    assert.equal(offers.length, 1);
    await answer(true);
    assert.deepEqual(
      asked.map(({ message }) => message),
      [{ resources: ['library.books', 'library.book.*'] }],
    );
    await resets.pass(save('library.book.3'));
    assert.equal(offers.length, 2);
    await answer(false);
    assert.equal(asked.length, 1);
  });

  it('sends at most ten a minute, and then asks', async () => {
    const { resets, sent, offers, wait } = gate();
    for (let count = 0; count < 12; count++) {
      await resets.pass(save(`library.book.${count}`));
      wait(1000);
    }
    assert.deepEqual([sent.length, offers.length, offers[0]?.cause], [10, 1, 'rate']);
    wait(48_001);
    assert.equal((await resets.pass(save('library.books'))).kind, 'sent');
    assert.equal(offers.length, 1);
  });
});
