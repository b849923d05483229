import type { KnownNames } from '../code/index/coverage';
import type { Known } from '../code/index/workspaceIndex';
import { serviceOf } from '../res/pattern';
import type { AskingBus } from '../resets/bus';
import type { Answer } from './followRestart';

/** A request that a service answers if it is there, and that costs it no more than a read. */
interface ServiceQuestion {
  readonly subject: string;
  readonly data: Uint8Array;
}

/** Fills a part that may be anything. */
const anyPart = 'vscode-res';

/**
 * What to ask a service: the first resource that it serves, by a get or else for access. None where nothing of the kind is
 * known of it: a call could change something.
 */
export function questionFor(service: string, known: KnownNames): ServiceQuestion | undefined {
  const { index, live } = known;
  const { concrete, wild } = index.known();
  const served = [...concrete, ...wild].filter(
    ({ pattern, handlers }) => handlers.length > 0 && serviceOf(pattern) === service,
  );
  for (const kind of ['get', 'access'] as const) {
    for (const one of served) if (serves(one, kind, known)) return question(kind, nameIn(one.pattern, known));
  }
  // The names of services whose code is elsewhere are known from the bus.
  for (const name of live?.names() ?? []) if (serviceOf(name) === service) return question('get', name);
  return undefined;
}

function serves({ pattern, handlers }: Known, kind: 'get' | 'access', { index }: KnownNames): boolean {
  return handlers.some(({ file }) =>
    index
      .factsOf(file)
      .some(
        (fact) =>
          fact.kind === 'handler' && fact.pattern === pattern && (fact.serves ?? ['get']).includes(kind),
      ),
  );
}

/** A name that the pattern matches: a known one, or one of which the service says that there is no such thing. */
function nameIn(pattern: string, { index }: KnownNames): string {
  const [name] = index.namesMatching(pattern, 1);
  return name ?? pattern.replace(/(?<![^.])[*>](?![^.])/g, anyPart);
}

function question(kind: 'get' | 'access', name: string): ServiceQuestion {
  const payload = kind === 'get' ? {} : { cid: anyPart, token: null };
  return { subject: `${kind}.${name}`, data: new TextEncoder().encode(JSON.stringify(payload)) };
}

/** How long a service may take to answer, in milliseconds. */
const answerMs = 1000;

/** Asks a service on a connection whether it is there. */
export async function askService(
  bus: Pick<AskingBus, 'ask' | 'server' | 'onDidDisconnect'>,
  service: string,
  known: KnownNames,
): Promise<Answer> {
  const question = questionFor(service, known);
  if (!question) return 'unaskable';
  let isUnlinked = bus.server === undefined;
  const listening = bus.onDidDisconnect(() => {
    isUnlinked = true;
  });
  const answers = await bus.ask(question.subject, question.data, answerMs);
  listening.dispose();
  return !answers && isUnlinked ? 'unlinked' : answers;
}
