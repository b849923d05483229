import assert from 'node:assert/strict';
import { countOutcomes, type ObservedRequest } from '../../../../src/resets/observe/observation';
import type { ResetRecord } from '../../../../src/resets/resetRecord';
import { ReportFeed, type Shown } from '../../../../src/resets/ui/reportFeed';
import { reportCsv, reportJson } from '../../../../src/resets/ui/reportExport';
import { isSameRequest, reportHead } from '../../../../src/resets/ui/reportView';
import { msg, verbatim } from '../../../../src/util/l10n';
import type { ReportRow, ToReport } from '../../../../src/resets/messages';
import { until } from '../../../integration/until';

const request = (number: number): ObservedRequest => ({
  kind: 'get',
  name: `library.book.${number}`,
  gateway: 1,
  outcome: { kind: 'answered' },
  at: 1,
  took: 3,
  bytes: 10,
});

function recordWith(requests: readonly ObservedRequest[], id = '1'): ResetRecord {
  const observation = {
    state: 'complete',
    answers: 'watched',
    ...countOutcomes(requests),
    requests,
    other: 0,
    gateways: 1,
    took: 4,
  } as const;
  return {
    id,
    time: 0,
    origin: 'command',
    message: { resources: ['library.>'] },
    state: { kind: 'published', server: 'nats', observation },
  };
}

function shown(record: ResetRecord): Shown {
  const entry = { record, label: '', isPinned: false, isImported: false };
  return {
    record,
    headOf: (tally) => reportHead(entry, record, { hasPrevious: false, formatTime: String }, tally),
  };
}

/** A page that knows what it was told. */
class Page {
  readonly rows: ReportRow[] = [];
  id: string | undefined;
  longest = 0;

  receive(message: ToReport): void {
    if (message.type === 'show') {
      this.id = message.head?.id;
      this.rows.length = 0;
      return;
    }
    this.longest = Math.max(this.longest, message.rows.length);
    for (const [index, row] of message.rows) this.rows[index] = row;
  }
}

describe('What a report page gets', () => {
  let now: Shown | undefined;
  let page: Page;
  let feed: ReportFeed;
  beforeEach(() => {
    now = undefined;
    page = new Page();
    feed = new ReportFeed(
      'main',
      (message) => {
        page.receive(message);
      },
      () => now,
    );
  });
  afterEach(() => {
    feed.end();
  });
  const untilRows = (count: number): Promise<true> =>
    until(
      () => (page.rows.length === count ? true : undefined),
      () => `${count} rows; there are ${page.rows.length}`,
    );

  it('is all requests, in pieces', async () => {
    now = shown(recordWith(Array.from({ length: 1700 }, (_, number) => request(number))));
    feed.restart(false);
    await untilRows(1700);
    assert.ok(page.longest <= 500, `${page.longest} at once`);
    assert.deepEqual(page.rows[1699]?.name, 'library.book.1699');
  });

  it('comes when the entry is known only after the page is there, as in a window that was loaded anew', async () => {
    feed.restart(false);
    assert.equal(page.id, undefined);
    now = shown(recordWith([request(1)]));
    feed.changed();
    await untilRows(1);
    assert.equal(page.id, '1');
  });

  it('is that the entry has gone, when it was removed', async () => {
    now = shown(recordWith([request(1)]));
    feed.restart(false);
    await untilRows(1);
    now = undefined;
    feed.changed();
    await until(
      () => (page.id === undefined ? true : undefined),
      () => 'the page to be empty',
    );
  });
});

describe('A report as a table in a file', () => {
  it('is drawn anew where any of what is known of a request has changed', () => {
    const before: ObservedRequest = {
      kind: 'get',
      name: 'a.b',
      gateway: 1,
      outcome: { kind: 'noAnswer' },
      at: 5,
      took: 9,
    };
    assert.ok(isSameRequest(before, { ...before, outcome: { kind: 'noAnswer' } }));
    assert.ok(!isSameRequest(before, { ...before, outcome: { kind: 'noAnswer', unsure: 'late' } }));
    for (const change of [
      { atMin: 1 },
      { tookMin: 1 },
      { took: 8 },
      { query: 'a' },
      { bytes: 1 },
      { client: 1 },
    ])
      assert.ok(!isSameRequest(before, { ...before, ...change }), JSON.stringify(change));
  });

  it('has both bounds of each time; they are the same where it is known', () => {
    const late = { ...request(2), at: 205, atMin: 5, took: 200, tookMin: 0 };
    const [, exact, bounded] = reportCsv(recordWith([request(1), late])).split('\r\n');
    assert.match(exact ?? '', /,1,1,3,3,10$/);
    assert.match(bounded ?? '', /,205,5,200,0,10$/);
  });

  it('says as JSON why a reset failed, and how that is said', () => {
    const problem = { what: msg('{0} was lost', 'h1'), why: verbatim('read ECONNRESET') };
    const { state } = JSON.parse(reportJson({ ...recordWith([]), state: { kind: 'failed', problem } })) as {
      state: unknown;
    };
    assert.deepEqual(state, {
      kind: 'failed',
      problem: { what: 'h1 was lost', why: 'read ECONNRESET', codes: { what: ['{0} was lost', 'h1'] } },
    });
  });
});
