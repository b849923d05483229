import { createController } from '../../../src/connections/choosing';
import { createConnectionActions } from '../../../src/connections/connectionActions';
import { ConnectionService } from '../../../src/connections/connectionService';
import type { Dial } from '../../../src/connections/link/dial';
import type { CliProfiles } from '../../../src/connections/contexts/cliContexts';
import type { ProfileSecrets } from '../../../src/connections/profile/secrets';
import type { Answer, Prompts } from '../../../src/connections/prompts';
import { Redactor } from '../../../src/connections/redaction/redact';
import { ConnectionDrafts } from '../../../src/connections/store/connectionDrafts';
import { defaultTimings } from '../../../src/connections/timings';
import { silentLogger } from '../../host/silentLogger';
import type { Memory } from '../../../src/util/memory';
import { FakeNats } from './fakeNats';
import { createStore } from './store/storeSetup';

/** A person who answers by what stands here, and what they were asked and shown. */
export class PlayedPerson implements Prompts {
  readonly asked: string[] = [];
  readonly shown: Answer[] = [];
  picks: string | undefined;
  servers: string | undefined;
  secrets: ProfileSecrets | undefined;
  confirms = true;

  pick: Prompts['pick'] = (profiles, placeHolder, firstId) => {
    this.asked.push(`${placeHolder} ${firstId ?? ''}`.trim());
    return Promise.resolve(profiles.find(({ id }) => id === this.picks));
  };
  enterServers: Prompts['enterServers'] = (initial, whyWrong) => {
    this.asked.push(`servers ${initial}`);
    const why = whyWrong(this.servers ?? initial);
    if (why !== undefined) this.asked.push(why);
    return Promise.resolve(why === undefined ? this.servers : undefined);
  };
  askForSecrets: Prompts['askForSecrets'] = (_profile, fields) => {
    this.asked.push(fields.join(', '));
    return Promise.resolve(this.secrets);
  };
  confirmRemoval: Prompts['confirmRemoval'] = (name) => {
    this.asked.push(`remove ${name}`);
    return Promise.resolve(this.confirms);
  };
  show: Prompts['show'] = (answer) => {
    this.shown.push(answer);
    return Promise.resolve();
  };
  showConnecting: Prompts['showConnecting'] = () => undefined;
}

/** All that decides about connections in a window, before played settings, keyring, servers and a played person. */
export async function playedWindow(user: readonly unknown[] = [], found?: CliProfiles, dial?: Dial) {
  const { store, settings, keyring, cli } = await createStore(user, found);
  const nats = new FakeNats();
  const person = new PlayedPerson();
  const values = new Map<string, unknown>();
  const memory: Memory = {
    get: (key) => values.get(key),
    update: (key, value) => Promise.resolve(void values.set(key, value)),
  };
  const redactor = new Redactor();
  const timings = { ...defaultTimings, staggerMs: 1, roundMs: 5, reconnectDelaysMs: [0, 1] };
  const service = new ConnectionService({
    secrets: keyring,
    dial: dial ?? nats.dial,
    timings,
    redactor,
    logger: silentLogger,
  });
  const choosing = { service, store, cli, memory, prompts: person };
  const controller = createController({ ...choosing, redactor });
  store.onDidChange(() => {
    controller.applyChange();
  });
  const drafts = new ConnectionDrafts(memory);
  const actions = createConnectionActions({ ...choosing, controller, redactor, drafts });
  return { ...choosing, settings, keyring, nats, person, values, redactor, controller, drafts, actions };
}
