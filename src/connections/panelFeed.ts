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
import { asIs, masked, type Outgoing } from './redaction/outgoing';
import type { ConnectionStore } from './store/connectionStore';

/** What the panel shows comes from here. */
interface PanelFeedParts {
  readonly service: Pick<ConnectionService, 'state' | 'activeId' | 'onDidChange'>;
  /** Reads the settings. */
  readonly profiles: () => Outgoing<PanelProfiles>;
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
  #post(message: Outgoing<ToPanel>): void {
    this.#parts.post(masked<ToPanel>(message, this.#parts.redact));
  }

  #postStatus(): void {
    this.#post({ type: asIs('status'), status: panelStatus(this.#parts.service) });
  }

  #postProfiles(): void {
    this.#post({ type: asIs('profiles'), profiles: this.#parts.profiles() });
  }
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
): Outgoing<PanelProfiles> {
  const profiles = store.profiles().map((stored): Outgoing<PanelProfile> => {
    const { id, source, folder, description, profile, problem, written = profile } = stored;
    return {
      id: asIs(id),
      name: asIs(profile.name),
      source: asIs(source),
      ...(folder === undefined ? {} : { folder: asIs(folder.name) }),
      ...(problem ? { problem: panelProblem(problem) } : {}),
      ...(description === undefined ? {} : { description }),
      ...(id === cli.selectedId ? { isSelected: true } : {}),
      values: asIs(valuesOf(written)),
    };
  });
  return {
    profiles,
    unusable: cli.unusable.map(({ name, problem }) => ({
      name: asIs(name),
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

function panelStatus({ state, activeId }: PanelFeedParts['service']): Outgoing<PanelStatus> {
  return {
    connection: panelConnection(state),
    ...(activeId === undefined ? {} : { activeId: asIs(activeId) }),
  };
}

function panelConnection(state: ConnectionState): Outgoing<PanelConnection> {
  switch (state.kind) {
    case 'connecting':
      return { kind: asIs(state.kind), profile: asIs(state.profile) };
    case 'disconnected': {
      const { kind, profile, reason } = state;
      return {
        kind: asIs(kind),
        ...(profile === undefined ? {} : { profile: asIs(profile) }),
        ...(reason ? { problem: panelProblem(reason) } : {}),
      };
    }
    case 'reconnecting': {
      const { kind, profile, reason, ...rest } = state;
      return { ...rest, kind: asIs(kind), profile: asIs(profile), problem: panelProblem(reason) };
    }
    case 'connected': {
      const { server, profile, roundTripMs, lameDuck } = state;
      const { url, version, cluster, security } = server;
      return {
        kind: asIs(state.kind),
        profile: asIs(profile),
        server: serverLabel(server),
        url,
        version,
        ...(cluster === undefined ? {} : { cluster }),
        security: asIs(security),
        roundTrip: durationText(roundTripMs),
        lameDuck,
      };
    }
  }
}
