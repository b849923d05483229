import type { ConfirmRules, ResetQuestion } from '../../../src/resets/askReasons';
import type { Bus, PublishResult } from '../../../src/resets/bus';
import type { Connections, Opening } from '../../../src/resets/connections';
import { ResetFlow } from '../../../src/resets/resetFlow';
import type { ResetRecord } from '../../../src/resets/resetRecord';
import { ResetService } from '../../../src/resets/resetService';
import type { Message, Notifier } from '../../../src/util/notifier';
import { problemText } from '../../../src/util/problem';
import type { ResetStore } from '../../../src/resets/recording';

/** A bus that answers a publish by its `result`. */
export function fakeBus(sent: string[] = [], about: Partial<Bus> = {}): Bus & { result: PublishResult } {
  const bus: Bus & { result: PublishResult } = {
    id: 'user:local',
    connection: 'local',
    server: 'nats://127.0.0.1:4222',
    isProtected: false,
    isUnverified: false,
    result: { state: 'published', server: 'nats-1' },
    publish: (subject, data) => {
      sent.push(`${subject} ${new TextDecoder().decode(data)}`);
      return Promise.resolve(bus.result);
    },
    subscribe: () => ({ dispose: () => undefined }),
    onDidDisconnect: () => ({ dispose: () => undefined }),
    heardUntil: 0,
    flush: () => Promise.resolve(true),
    ...about,
  };
  return bus;
}

/** A person who is shown notifications, and chooses of the actions the one that is in `chooses`. */
export function fakeNotifier(): Notifier & { readonly shown: string[]; chooses: string | undefined } {
  const shown: string[] = [];
  const show =
    (kind: string) =>
    <Action extends string>(message: Message, ...actions: Action[]): Promise<Action | undefined> => {
      const text = typeof message === 'string' ? message : problemText(message);
      shown.push([`${kind}: ${text}`, ...actions].join(' | '));
      const chosen = actions.find((action) => action === notifier.chooses);
      if (chosen !== undefined) notifier.chooses = undefined;
      return Promise.resolve(chosen);
    };
  const notifier = {
    shown,
    chooses: undefined as string | undefined,
    info: show('info'),
    warn: show('warn'),
    error: show('error'),
    confirm: async (question: string, detail: string, action: string) =>
      (await show('confirm')(`${question} ${detail}`, action)) !== undefined,
  };
  return notifier;
}

/** The flow of a window with these connections, or with this one alone, and a person who answers questions as told. */
export function flowOf(connections: Connections | Opening, rules: Partial<ConfirmRules> = {}) {
  const records: ResetRecord[] = [];
  const asked: ResetQuestion[] = [];
  const status: string[] = [];
  const done: string[] = [];
  const person = { confirms: true };
  const notifier = fakeNotifier();
  let count = 0;
  const resets = new ResetService({
    recording: keepsNothing,
    newId: () => String(++count),
    now: () => count,
    observe: () => undefined,
  });
  resets.onDidChange((record) => records.push(record));
  const flow = new ResetFlow({
    resets,
    connections: 'use' in connections ? connections : onlyOne(connections),
    rules: { expect: () => ({ count: 0, source: 'knownNames' }), askAbove: () => 1000, ...rules },
    prompts: {
      confirm: (question) => {
        asked.push(question);
        return Promise.resolve(person.confirms);
      },
      showSending: (title, send) => {
        done.push(title);
        return send();
      },
      showStatus: (id, text, isFinal) => status.push(`${id}: ${text}${isFinal ? '' : ' …'}`),
      showReport: (id) => done.push(`report of ${id}`),
      showLog: () => done.push('log'),
      chooseConnection: () => done.push('choose connection'),
    },
    notifier,
  });
  return { flow, resets, records, asked, status, done, person, notifier };
}

function onlyOne(opening: Opening): Connections {
  return {
    use: () => Promise.resolve(opening),
    work: async (_, run) =>
      opening.kind === 'connected' ? { kind: 'done', value: await run(opening.bus) } : opening,
  };
}

/** A store that keeps nothing. */
export const keepsNothing: ResetStore = {
  put: () => undefined,
  show: () => undefined,
  written: () => Promise.resolve(),
};

/** A bus on which each publish ends so; `sent` gets what was published. */
export const busThatAnswers = (result: PublishResult, sent: string[] = []): Bus =>
  Object.assign(fakeBus(sent), { result });
