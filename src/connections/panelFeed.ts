import type { ConnectionService } from './connectionService';
import { serverLabel, type ConnectionState } from './connectionState';
import { DisposableStore, type Disposable } from '../util/disposable';
import type { Event } from '../util/emitter';
import { durationText } from '../util/duration';
import { textOf } from '../util/l10n';
import type { Problem } from '../util/problem';
import type { CliConnections } from './contexts/cliConnections';
import type {
  PanelConnection,
  PanelProblem,
  PanelProfile,
  PanelProfiles,
  PanelStatus,
  ToPanel,
} from './messages';
import { valuesOf } from './profile/profile';
import type { ConnectionStore } from './store/connectionStore';

/** What the panel shows comes from here. */
interface PanelFeedParts {
  readonly service: Pick<ConnectionService, 'state' | 'activeId' | 'onDidChange'>;
  /** Reads the settings. */
  readonly profiles: () => PanelProfiles;
  readonly onDidChangeProfiles: Event<unknown>;
  readonly redact: (text: string) => string;
  readonly post: (message: ToPanel) => void;
}

/** Keeps the panel current: the state with every change of it, the list only where the list may have changed. */
export class PanelFeed implements Disposable {
  readonly #parts: PanelFeedParts;
  readonly #listening = new DisposableStore();

  /** Starts with the whole picture. */
  constructor(parts: PanelFeedParts) {
    this.#parts = parts;
    this.#listening.listen(parts.service.onDidChange, () => {
      this.#postStatus();
    });
    this.#listening.listen(parts.onDidChangeProfiles, () => {
      this.#postProfiles();
    });
    this.#postStatus();
    this.#postProfiles();
  }

  dispose(): void {
    this.#listening.dispose();
  }

  /** The one way to the page: no secret passes here. */
  #post(message: ToPanel): void {
    this.#parts.post(redacted(message, this.#parts.redact));
  }

  #postStatus(): void {
    this.#post({ type: 'status', status: panelStatus(this.#parts.service) });
  }

  #postProfiles(): void {
    this.#post({ type: 'profiles', profiles: this.#parts.profiles() });
  }
}

/** What a message tells; ids and what a person has written in a form are no sentences, and stay as they are. */
const told: ReadonlySet<string> = new Set<keyof PanelProblem | 'description'>([
  'what',
  'why',
  'remedy',
  'description',
]);

function redacted<T>(value: T, redact: (text: string) => string): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: unknown) => redacted(one, redact)) as T;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]: [string, unknown]) => [
      key,
      typeof one === 'string' && told.has(key) ? redact(one) : redacted(one, redact),
    ]),
  ) as T;
}

/** The list as the panel shows it; `remote` is the machine that the extension runs on, where the window is on another. */
export function panelProfiles(
  {
    store,
    cli,
  }: {
    readonly store: Pick<ConnectionStore, 'profiles' | 'problems'>;
    readonly cli: Pick<CliConnections, 'selectedId' | 'unusable'>;
  },
  remote: string | undefined,
): PanelProfiles {
  const profiles = store.profiles().map((stored): PanelProfile => {
    const { id, source, folder, description, profile, problem, written = profile } = stored;
    return {
      id,
      name: profile.name,
      source,
      ...(folder === undefined ? {} : { folder: folder.name }),
      ...(problem ? { problem: panelProblem(problem) } : {}),
      ...(description === undefined ? {} : { description: description }),
      ...(id === cli.selectedId ? { isSelected: true } : {}),
      values: valuesOf(written),
    };
  });
  return {
    profiles,
    unusable: cli.unusable.map(({ name, problem }) => ({
      name,
      problem: panelProblem(problem),
    })),
    problems: store.problems().map(panelProblem),
    ...(remote === undefined ? {} : { remote }),
  };
}

/** The problem without whatever else its kind carries. */
function panelProblem({ what, why, remedy }: Problem): PanelProblem {
  return {
    what: textOf(what),
    ...(why === undefined ? {} : { why: textOf(why) }),
    ...(remedy === undefined ? {} : { remedy: textOf(remedy) }),
  };
}

function panelStatus({ state, activeId }: PanelFeedParts['service']): PanelStatus {
  return { connection: panelConnection(state), ...(activeId === undefined ? {} : { activeId }) };
}

function panelConnection(state: ConnectionState): PanelConnection {
  switch (state.kind) {
    case 'connecting':
      return state;
    case 'disconnected': {
      const { reason, ...rest } = state;
      return { ...rest, ...(reason ? { problem: panelProblem(reason) } : {}) };
    }
    case 'reconnecting': {
      const { reason, ...rest } = state;
      return { ...rest, problem: panelProblem(reason) };
    }
    case 'connected': {
      const { server, profile, roundTripMs, lameDuck } = state;
      const { url, version, cluster, security } = server;
      return {
        kind: 'connected',
        profile,
        server: serverLabel(server),
        url,
        version,
        ...(cluster === undefined ? {} : { cluster }),
        security,
        roundTrip: durationText(roundTripMs),
        lameDuck,
      };
    }
  }
}
