import type { Page } from 'playwright-core';
import { countOutcomes, type Observation, type ObservedRequest } from '../../src/resets/observe/observation';
import type { ResetRecord } from '../../src/resets/resetRecord';
import { ReportFeed, type Shown } from '../../src/resets/ui/reportFeed';
import { reportHead } from '../../src/resets/ui/reportView';
import type { ToReport } from '../../src/resets/messages';
import { launchBrowser } from '../host/browser';
import { openReportPage, type Framed } from '../host/reportPage';
import { atMost, type Figure, percentile, rounded } from './figure';
import { HostWork } from './hostWork';

const count = 10_000;
const updates = 40;
const rounds = 7;

/** What the report of a reset with very many requests costs: in the page, and in the host that tells it. */
export async function benchReport(): Promise<readonly Figure[]> {
  const host = await measureHost();
  const browser = await launchBrowser();
  try {
    const paints: number[] = [];
    const handled: number[][] = [];
    for (let round = 0; round < rounds; round++) {
      const page = await openReportPage(await browser.newPage({ viewport: { width: 1280, height: 800 } }));
      paints.push(await paint(page, host.all));
      await page.close();
      const live = await openReportPage(await browser.newPage({ viewport: { width: 1280, height: 800 } }));
      handled.push(...(await handle(live, host.live)));
      await live.close();
    }
    const common = { bench: 'report', unit: 'ms' } as const;
    const what = `${count} requests`;
    return [
      atMost(
        {
          ...common,
          figure: `${what}: until the page has drawn them, median`,
          value: rounded(percentile(paints, 50)),
        },
        300,
      ),
      atMost(
        {
          ...common,
          figure: `${what}: a live update in the page, 95th percentile`,
          value: rounded(percentile(handled.map(sum), 95)),
        },
        8,
      ),
      {
        ...common,
        figure: '– a frame of one, 95th percentile',
        value: rounded(percentile(handled.flat(), 95)),
      },
      { ...common, figure: '– longest frame', value: rounded(Math.max(...handled.flat())) },
      atMost(
        {
          ...common,
          figure: `${what}: longest work of the host in one go, 95th percentile`,
          value: rounded(percentile(host.longest, 95)),
        },
        10,
      ),
      { ...common, figure: '– median', value: rounded(percentile(host.longest, 50)) },
    ];
  } finally {
    await browser.close();
  }
}

interface Told {
  /** What a page is told that is opened when all is over. */
  readonly all: readonly ToReport[];
  /** What one is told that is open from the start. */
  readonly live: readonly ToReport[];
  /** The longest work in one go of each round. */
  readonly longest: readonly number[];
}

async function measureHost(): Promise<Told> {
  const requests = Array.from({ length: count }, (_, at) => request(at));
  const longest: number[] = [];
  // What is observed is counted as it comes, elsewhere: only what the report costs is measured.
  const steps = Array.from({ length: updates }, (_, at) =>
    shownOf(requests.slice(0, (count * (at + 1)) / updates), at + 1 === updates ? 'complete' : 'watching'),
  );
  const told: ToReport[][] = [];
  for (const isLive of [false, true]) {
    for (let round = 0; round < rounds; round++) {
      const posted: string[] = [];
      let known = 0;
      let shown = isLive ? shownOf(requests.slice(0, 1), 'watching') : shownOf(requests, 'complete');
      const feed = new ReportFeed(
        'main',
        (message) => {
          // As the editor packs it for the page.
          posted.push(JSON.stringify(message));
          if (message.type === 'update') known = (message.rows.at(-1)?.[0] ?? known - 1) + 1;
        },
        () => shown,
      );
      await rest();
      const work = new HostWork();
      feed.restart(false);
      if (isLive) {
        for (const step of steps) {
          shown = step;
          feed.changed();
          await rest();
        }
      }
      while (known < count) await rest();
      longest.push(work.stop());
      feed.end();
      if (round === 0) told.push(posted.map((message) => JSON.parse(message) as ToReport));
    }
  }
  const [all = [], live = []] = told;
  return { all, live, longest };
}

export function shownOf(requests: readonly ObservedRequest[], state: Observation['state']): Shown {
  const observation: Observation = {
    state,
    answers: 'watched',
    ...countOutcomes(requests),
    requests,
    other: 0,
    gateways: 3,
    took: requests.length,
  };
  const record: ResetRecord = {
    id: '1',
    time: 0,
    origin: 'command',
    message: { resources: ['library.>'] },
    connection: 'local',
    state: { kind: 'published', server: 'nats', observation },
  };
  const entry = { record, label: '', isPinned: false, isImported: false };
  return {
    record,
    headOf: (tally) => reportHead(entry, record, { hasPrevious: false, formatTime: String }, tally),
  };
}

export function request(at: number): ObservedRequest {
  const took = 1 + ((at * 37) % 90);
  const common = {
    kind: 'get',
    name: `library.book.${at}`,
    gateway: 1 + (at % 3),
    at,
    took,
    bytes: 120,
  } as const;
  return at % 50 === 7
    ? { ...common, outcome: { kind: 'error', code: 'system.internalError', message: 'Internal error' } }
    : { ...common, outcome: { kind: 'answered' } };
}

/** As long as the host waits between two updates. */
function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 40));
}

/** How long it takes from the first message until all is on the screen, in milliseconds. */
function paint(page: Page, messages: readonly ToReport[]): Promise<number> {
  return page.evaluate(async (all) => {
    const start = performance.now();
    for (const data of all) window.dispatchEvent(new MessageEvent('message', { data }));
    while (await (window as unknown as Framed).frame());
    return performance.now() - start;
  }, messages);
}

/**
 * How long the page works for the frames of each update, their layout included, in milliseconds of its thread's own time. What
 * opens the page is not an update.
 */
async function handle(page: Page, messages: readonly ToReport[]): Promise<number[][]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    const of = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'];
    return metrics.reduce((sum, { name, value }) => sum + (of.includes(name) ? value * 1000 : 0), 0);
  };
  const [opening = [], ...live] = updatesIn(messages);
  await paint(page, opening);
  const times: number[][] = [];
  for (const update of live) {
    const frames: number[] = [];
    let left = update;
    let isMore = true;
    while (isMore) {
      const before = await worked();
      isMore = await page.evaluate((all) => {
        for (const data of all) window.dispatchEvent(new MessageEvent('message', { data }));
        return (window as unknown as Framed).frame();
      }, left);
      frames.push((await worked()) - before);
      left = [];
    }
    times.push(frames);
  }
  return times;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

/** The messages that make up an update: its rows in pieces, and at last what they say together. */
function updatesIn(messages: readonly ToReport[]): ToReport[][] {
  const all: ToReport[][] = [[]];
  for (const message of messages) {
    all.at(-1)?.push(message);
    if (message.head) all.push([]);
  }
  return all.filter((update) => update.length > 0);
}
