import type { Bus } from '../resets/bus';
import type { ConnectionRef, Opening, Worked } from '../resets/connections';
import type { Disposable } from '../util/disposable';
import * as l10n from '../util/l10n';
import { reasonOf, type Problem, type Result } from '../util/problem';
import type { ConnectionProblem } from './connectionProblem';
import { sameConnection, type ConnectionService, type KnownProfile } from './connectionService';
import { fieldsToAsk } from './profile/fieldsToAsk';
import type { KeptField } from './profile/fields';
import type { ProfileSecrets } from './profile/secrets';
import { Turns, type OpenHow, type Opened } from './turns';

/** What came of opening a connection. */
type Ensured = Opening<ConnectionProblem | Problem>;

/** What the controller needs to know and to ask. */
export interface ControllerPorts<P extends KnownProfile> {
  /** Reads anew what may have changed about a profile unseen. */
  refresh(id: string): Promise<void>;
  /** Whether a profile has to be read anew each time. */
  isReadAnew(id: string): boolean;
  /** The profile as it stands now. */
  find(id: string): P | undefined;
  /** Why there is no such profile; `isGone` if it was taken away, and is not merely unusable for now. */
  missing(id: string): { readonly problem: Problem; readonly isGone: boolean };
  /** Remembers that this connection was the last one that was wanted. */
  remember(id: string): Promise<void>;
  /** Lets the person choose; undefined if they don't. */
  choose(): Promise<string | undefined>;
  /** Asks for secrets, in view of what is kept; undefined if the person does not give them all, or the signal comes. */
  askForSecrets(
    profile: P,
    fields: readonly KeptField[],
    kept: ProfileSecrets,
    signal: AbortSignal,
  ): Promise<ProfileSecrets | undefined>;
  secretsOf(profile: P): Promise<ProfileSecrets>;
  keepSecrets(profile: P, secrets: ProfileSecrets): Promise<void>;
  /** The problem without any secret: it is recorded and told outside this room. */
  redact<T extends Problem>(problem: T): T;
  /** Shows that it is being connected, until the promise settles. */
  showProgress(profile: P, connecting: Promise<unknown>): void;
}

type Failure = Omit<Extract<Ensured, { kind: 'failed' }>, 'kind'>;

/** The one place that decides which connection the window uses, and whether it is open. */
export class ConnectionController<P extends KnownProfile> implements Disposable {
  readonly #service: ConnectionService;
  readonly #ports: ControllerPorts<P>;
  readonly #turns: Turns<Bus, Failure>;
  #choosing: Promise<string | undefined> | undefined;
  #saves = 0;
  #ends = 0;

  constructor(service: ConnectionService, ports: ControllerPorts<P>) {
    this.#service = service;
    this.#ports = ports;
    this.#turns = new Turns({
      open: (id, how) => this.#open(id, how),
      opened: (id) => (ports.isReadAnew(id) ? undefined : this.#openBus(id)),
    });
  }

  /** Connects by this profile, or by the one in use, or by the one that the person chooses. */
  async use(id?: string): Promise<Ensured> {
    const wanted = id ?? (await this.#wanted());
    return wanted === undefined ? { kind: 'cancelled' } : this.#ensured(await this.#turns.request(wanted));
  }

  /** The same, for work that is then done on it: the window goes to no other connection before it is done. */
  async work<R>(id: string | undefined, run: (bus: Bus) => Promise<R>): Promise<Worked<R>> {
    const wanted = id ?? (await this.#wanted());
    if (wanted === undefined) return { kind: 'cancelled' };
    const ends = this.#ends;
    return this.#turns.work<Worked<R>>(wanted, async (opened) => {
      const result = this.#ensured(opened);
      if (result.kind === 'connected') return { kind: 'done', value: await run(result.bus) };
      // Whoever answered a question with no knows it; whoever was only waiting does not.
      if (result.kind === 'failed' || ends === this.#ends) return result;
      const closed = { kind: 'failed', problem: closedProblem() } as const;
      const known = this.#ports.find(wanted);
      return known ? { ...closed, connection: refOf(known) } : closed;
    });
  }

  /**
   * Saves a profile in this way. What is in use then connects anew, once, if that is wanted or needed; where it is
   * wanted, `used` is what came of it.
   */
  async save<F>(
    write: () => Promise<Result<P, F>>,
    how: { readonly replacing?: string; readonly connects: boolean; readonly hasNewSecrets: boolean },
  ): Promise<Result<P, F> & { readonly used?: Ensured }> {
    const isInUse = how.replacing !== undefined && how.replacing === this.#service.activeId;
    this.#saves++;
    const saved = await write().finally(() => this.#saves--);
    // What else was changed about the one in use is seen from outside; another name or secret is not.
    const isAnew = (id: string): boolean =>
      how.connects || (isInUse && (id !== how.replacing || how.hasNewSecrets));
    const used =
      saved.ok && isAnew(saved.value.id) ? this.#turns.request(saved.value.id, { anew: true }) : undefined;
    this.applyChange();
    return how.connects && used ? { ...saved, used: this.#ensured(await used) } : saved;
  }

  /**
   * Takes over a change of the profile in use, in the settings or in a file, so that the connection is the one that is
   * shown. Connects anew unless only its looks have changed.
   */
  applyChange(): void {
    const { active } = this.#service;
    // It is about to be left, or to be looked at when all is written.
    if (!active || this.#saves > 0 || (this.#turns.wanted ?? active.id) !== active.id) return;
    const now = this.#ports.find(active.id);
    if (!now) {
      const { problem, isGone } = this.#ports.missing(active.id);
      if (isGone) this.#end(problem);
    } else if (sameConnection(now, active)) this.#service.showAs(now);
    else if (!this.#turns.restart(now.id)) void this.#turns.request(now.id, { anew: true });
  }

  /** Closes the connection; whoever waits for one does not get it. */
  close(): void {
    this.#end();
  }

  /** The profile is about to be removed. */
  closeIfUsed(id: string): void {
    if (this.#service.activeId === id || this.#turns.wanted === id) this.#end();
  }

  /** Starts anew at once, whatever is being tried or waited for; a link that is up is made anew. */
  reconnectNow(): void {
    this.#service.reconnectNow();
  }

  dispose(): void {
    this.#turns.cancelAll();
  }

  #ensured(opened: Opened<Bus, Failure>): Ensured {
    if (opened.kind === 'open') return { kind: 'connected', bus: opened.value };
    if (opened.kind !== 'failed') return opened;
    const { problem, ...failure } = opened.failure;
    return { kind: 'failed', ...failure, problem: this.#ports.redact(problem) };
  }

  #end(reason?: Problem): void {
    this.#ends++;
    this.#turns.cancelAll();
    this.#service.disconnect(reason);
  }

  /** The connection that was requested last, or is in use, or that the person chooses; all who wait share one question. */
  async #wanted(): Promise<string | undefined> {
    const inUse = this.#turns.wanted ?? this.#service.activeId;
    if (inUse !== undefined) return inUse;
    this.#choosing ??= this.#ports.choose().finally(() => {
      this.#choosing = undefined;
    });
    return this.#choosing;
  }

  #openBus(id: string): Bus | undefined {
    return this.#service.activeId === id ? this.#service.bus() : undefined;
  }

  #unchangedBus(id: string): Bus | undefined {
    const { active } = this.#service;
    const now = this.#ports.find(id);
    return now && active && sameConnection(now, active) ? this.#openBus(id) : undefined;
  }

  async #open(id: string, how: OpenHow): Promise<Opened<Bus, Failure>> {
    // Nobody waits for what was being connected before.
    const { state, activeId } = this.#service;
    if (state.kind === 'connecting' && activeId !== id) this.#service.disconnect();
    try {
      return await this.#connect(id, how);
    } catch (error) {
      const what = l10n.msg('The connection cannot be opened');
      return { kind: 'failed', failure: { problem: { what, why: reasonOf(error) } } };
    }
  }

  /** Connects, unless that is done already, and asks for each secret that is not on this machine. */
  async #connect(id: string, { anew, signal }: OpenHow): Promise<Opened<Bus, Failure>> {
    const ports = this.#ports;
    if (ports.isReadAnew(id)) await ports.refresh(id);
    const bus = anew || isOver(signal) ? undefined : this.#unchangedBus(id);
    if (bus) return { kind: 'open', value: bus };
    if (ports.find(id)) await ports.remember(id);
    let before: ProfileSecrets | undefined;
    for (;;) {
      if (isOver(signal)) return cancelled;
      const profile = ports.find(id);
      if (!profile) return { kind: 'failed', failure: { problem: ports.missing(id).problem } };
      const connecting = this.#service.connect(profile);
      ports.showProgress(profile, connecting);
      const connected = await connecting;
      if (isOver(signal)) return cancelled;
      if (connected.ok) return { kind: 'open', value: connected.value };
      const { problem } = connected;
      const kept = await ports.secretsOf(profile);
      const fields = before && isAboutSecrets(problem) ? [] : fieldsToAsk(problem, profile.profile, kept);
      const entered =
        fields.length > 0 ? await ports.askForSecrets(profile, fields, kept, signal) : undefined;
      if (isOver(signal)) return cancelled;
      if (!entered) {
        if (fields.length > 0 && problem.kind === 'missingSecret') return cancelled;
        // What was just typed in and did not fit is asked for again the next time.
        if (before && isAboutSecrets(problem)) await ports.keepSecrets(profile, before);
        return { kind: 'failed', failure: { problem, connection: refOf(profile) } };
      }
      before ??= kept;
      await ports.keepSecrets(profile, { ...kept, ...entered });
    }
  }
}

function refOf({ id, profile }: KnownProfile): ConnectionRef {
  return { id, connection: profile.name };
}

function closedProblem(): Problem {
  return {
    what: l10n.msg('Nothing was sent'),
    why: l10n.msg('the connection was closed before it was open'),
    remedy: l10n.msg('Connect, then send it again.'),
  };
}

const cancelled = { kind: 'cancelled' } as const;

function isAboutSecrets({ kind }: ConnectionProblem): boolean {
  return kind === 'wrongCredentials' || kind === 'authorizationViolation' || kind === 'tlsFailed';
}

/** A question of its own, because it changes while something else is awaited. */
function isOver({ aborted }: AbortSignal): boolean {
  return aborted;
}
