import { ConnectionService, type KnownProfile } from '../../src/connections/connectionService';
import type { ConnectionState } from '../../src/connections/connectionState';
import { createDial } from '../../src/connections/link/dial';
import { parseProfiles } from '../../src/connections/profile/profileCodec';
import { Redactor } from '../../src/connections/redaction/redact';
import type { ProfileSecrets } from '../../src/connections/profile/secrets';
import { defaultTimings, type Timings } from '../../src/connections/timings';
import type { Logger } from '../../src/util/logger';
import { silentLogger } from '../host/silentLogger';

/** Short enough for a test to see every timeout, long enough for a slow machine. */
export const shortTimings: Timings = {
  connectMs: 1_000,
  staggerMs: 50,
  roundMs: 200,
  flushMs: 500,
  aliveMs: 300,
  stallMs: 2_000,
  trustMs: 100,
  pingIntervalMs: 200,
  pingTimeoutMs: 500,
  reconnectWaitMs: 3_000,
  reconnectDelaysMs: [0, 20, 50],
};

/** A service whose secrets are the given ones, for every profile. */
export function createService(
  options: {
    secrets?: ProfileSecrets | (() => ProfileSecrets);
    timings?: Partial<Timings>;
    logger?: Logger;
    redactor?: Redactor;
  } = {},
): ConnectionService {
  const { secrets = {} } = options;
  const timings = { ...defaultTimings, ...shortTimings, ...options.timings };
  return new ConnectionService({
    secrets: {
      get: () => Promise.resolve(typeof secrets === 'function' ? secrets() : secrets),
      set: () => Promise.resolve(),
    },
    dial: createDial(timings.connectMs),
    timings,
    redactor: options.redactor ?? new Redactor(),
    logger: options.logger ?? silentLogger,
  });
}

/** The profile as it would stand in settings. */
export function profileOf(settings: Record<string, unknown>): KnownProfile {
  const entry = parseProfiles([{ name: 'test', ...settings }]).entries[0];
  if (!entry?.profile) throw new Error(JSON.stringify(entry?.problems));
  return {
    id: 'test',
    profile: entry.profile,
    ...(entry.ownSecrets ? { ownSecrets: entry.ownSecrets } : {}),
  };
}

/** Resolves with the first state, the present one included, that fits. */
export function stateWhere<K extends ConnectionState['kind']>(
  service: ConnectionService,
  kind: K,
  fits: (state: Extract<ConnectionState, { kind: K }>) => boolean = () => true,
): Promise<Extract<ConnectionState, { kind: K }>> {
  return new Promise((resolve) => {
    const check = (state: ConnectionState): boolean => {
      if (state.kind !== kind || !fits(state as Extract<ConnectionState, { kind: K }>)) return false;
      resolve(state as Extract<ConnectionState, { kind: K }>);
      return true;
    };
    if (check(service.state)) return;
    const listening = service.onDidChange((state) => {
      if (check(state)) listening.dispose();
    });
  });
}
