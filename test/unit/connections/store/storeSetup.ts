import { CliConnections } from '../../../../src/connections/contexts/cliConnections';
import type { CliProfiles } from '../../../../src/connections/contexts/cliContexts';
import type { ProfileSecrets, Secrets } from '../../../../src/connections/profile/secrets';
import type { SettingsPlace, WindowSettings } from '../../../../src/connections/store/connectionSettings';
import { ConnectionStore } from '../../../../src/connections/store/connectionStore';
import { MovedConnections } from '../../../../src/connections/store/movedConnections';
import { Emitter } from '../../../../src/util/emitter';

/** The settings of a played window: what each place holds, by its source and the name of its folder. */
export class PlayedSettings implements WindowSettings {
  isTrusted = true;
  folders = [{ name: 'api', uri: 'file:///p/api', path: '/p/api' }];
  workspaceFile: WindowSettings['workspaceFile'];
  env: Record<string, string> = {};
  readonly home = '/home/ann';
  readonly values = new Map<string, unknown>();
  readonly changed = new Emitter<undefined>();
  readonly onDidChange = this.changed.event;
  isReadOnly = false;

  read(place: SettingsPlace): unknown {
    return this.values.get(keyOf(place));
  }

  write(place: SettingsPlace, list: readonly unknown[]): Promise<void> {
    if (this.isReadOnly) return Promise.reject(new Error('the disk is full'));
    this.values.set(keyOf(place), JSON.parse(JSON.stringify(list)));
    this.changed.fire(undefined);
    return Promise.resolve();
  }
}

function keyOf({ source, folder }: SettingsPlace): string {
  return folder ? `${source} ${folder.name}` : source;
}

/** A keyring in memory, which hands secrets out for their destination only. */
export class PlayedKeyring implements Secrets {
  readonly entries = new Map<string, { readonly secrets: ProfileSecrets; readonly destination?: string }>();

  get(id: string, destination?: string): Promise<ProfileSecrets> {
    const entry = this.entries.get(id);
    return Promise.resolve(entry && entry.destination === destination ? entry.secrets : {});
  }

  set(id: string, secrets: ProfileSecrets, destination?: string): Promise<void> {
    if (Object.keys(secrets).length === 0) this.entries.delete(id);
    else this.entries.set(id, { secrets, ...(destination === undefined ? {} : { destination }) });
    return Promise.resolve();
  }
}

/** A store over a played window, a played keyring and contexts of the NATS CLI. */
export async function createStore(user: readonly unknown[] = [], found: CliProfiles = { contexts: [] }) {
  const settings = new PlayedSettings();
  settings.values.set('user', user);
  const keyring = new PlayedKeyring();
  let marked: unknown = [];
  const cli = new CliConnections({
    read: () => Promise.resolve(found),
    protectedContexts: () => marked,
    setProtectedContexts: (list) => {
      marked = list;
      return Promise.resolve();
    },
  });
  await cli.reload();
  const remembered = new Map<string, unknown>();
  const memory = {
    get: (key: string) => remembered.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void remembered.set(key, value)),
  };
  const store = new ConnectionStore(keyring, settings, cli, new MovedConnections(memory));
  return { settings, keyring, cli, marked: () => marked, remembered, store };
}

/** A context of the NATS CLI. */
export function context(name: string, servers = 'h'): CliProfiles['contexts'][number] {
  const tls = { mode: 'auto', handshakeFirst: false, verify: true } as const;
  const profile = {
    name,
    servers: [`nats://${servers.includes(':') ? servers : `${servers}:4222`}`],
    auth: { kind: 'none' },
    tls,
    protected: false,
  } as const;
  return { name, result: { ok: true, value: { profile, ownSecrets: {} } } };
}
