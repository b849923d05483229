import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  countOutcomes,
  type Observation,
  type ObservedRequest,
  type OutcomeCounts,
} from '../../../src/resets/observe/observation';
import { rowOutcome, shortOutcome } from '../../../src/resets/observe/observationText';
import { sentText, stateBadge, summaryOf } from '../../../src/resets/report';
import { gapsOf } from '../../../src/resets/reportGaps';
import { statisticsOf as statisticsWith } from '../../../src/resets/reportStatistics';
import { tallyOf } from '../../../src/resets/requestTally';
import type { ResetRecord, ResetState } from '../../../src/resets/resetRecord';
import { toneOfState } from '../../../src/resets/resetTone';
import { verbatim } from '../../../src/util/l10n';

const request = (name: string, outcome: ObservedRequest['outcome'], took?: number): ObservedRequest => ({
  kind: 'get',
  name,
  gateway: 1,
  outcome,
  at: 1,
  ...(took !== undefined && { took, bytes: 10 }),
});
const observed = (requests: readonly ObservedRequest[], rest: Partial<Observation> = {}): Observation => ({
  state: 'complete',
  answers: 'watched',
  ...countOutcomes(requests),
  requests,
  other: 0,
  gateways: 1,
  took: 41,
  ...rest,
});
const record = (state: ResetState): ResetRecord => ({
  id: '1',
  time: 0,
  origin: 'command',
  message: { resources: ['library.book.*'] },
  connection: 'local',
  state,
});
const published = (observation?: Observation): ResetRecord =>
  record({ kind: 'published', server: 'nats', ...(observation && { observation }) });
const statisticsOf = (observation: Observation) =>
  statisticsWith(observation, tallyOf(published(observation)));
const answered = { kind: 'answered' } as const;
const failed = { kind: 'error', code: 'system.internalError', message: 'boom' } as const;

describe('A report of a reset', () => {
  it('says in a sentence how many were fetched again, and which was not and why', () => {
    const three = [1, 2, 4].map((number) => request(`library.book.${number}`, answered, 3));
    assert.equal(summaryOf(published(observed(three))), 'All 3 requested resources were fetched again.');
    const [one] = three;
    assert.ok(one);
    assert.equal(summaryOf(published(observed([one]))), 'The one requested resource was fetched again.');
    assert.equal(
      summaryOf(published(observed([...three, request('library.book.3', failed, 5)]))),
      '3 of 4 were fetched again. library.book.3: system.internalError “boom”: the cache is unchanged.',
    );
  });

  it('counts nobody among those that were not fetched again of whom that is not known', () => {
    const unseen = request('library.book.9', { kind: 'unseen' });
    const other = request('library.book.8', { kind: 'unseen' });
    assert.equal(
      summaryOf(published(observed([unseen, other], { answers: 'denied' }))),
      '2 resources were requested. The answers are unknown.',
    );
    assert.equal(
      summaryOf(published(observed([request('library.book.1', answered), unseen], { state: 'cutOff' }))),
      '1 of 2 was fetched again. The answer to 1 of them is unknown.',
    );
  });

  it('names none as not fetched again whose answer may well have come', () => {
    const hidden = request('library.book.9', { kind: 'noAnswer', unsure: 'hidden' });
    const late = request('library.book.8', { kind: 'noAnswer', unsure: 'late' });
    assert.equal(
      summaryOf(published(observed([hidden, late]))),
      '2 resources were requested. The answers are unknown.',
    );
    assert.equal(
      summaryOf(published(observed([hidden, request('library.book.1', { kind: 'notFound' })]))),
      '0 of 2 were fetched again. library.book.1: not found: deleted for clients. The answer to 1 of them is unknown.',
    );
  });

  it('counts resources, not what each gateway or query asked of one', () => {
    const book = request('library.book.1', answered);
    const twice = [book, { ...book, gateway: 2 }];
    assert.equal(summaryOf(published(observed(twice))), 'The one requested resource was fetched again.');
    const query = { ...request('library.books', failed), query: 'start=0' };
    assert.equal(
      summaryOf(published(observed([...twice, request('library.books', answered), query]))),
      '1 of 2 was fetched again. library.books: system.internalError “boom”: the cache is unchanged.',
    );
  });

  it('counts requests where not all of them are listed', () => {
    const stored = (get: OutcomeCounts, listed: readonly ObservedRequest[]): ResetRecord =>
      published(observed(listed, { counts: { get, access: {}, auth: {} } }));
    const book = request('library.book.1', answered);
    assert.equal(
      summaryOf(stored({ answered: 500 }, [book])),
      'All 500 get requests were answered with the resource.',
    );
    const bad = request('library.book.3', failed);
    assert.equal(
      summaryOf(stored({ answered: 498, error: 2 }, [bad, bad, book])),
      '498 of 500 get requests were answered with the resource. library.book.3: system.internalError “boom”: the cache is unchanged. 1 more is in the list below.',
    );
    assert.equal(
      summaryOf(stored({ answered: 100, error: 400 }, [bad, bad])),
      '100 of 500 get requests were answered with the resource. library.book.3: system.internalError “boom”: the cache is unchanged.',
    );
    const access: ObservedRequest = { ...book, kind: 'access', outcome: { kind: 'refused' } };
    assert.equal(
      summaryOf(stored({ answered: 100, error: 3 }, [bad, bad, access, access])),
      '100 of 103 get requests were answered with the resource. library.book.3: system.internalError “boom”: the cache is unchanged.',
    );
    assert.equal(
      summaryOf(stored({ answered: 1 }, [access, access])),
      'The one get request was answered with the resource.',
    );
    assert.equal(
      summaryOf(stored({ unseen: 1 }, [access, access])),
      'One get request was sent. The answer is unknown.',
    );
    assert.equal(
      summaryOf(stored({ unseen: 500 }, [request('library.book.1', { kind: 'unseen' })])),
      '500 get requests were sent. The answers are unknown.',
    );
  });

  it('names the worst of those that were not fetched again', () => {
    const all = [
      request('library.book.1', { kind: 'notFound' }),
      request('library.book.2', failed),
      request('library.book.3', answered),
    ];
    assert.equal(
      summaryOf(published(observed(all))),
      '1 of 3 was fetched again. library.book.2: system.internalError “boom”: the cache is unchanged. 1 more is in the list below.',
    );
  });

  it('says of what was not observed that it is not known, never that it did not happen', () => {
    assert.match(summaryOf(published()), /is unknown/);
    assert.match(summaryOf(published(observed([], { state: 'denied' }))), /is unknown/);
    assert.match(summaryOf(published(observed([]))), /^No gateway was seen to react/);
    assert.match(summaryOf(published(observed([], { other: 2 }))), /^No certain reaction seen/);
    assert.match(gapsOf(published()).rows ?? '', /was not observed/);
    assert.match(gapsOf(published(observed([], { state: 'denied' }))).rows ?? '', /no permission/);
    const unseen = observed([request('a.b', { kind: 'unseen' })], { answers: 'denied' });
    assert.match(gapsOf(published(unseen)).answers ?? '', /no permission/);
    assert.match(gapsOf(published({ ...unseen, state: 'cutOff' })).end ?? '', /stopped early/);
    const problem = { what: verbatim('The reset was not sent'), why: verbatim('nothing listens') };
    assert.match(gapsOf(record({ kind: 'failed', problem })).rows ?? '', /was not confirmed/);
    assert.match(gapsOf(record({ kind: 'rejected', problem })).rows ?? '', /server rejected the reset/);
  });

  it('says that fewer requests are listed than were counted, and that an old entry has no times', () => {
    const listed = [{ kind: 'get', name: 'a.b', gateway: 1, outcome: answered, took: 3 } as const];
    const stored = observed(listed, { counts: { get: { answered: 500 }, access: {}, auth: {} } });
    const { rows, bars, times } = gapsOf(published(stored));
    assert.match(times ?? '', /^Times and bytes cover the listed requests only/);
    assert.match(rows ?? '', /^Listed: 1 of 500 requests, failures first/);
    assert.match(bars ?? '', /^No bars: the times/);
    assert.deepEqual(statisticsOf(stored).totals.at(-1), { tone: 'unknown', text: '499 not listed' });
  });

  it('has the colour of the worst that was seen', () => {
    const toneOf = (...outcomes: ObservedRequest['outcome'][]): string =>
      toneOfState(published(observed(outcomes.map((outcome) => request('a.b', outcome)))).state);
    assert.equal(toneOf(answered), 'good');
    assert.equal(toneOf(answered, { kind: 'notFound' }), 'warning');
    assert.equal(toneOf(answered, { kind: 'noAnswer', unsure: 'hidden' }), 'warning');
    assert.equal(toneOf(answered, { kind: 'noAnswer' }), 'bad');
    assert.equal(toneOf(failed, answered), 'bad');
    assert.equal(toneOf(), 'unknown');
    assert.equal(toneOfState({ kind: 'sending' }), 'pending');
    assert.equal(stateBadge(published(observed([request('a.b', answered)]))).word, 'Published');
  });

  it('has median, 95th percentile and slowest of the answers, and a histogram from 20 on', () => {
    const times = Array.from({ length: 100 }, (_, at) => request(`a.${at}`, answered, at + 1));
    const { times: of, histogram, bytes } = statisticsOf(observed(times));
    assert.deepEqual(of, { median: { max: 50 }, p95: { max: 95 }, slowest: { max: 100 } });
    assert.equal(bytes, 1000);
    assert.equal(
      histogram?.reduce((sum, { count }) => sum + count, 0),
      100,
    );
    assert.equal(statisticsOf(observed(times.slice(0, 19))).histogram, undefined);
    assert.deepEqual(statisticsOf(observed([])), { totals: [] });
  });

  it('has bounds instead where times are not known exactly, and draws the others only', () => {
    const late = (name: string): ObservedRequest => ({ ...request(name, answered, 200), tookMin: 0 });
    const times = [
      ...Array.from({ length: 20 }, (_, at) => request(`a.${at}`, answered, 40)),
      ...Array.from({ length: 10 }, (_, at) => late(`b.${at}`)),
    ];
    const { times: of, histogram = [] } = statisticsOf(observed(times));
    assert.deepEqual(of, {
      median: { max: 40 },
      p95: { max: 200, min: 40 },
      slowest: { max: 200, min: 40 },
    });
    assert.equal(
      histogram.reduce((sum, { count }) => sum + count, 0),
      20,
    );
    assert.match(gapsOf(published(observed(times))).times ?? '', /^10 of 30 answer times are not exact/);
    assert.equal(gapsOf(published(observed(times.slice(0, 20)))).times, undefined);
    assert.equal(shortOutcome(observed(times, { took: 205, tookMin: 41 })), '30 refetched · 41–205 ms');
  });

  it('counts every answer in exactly one bar', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100_000, noNaN: true }), { minLength: 20 }), (all) => {
        const { histogram = [] } = statisticsOf(observed(all.map((took) => request('a', answered, took))));
        assert.equal(
          histogram.reduce((sum, { count }) => sum + count, 0),
          all.length,
        );
      }),
    );
  });

  it('shows the message as it was sent', () => {
    assert.equal(sentText(published()), 'system.reset {"resources":["library.book.*"]}');
  });
});

describe('The outcome of a reset in a row', () => {
  const short = (outcomes: readonly ObservedRequest['outcome'][], rest: Partial<Observation> = {}): string =>
    shortOutcome(
      observed(
        outcomes.map((outcome) => request('a.b', outcome)),
        rest,
      ),
    );

  it('says what went wrong first', () => {
    assert.equal(short([answered, answered, failed]), '1 error, 2 refetched · 41 ms');
    assert.equal(short([answered, { kind: 'noAnswer' }]), '1 no answer, 1 refetched · 41 ms');
    assert.equal(short([{ kind: 'noAnswer', unsure: 'hidden' }]), '1 no answer seen · 41 ms');
    assert.equal(short([answered], { took: 0 }), '1 refetched · <1 ms');
  });

  it('is shorter where the row is narrow: without the time where something else is to be said', () => {
    const row = (...outcomes: ObservedRequest['outcome'][]): string =>
      rowOutcome(observed(outcomes.map((outcome) => request('a.b', outcome))));
    assert.equal(row(answered, answered), '2 refetched · 41 ms');
    assert.equal(row(answered, answered, failed), '1 error, 2 refetched');
    assert.equal(row(failed, { kind: 'noAnswer' }, { kind: 'notFound' }, answered), '1 error, 3 others');
    const notFound = { kind: 'notFound' } as const;
    assert.equal(row(notFound, answered, answered), '1 not found, 2 others');
    assert.equal(row(notFound, answered), '1 not found, 1 other');
    assert.equal(row(...Array.from({ length: 123 }, () => notFound), answered, answered), '123 not found, …');
    assert.equal(row(), 'no gateway reacted');
    const bounded = (took: number, tookMin: number): string =>
      rowOutcome(observed([request('a.b', answered)], { took, tookMin }));
    assert.equal(bounded(94, 17), '1 refetched · 17–94 ms');
    assert.equal(bounded(312, 203), '1 refetched · ≤ 312 ms');
    assert.equal(rowOutcome(observed([request('a.b', answered)], { state: 'cutOff' })), '1 refetched, …');
  });

  it('says shortly that nothing was seen, or could be', () => {
    assert.equal(short([]), 'no gateway reacted');
    assert.equal(short([], { state: 'denied' }), 'no permission to observe');
    assert.equal(short([], { state: 'watching' }), 'waiting…');
    assert.equal(short([], { state: 'cutOff' }), 'no certain reaction seen');
    assert.equal(short([answered], { state: 'cutOff' }), '1 refetched · stopped early');
  });
});
