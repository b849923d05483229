import { ConnectionController, type ControllerPorts } from '../../../src/connections/connectionController';
import { ConnectionService, type KnownProfile } from '../../../src/connections/connectionService';
import { parseProfiles } from '../../../src/connections/profile/profileCodec';
import { Redactor } from '../../../src/connections/redaction/redact';
import type { ProfileSecrets } from '../../../src/connections/profile/secrets';
import { defaultTimings } from '../../../src/connections/timings';
import { silentLogger } from '../../host/silentLogger';
import { FakeNats } from './fakeNats';
import { verbatim } from '../../../src/util/l10n';

/** The profile as it would stand in settings; its name is its id. */
export function profileOf(settings: { readonly name: string } & Record<string, unknown>): KnownProfile {
  const entry = parseProfiles([{ servers: `${settings.name}.example`, ...settings }]).entries[0];
  if (!entry?.profile) throw new Error(JSON.stringify(entry?.problems));
  return { id: settings.name, profile: entry.profile };
}

/** What a played person says when asked. */
export interface PlayedPerson {
  choose: () => Promise<string | undefined>;
  enter: (signal: AbortSignal) => Promise<string | undefined>;
}

const nobody: PlayedPerson = {
  choose: () => Promise.resolve(undefined),
  enter: () => Promise.resolve(undefined),
};

/** Profiles that stand in the map, and a played person. */
export function playedPorts(
  profiles: ReadonlyMap<string, KnownProfile>,
  { kept = new Map<string, ProfileSecrets>(), asked = [] as string[], person = nobody } = {},
): ControllerPorts<KnownProfile> {
  return {
    refresh: () => Promise.resolve(),
    isReadAnew: () => false,
    find: (id) => profiles.get(id),
    missing: (id) => ({ problem: { what: verbatim(`There is no connection "${id}"`) }, isGone: true }),
    remember: () => Promise.resolve(),
    choose: () => {
      asked.push('which');
      return person.choose();
    },
    askForSecrets: async ({ id }, fields, _kept, signal) => {
      const entered: Record<string, string> = {};
      for (const field of fields) {
        asked.push(`${field} of ${id}`);
        const text = await person.enter(signal);
        if (text === undefined) return undefined;
        entered[field] = text;
      }
      return entered;
    },
    secretsOf: ({ id }) => Promise.resolve(kept.get(id) ?? {}),
    keepSecrets: ({ id }, secrets) => {
      kept.set(id, secrets);
      return Promise.resolve();
    },
    redact: (problem) => problem,
    showProgress: () => undefined,
  };
}

/** A controller before played servers, a played keyring and a played person. */
export function createController(...names: string[]) {
  const nats = new FakeNats();
  const profiles = new Map(names.map((name) => [name, profileOf({ name })]));
  const kept = new Map<string, ProfileSecrets>();
  const reads = { secrets: 0 };
  const asked: string[] = [];
  const person: PlayedPerson = {
    choose: () => Promise.resolve(names[0]),
    enter: (signal: AbortSignal): Promise<string | undefined> =>
      Promise.resolve(signal.aborted ? undefined : 'pw'),
  };
  const service = new ConnectionService({
    secrets: {
      get: async (id) => {
        reads.secrets++;
        await Promise.resolve();
        return kept.get(id) ?? {};
      },
      set: () => Promise.resolve(),
    },
    dial: nats.dial,
    timings: {
      ...defaultTimings,
      pingIntervalMs: 5,
      staggerMs: 1,
      roundMs: 5,
      reconnectDelaysMs: [0, 1],
      reconnectWaitMs: 2_000,
    },
    redactor: new Redactor(),
    logger: silentLogger,
  });
  const ports = playedPorts(profiles, { kept, asked, person });
  const controller = new ConnectionController(service, ports);
  return { nats, profiles, kept, reads, asked, person, service, ports, controller };
}
