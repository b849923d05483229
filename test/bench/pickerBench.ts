import { Offers } from '../../src/code/index/offers';
import { WorkspaceIndex } from '../../src/code/index/workspaceIndex';
import type { Fact } from '../../src/code/scanner/facts/fact';
import { workInSlices } from '../../src/code/picker/slicedWork';
import { atMost, type Figure, percentile, rounded } from './figure';
import { type Clock, HostWork, threadClock } from './hostWork';

const ids = 100_000;
const services = ['billing', 'customers', 'inventory', 'orders', 'shipping', 'users'];
/** How often each text is typed, letter by letter. */
const rounds = 3;

/** What is typed, by what it is for. */
const texts = {
  prefixes: ['orders.kind42.item4', 'Orders.kind7', 'users.kind96.', 'library'],
  middles: ['kind42', 'item4242', 'tem77', '7.item'],
  fuzzy: ['ord k42', 'o.kind42', 'okind42', 'shk9it', 'usr itm 42'],
  wildcards: ['*.kind42.*', 'orders.*.item42', 'orders.>'],
  'nothing found': ['zebra', 'orders.kind42.none', 'xyz q'],
} as const;

/** What a keystroke in the picker costs with very many known ids: until the first rows are known, and in one go. */
export async function benchPicker(): Promise<readonly Figure[]> {
  const index = new WorkspaceIndex();
  index.update([{ file: '/bench/service.go', facts: [...facts()] }]);
  const figures: Figure[] = [];
  const clock = threadClock();
  for (const [name, typed] of Object.entries(texts)) {
    const times: { rows: number; longest: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const offers = new Offers({ index });
      for (const text of typed) {
        for (let end = 1; end <= text.length; end++)
          times.push(await keystroke(offers, text.slice(0, end), clock));
      }
    }
    const rows = times.map((time) => time.rows);
    const common = { bench: 'picker', unit: 'ms' } as const;
    const what = `a keystroke among ${ids} ids, ${name}`;
    figures.push(
      {
        ...common,
        figure: `${what}: until its rows are known, median`,
        value: rounded(percentile(rows, 50)),
      },
      atMost(
        { ...common, figure: `${what}: the same, 95th percentile`, value: rounded(percentile(rows, 95)) },
        16,
      ),
      atMost(
        {
          ...common,
          figure: `${what}: longest work of the host in one go, 95th percentile`,
          value: rounded(
            percentile(
              times.map((time) => time.longest),
              95,
            ),
          ),
        },
        10,
      ),
    );
  }
  clock.close();
  return figures;
}

/** What one keystroke costs, in milliseconds of this thread's own time. */
async function keystroke(
  offers: Offers,
  typed: string,
  clock: Clock,
): Promise<{ rows: number; longest: number }> {
  const started = clock.now();
  let rows: number | undefined;
  const seen = (): void => {
    rows ??= clock.now() - started;
  };
  const host = new HostWork();
  await workInSlices(offers.offer(typed), { onStep: seen, onDone: seen }).done;
  return { rows: rows ?? NaN, longest: host.stop() };
}

function* facts(): Generator<Fact> {
  for (const [number, service] of services.entries()) {
    yield { ...place(number), kind: 'service', pattern: `${service}.>`, service };
    for (let kind = 0; kind < 97; kind++)
      yield { ...place(kind), kind: 'handler', pattern: `${service}.kind${kind}.*`, service };
  }
  for (let id = 0; id < ids; id++) {
    const service = services[id % services.length] ?? '';
    yield { ...place(id), kind: 'reference', pattern: `${service}.kind${id % 97}.item${id}`, service };
  }
}

function place(line: number): Pick<Fact, 'line' | 'column' | 'language' | 'library'> {
  return { line: line + 1, column: 1, language: 'go', library: 'go-res' };
}
