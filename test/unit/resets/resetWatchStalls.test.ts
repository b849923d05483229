import assert from 'node:assert/strict';
import fc from 'fast-check';
import { observationSummary } from '../../../src/resets/observe/observationText';
import { ResetWatch } from '../../../src/resets/observe/resetWatch';
import { books, bytes, fresh, inboxOf, WatchedBus } from './watchedBus';

const told = (bus: WatchedBus): string => observationSummary(bus.watch.observation());

describe('While the link stalls, a watch', () => {
  it('does not take the silence for one', () => {
    const bus = new WatchedBus(books);
    bus.stallTo(4000);
    assert.equal(told(bus), 'waiting for a gateway to react');
    bus.answer(4210, bus.ask(4210, 'get.library.book.1'), fresh);
    bus.end();
    assert.match(told(bus), /^1 refetched · /);
  });

  it('does not take what comes right after it for new: a server answers before it has handed on all that waited', () => {
    const [bus, other] = [new WatchedBus(books), new WatchedBus(books)];
    const reply = bus.ask(0, 'get.library.book.1');
    bus.stallTo(4000);
    bus.answer(4010, reply, fresh);
    other.stallTo(4000);
    other.answer(4010, other.ask(4010, 'get.library.book.1'), fresh);
    for (const each of [bus, other]) {
      each.end();
      assert.match(told(each), /^1 late answer · /);
    }
  });

  it('counts no silence before it hears of what came after the reset', () => {
    const bus = new WatchedBus(books);
    // Every message takes 1.2 s to come.
    for (let askedAt = -1200; askedAt <= 0; askedAt += 50)
      if (askedAt < 0) bus.watch.prove({ askedAt, answeredAt: askedAt + 1200 });
    assert.equal(told(bus), 'waiting for a gateway to react');
  });

  it('is not sure of an answer that the gateway may have got too late', () => {
    const bus = new WatchedBus(books);
    const [first, second] = [bus.ask(500, 'get.library.book.1'), bus.ask(500, 'get.library.book.2')];
    bus.stallTo(2000, () => {
      bus.answer(2000, first, fresh);
    });
    bus.stallTo(3900, () => {
      bus.answer(3900, second, fresh);
    });
    bus.end();
    assert.match(told(bus), /^1 refetched, 1 late answer · /);
  });

  it('knows an answer as late that was sent after the gateway gave up', () => {
    const bus = new WatchedBus(books);
    const reply = bus.ask(0, 'get.library.book.1');
    bus.answer(3200, reply, fresh);
    bus.end();
    assert.match(told(bus), /^1 no answer · /);
  });

  it('does not know what was answered once it is cut off, or answers are denied', () => {
    const [cut, denied] = [new WatchedBus(books), new WatchedBus(books)];
    for (const bus of [cut, denied]) bus.ask(10, 'get.library.book.1');
    cut.watch.cutOff();
    denied.watch.deny('answers');
    denied.end();
    assert.match(told(cut), /^1 requested · observation stopped early/);
    assert.match(told(denied), /^1 requested · no permission to observe answers/);
  });

  it('reports what was seen, when the requests are denied later', () => {
    const bus = new WatchedBus(books);
    bus.answer(11, bus.ask(10, 'get.library.book.1'), fresh);
    bus.watch.deny('requests');
    assert.match(told(bus), /^1 refetched · observation stopped early/);
  });
});

describe('Of a request without an answer, a watch', () => {
  const silent = (answering: Set<string>): WatchedBus => {
    const bus = new WatchedBus(books, 'watched', answering);
    bus.ask(1, 'get.library.book.1');
    return bus;
  };

  it('says that none was seen, before any of that gateway was', () => {
    const bus = silent(new Set(['B'.repeat(12)]));
    bus.end();
    assert.match(told(bus), /^1 no answer seen · /);
  });

  it('is sure, once another answer to that gateway was seen, of whatever request', () => {
    const [same, foreign] = [silent(new Set()), silent(new Set())];
    same.answer(5, same.ask(5, 'get.library.book.2'), fresh);
    foreign.answer(5, inboxOf('A', 99), { result: null });
    for (const bus of [same, foreign]) bus.end();
    assert.match(told(same), /^1 refetched, 1 no answer · /);
    assert.match(told(foreign), /^1 no answer · /);
  });
});

describe('Whatever is held up, doubled or out of order, a watch', () => {
  /** A world of one gateway: what it got, when, and what a stalling link shows of it. */
  const worlds = fc.record({
    requests: fc.array(fc.record({ asks: fc.nat(800), answersAfter: fc.option(fc.nat(6000)) }), {
      maxLength: 5,
    }),
    stalls: fc.array(fc.record({ from: fc.nat(5000), lasts: fc.nat(4500) }), { maxLength: 3 }),
    doubled: fc.boolean(),
  });

  it('never says more than the gateway got', () => {
    fc.assert(
      fc.property(worlds, ({ requests, stalls, doubled }) => {
        // What the server sends during a stall arrives at its end; what follows comes after it.
        const arrival = (sent: number): number => {
          let at = sent;
          for (let moved = true; moved;) {
            moved = false;
            for (const { from, lasts } of stalls) {
              if (at < from || at >= from + lasts) continue;
              at = from + lasts;
              moved = true;
            }
          }
          return at;
        };
        const rules = { noReaction: 1000, quiet: 300, requestTimeout: 3000, limit: 60_000 };
        const watch = new ResetWatch(books, 'watched', rules, new Set(['A'.repeat(12)]));
        watch.begin(0);
        type Step = { readonly at: number; readonly sent: number; readonly act: () => void };
        const steps: Step[] = [];
        requests.forEach(({ asks, answersAfter }, index) => {
          const reply = inboxOf('A', index);
          const at = arrival(asks);
          const ask = (): void => {
            watch.request(`get.library.book.${index}`, reply, bytes({}), at);
          };
          steps.push({ at, sent: asks, act: ask });
          if (doubled) steps.push({ at, sent: asks, act: ask });
          if (answersAfter === null) return;
          const sent = asks + answersAfter;
          const answer = (): void => {
            watch.reply(reply, bytes(fresh), arrival(sent));
          };
          steps.push({ at: arrival(sent), sent, act: answer });
          if (doubled) steps.push({ at: arrival(sent), sent, act: answer });
        });
        for (let askedAt = 10; askedAt < 30_000; askedAt += 50) {
          const answeredAt = arrival(askedAt);
          steps.push({
            at: answeredAt,
            sent: askedAt,
            act: () => {
              watch.prove({ askedAt, answeredAt });
            },
          });
        }
        steps.sort((a, b) => a.at - b.at || a.sent - b.sent);
        for (const { act } of steps) act();
        const { state, requests: seen } = watch.observation();
        assert.equal(state, 'complete');
        for (const { name, outcome } of seen) {
          const { answersAfter = null } = requests[Number(name.split('.')[2])] ?? {};
          const isApplied = answersAfter !== null && answersAfter <= 3000;
          if (outcome.kind === 'answered') assert.ok(isApplied, `${name} is told as refetched`);
          else if (outcome.kind !== 'noAnswer') assert.fail(outcome.kind);
          else if (!outcome.unsure) assert.ok(!isApplied, `${name} is told as not answered`);
        }
      }),
      { numRuns: 300 },
    );
  });
});
