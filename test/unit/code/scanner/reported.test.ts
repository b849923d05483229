import { copyFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { temporaryFolder } from '../../../host/cache';
import { ReportedHost, type Step, names } from './reportedHost';

const name = fc.constantFrom(...names);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    arbitrary: fc.record({
      kind: fc.constant('begin' as const),
      isCached: fc.boolean(),
      opensFirst: fc.boolean(),
    }),
    weight: 3,
  },
  {
    arbitrary: fc.record({ kind: fc.constant('go on' as const), steps: fc.integer({ min: 1, max: 6 }) }),
    weight: 8,
  },
  {
    arbitrary: fc.record({ kind: fc.constantFrom('go on with a stopped one' as const, 'save' as const) }),
    weight: 2,
  },
  { arbitrary: fc.record({ kind: fc.constant('restart' as const) }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('stop' as const), after: fc.nat(30) }), weight: 2 },
  {
    arbitrary: fc.record({ kind: fc.constantFrom('type' as const, 'write' as const), name, at: fc.nat(2) }),
    weight: 8,
  },
  {
    arbitrary: fc.record({
      kind: fc.constantFrom('open' as const, 'close' as const, 'delete' as const, 'touch' as const),
      name,
    }),
    weight: 7,
  },
);

/** What went wrong once. */
const examples: [Step[], boolean][] = [
  // A file is opened as it is, while a scan goes on that has reported what was found in it before.
  [
    [
      { kind: 'go on', steps: 2 },
      { kind: 'open', name: 'given.js' },
    ],
    true,
  ],
  // One is changed while what was found in it before is handed over in parts.
  [
    [
      { kind: 'go on', steps: 1 },
      { kind: 'type', name: 'own.js', at: 2 },
    ],
    true,
  ],
  // One that others need is changed in an editor before it is known that they do.
  [
    [
      { kind: 'type', name: 'main.js', at: 0 },
      { kind: 'type', name: 'names.js', at: 1 },
    ],
    false,
  ],
  // One is opened as it is, while a scan goes on that has found out all by itself, because what is cached does not count.
  [
    [
      { kind: 'write', name: 'first.js', at: 0 },
      { kind: 'go on', steps: 6 },
      { kind: 'type', name: 'given.js', at: 0 },
    ],
    false,
  ],
  // Of two scans that were stopped, each has read files that a third one finds unchanged.
  [
    [
      { kind: 'begin', isCached: false, opensFirst: false },
      { kind: 'type', name: 'given.js', at: 0 },
      { kind: 'type', name: 'second.js', at: 0 },
      { kind: 'go on', steps: 3 },
    ],
    false,
  ],
];

describe('What was reported of files', function () {
  this.timeout(240_000);
  let folder: { path: string; remove: () => Promise<void> };
  let cacheFile: string;
  let cached: string;

  before(async () => {
    folder = await temporaryFolder('res-reported-');
    cacheFile = path.join(folder.path, '.cache', 'facts');
    cached = path.join(folder.path, '.first');
    await new ReportedHost(folder.path, cacheFile).finish();
    copyFileSync(cacheFile, cached);
  });

  after(() => folder.remove());

  it('is what a scan from scratch finds, whatever came between, and nothing that is there is ever taken back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.boolean(), async (steps, isCached) => {
        copyFileSync(cached, cacheFile);
        const host = new ReportedHost(folder.path, cacheFile);
        await host.look();
        await host.do({ kind: 'begin', isCached: true, opensFirst: false });
        for (const each of steps) await host.do(each);
        await host.finish(isCached);
        host.check();
      }),
      { numRuns: 40, examples },
    );
  });
});
