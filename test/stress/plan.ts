import type { Side } from '../bus/natsProxy';
import { between, pick, type Random } from '../bench/random';

/** Something that goes wrong between the product and the bus. */
export type Fault =
  /** The server is ended at once, and started again. */
  | { readonly kind: 'kill'; readonly downMs: number }
  /** The server stands still, and goes on. */
  | { readonly kind: 'stop'; readonly ms: number }
  /** The connection ends. */
  | { readonly kind: 'cut' }
  /** The connection stays open, and nothing passes any more. */
  | { readonly kind: 'freeze' }
  /** Nothing passes for a while, then all of it. */
  | { readonly kind: 'hold'; readonly sides: readonly Side[]; readonly ms: number }
  | { readonly kind: 'delay'; readonly delayMs: number; readonly ms: number }
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number; readonly ms: number }
  /** The server is told to allow less, and then all again. */
  | { readonly kind: 'permissions'; readonly denied: Denial; readonly ms: number };

/** What the server does not allow. */
export type Denial = 'publish' | 'requests' | 'answers';

/** The moments of a reset that a fault can wait for. */
export type Step = 'requested' | 'sending' | 'published' | 'asked';

/** A fault, and when it comes: so many steps of a kind later, and a little after the last of them. */
export interface PlannedFault {
  readonly fault: Fault;
  readonly step: Step;
  readonly count: number;
  readonly afterMs: number;
}

/** Faults without end, the same for the same random numbers. */
export function* plannedFaults(random: Random): Generator<PlannedFault, never> {
  for (;;) {
    yield {
      fault: anyFault(random),
      step: pick(random, ['requested', 'sending', 'sending', 'published', 'published', 'asked']),
      count: between(random, 1, 10),
      afterMs: pick(random, [
        0,
        0,
        between(random, 1, 10),
        between(random, 10, 100),
        between(random, 100, 800),
      ]),
    };
  }
}

function anyFault(random: Random): Fault {
  // Many are over before anybody notices; some last as long as the waits of the product.
  const ms = random() < 0.6 ? between(random, 50, 700) : between(random, 2000, 4300);
  const kinds: readonly [Fault['kind'], ...Fault['kind'][]] = [
    'kill',
    'stop',
    'stop',
    'cut',
    'cut',
    'freeze',
    'hold',
    'delay',
    'throttle',
    'permissions',
  ];
  const kind = pick(random, kinds);
  switch (kind) {
    case 'kill':
      return { kind, downMs: between(random, 0, 800) };
    case 'cut':
    case 'freeze':
      return { kind };
    case 'stop':
      return { kind, ms };
    case 'hold':
      return { kind, ms, sides: pick(random, [['server'], ['client'], ['server', 'client']]) };
    case 'delay':
      return { kind, ms, delayMs: between(random, 20, 600) };
    case 'throttle':
      return { kind, ms, bytesPerSecond: between(random, 500, 20_000) };
    case 'permissions': {
      const denied: Denial = pick(random, ['publish', 'requests', 'answers']);
      // Without permissions a reset is soon over: too many would go by in a long time.
      return { kind, denied, ms: between(random, 20, denied === 'publish' ? 150 : 500) };
    }
  }
}

/** How the service behaves to the second request for a resource, and to all that follow. */
export type Behaviour = 'answers' | 'late' | 'deleted' | 'broken' | 'refuses' | 'silent';

/** A reset that is to be sent, and the resources that it finds in the gateway's cache. */
export interface PlannedReset {
  /** Stands in each of its patterns, and in nobody else's. */
  readonly key: string;
  readonly message: { readonly resources?: string[]; readonly access?: string[] };
  readonly cached: readonly string[];
}

/** A reset of its own resources. Their names say how the service behaves: nothing else has to be agreed on. */
export function plannedReset(random: Random, number: number): PlannedReset {
  const key = `r${number}`;
  const cached = Array.from({ length: between(random, 0, 3) }, (_, index) => {
    const often = ['answers', 'answers', 'answers', 'answers', 'late'] as const;
    const behaviour: Behaviour = pick(random, [...often, 'deleted', 'broken', 'refuses', 'silent']);
    return `stress.${key}.${behaviour}${index}`;
  });
  const what = random();
  return {
    key,
    message: {
      ...(what < 0.85 && { resources: [`stress.${key}.*`] }),
      ...(what > 0.65 && { access: [`stress.${key}.>`] }),
    },
    cached,
  };
}

/** The key of the reset that a message, a subject or a line of a log belongs to. */
export function keyIn(text: string): string | undefined {
  return /stress\.(r\d+)\./.exec(text)?.[1];
}
