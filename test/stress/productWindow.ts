import { randomUUID } from 'node:crypto';
import { FileHistoryStorage } from '../../src/history/log/fileHistoryStorage';
import { History } from '../../src/history/history';
import { ConnectionController } from '../../src/connections/connectionController';
import type { ConnectionService, KnownProfile } from '../../src/connections/connectionService';
import type { ProfileSecrets } from '../../src/connections/profile/secrets';
import { defaultTimings, type Timings } from '../../src/connections/timings';
import type { ResetRecord } from '../../src/resets/resetRecord';
import { Recording } from '../../src/resets/recording';
import { ResetService } from '../../src/resets/resetService';
import { defaultRules, type WatchRules } from '../../src/resets/observe/resetWatch';
import type { ResetMessage } from '../../src/res/resetMessage';
import type { Logger } from '../../src/util/logger';
import { silentLogger } from '../host/silentLogger';
import type { Problem } from '../../src/util/problem';
import { createService } from '../bus/natsSetup';
import { playedPorts } from '../unit/connections/controllerSetup';
import { keyIn } from './plan';
import { verbatim } from '../../src/util/l10n';

export interface WindowOptions {
  /** Where the history is kept. */
  readonly folder: string;
  readonly profile: KnownProfile;
  readonly secrets?: ProfileSecrets;
  readonly rules?: Partial<WatchRules>;
  readonly timings?: Partial<Timings>;
  readonly logger: Logger;
  /** Told what the history could not do. */
  readonly onProblem?: (problem: Problem) => void;
}

/** The product's resets, connection and history as a window of VS Code has them. */
export interface ProductWindow {
  readonly resets: ResetService;
  readonly history: History;
  readonly connections: ConnectionService;
  /** Sends, after connecting if need be; resolves when nothing more is to be seen of it. */
  readonly send: (message: ResetMessage) => Promise<ResetRecord>;
  readonly close: () => void;
}

/** Opens a window: what `activate` does, for these parts, without VS Code. */
export function openWindow(options: WindowOptions): ProductWindow {
  const { folder, profile, secrets = {}, rules, timings, logger } = options;
  const history = openHistory(folder, options.onProblem);
  const resets = new ResetService({
    newId: randomUUID,
    now: Date.now,
    recording: new Recording({ store: history, logger, onProblem: options.onProblem ?? (() => undefined) }),
    observe: () => ({ answers: 'watched', rules: { ...defaultRules, ...rules } }),
  });
  const connections = createService({ secrets, timings: { ...defaultTimings, ...timings }, logger });
  const controller = new ConnectionController(connections, playedPorts(new Map([[profile.id, profile]])));
  void history.load();
  return {
    resets,
    history,
    connections,
    send: async (message) => {
      const intent = { message, origin: 'command' } as const;
      const worked = await controller.work(profile.id, (bus) => resets.send(intent, bus));
      if (worked.kind === 'done') return worked.value.observed;
      const nobodyCancels = {
        what: verbatim('Nothing was sent'),
        why: verbatim('connecting was called off'),
      };
      return resets.fail(intent, worked.kind === 'failed' ? worked.problem : nobodyCancels);
    },
    close: () => {
      controller.dispose();
      connections.dispose();
    },
  };
}

/** The history that is kept in a folder, as a new window reads it. */
export function openHistory(
  folder: string,
  onProblem: (problem: Problem) => void = () => undefined,
): History {
  return new History({
    storage: new FileHistoryStorage(folder),
    logger: silentLogger,
    limit: () => 1_000_000,
    onProblem,
  });
}

/** The key of the reset that a record is about. */
export function keyOf(record: ResetRecord): string {
  return keyIn(JSON.stringify(record.message)) ?? '';
}

/** Records by their keys. */
export function byKey(records: readonly ResetRecord[]): Map<string, ResetRecord[]> {
  const found = new Map<string, ResetRecord[]>();
  for (const record of records) found.set(keyOf(record), [...(found.get(keyOf(record)) ?? []), record]);
  return found;
}
