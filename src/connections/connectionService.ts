import { isDeepStrictEqual } from 'node:util';
import type { AskingBus, Bus, DisconnectReason } from '../resets/bus';
import type { Disposable } from '../util/disposable';
import { Emitter } from '../util/emitter';
import * as l10n from '../util/l10n';
import type { Logger } from '../util/logger';
import type { Problem, Result } from '../util/problem';
import { resolveAccess, type Access } from './link/access';
import { secretsOfAccess } from './link/accessSecrets';
import { accountInfoSubject, parseAccountInfo, type AccountInfo } from './diagnosis/accountInfo';
import type { ConnectionProblem } from './connectionProblem';
import type { ConnectionState } from './connectionState';
import { targetsOf } from './link/connectTargets';
import type { Dial } from './link/dial';
import type { LinkServer } from './link/link';
import { firstLink } from './link/linkRace';
import type { ConnectionProfile } from './profile/profile';
import type { Redactor } from './redaction/redact';
import { secretsInUse, secretTexts, type ProfileSecrets, type Secrets } from './profile/secrets';
import type { ServerAuth } from './link/serverAuth';
import { OpenConnection } from './openConnection';
import { settled } from './settled';
import type { Timings } from './timings';

/** A profile, with the id under which its secrets are kept. */
export interface KnownProfile {
  readonly id: string;
  readonly profile: ConnectionProfile;
  /** Secrets that stand where the profile itself comes from; they count where the secret storage has none. */
  readonly ownSecrets?: ProfileSecrets;
  /** What each server is shown, where it is not one and the same thing for all; then no other secrets count. */
  readonly serverAuth?: readonly ServerAuth[];
  /**
   * Where the kept secrets may go, in a word of its own making. A profile that others can change gets those secrets
   * only that were kept for just this destination.
   */
  readonly destination?: string;
}

/** What a test of a connection found out. */
export interface TestDetails {
  readonly server: LinkServer;
  readonly roundTripMs: number;
  /** What the user may do, if the server tells. */
  readonly account?: AccountInfo;
}

/** What the service is made from. */
interface ConnectionServiceParts {
  readonly secrets: Secrets;
  readonly dial: Dial;
  readonly timings: Timings;
  readonly redactor: Redactor;
  readonly logger: Logger;
}

/** Holds the one connection of a window. */
export class ConnectionService implements Disposable {
  readonly #parts: ConnectionServiceParts;
  readonly #changed = new Emitter<ConnectionState>();
  #state: ConnectionState = { kind: 'disconnected' };
  #connection: OpenConnection | undefined;
  #active: KnownProfile | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(parts: ConnectionServiceParts) {
    this.#parts = parts;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The profile that is connected, or being connected or reconnected. */
  get active(): KnownProfile | undefined {
    return this.#active;
  }

  get activeId(): string | undefined {
    return this.#active?.id;
  }

  /** The bus, while the connection is up or being repaired. */
  bus(): AskingBus | undefined {
    const { kind } = this.#state;
    return kind === 'connected' || kind === 'reconnecting' ? this.#connection : undefined;
  }

  /** The bus while its link is up: what is being repaired may turn out to lead somewhere else. */
  get openBus(): AskingBus | undefined {
    return this.#state.kind === 'connected' ? this.#connection : undefined;
  }

  /** Connects by this profile, in place of whatever was connected before. */
  async connect(known: KnownProfile): Promise<Result<Bus, ConnectionProblem>> {
    this.#drop(this.#active?.id === known.id ? 'reopened' : 'switched');
    const { profile } = known;
    const connection = new OpenConnection({
      id: known.id,
      profile,
      access: () => settled(() => this.#access(known)),
      dial: this.#parts.dial,
      timings: this.#parts.timings,
      redactor: this.#parts.redactor,
      logger: this.#parts.logger,
    });
    this.#connection = connection;
    this.#active = known;
    this.#change(connection.state);
    connection.onDidChange((state) => {
      if (this.#connection === connection) this.#change(state);
    });
    const started = await settled(() => connection.start());
    if (started.ok) return { ok: true, value: connection };
    if (connection.state.kind !== 'disconnected') {
      // Something was thrown, and the connection knows nothing of it.
      connection.dispose();
      if (this.#connection === connection)
        this.#change({ kind: 'disconnected', profile: profile.name, reason: started.problem });
    }
    return { ok: false, problem: this.#parts.redactor.problem(started.problem) };
  }

  /** Takes over how the profile in use looks now. */
  showAs(now: KnownProfile): void {
    if (this.#active?.id !== now.id || isDeepStrictEqual(now, this.#active)) return;
    this.#active = now;
    this.#changed.fire(this.#state);
  }

  /** Ends the connection, for a reason if it was not a person's wish; nothing is reconnected. */
  disconnect(why?: Problem): void {
    const { profile } = { profile: undefined, ...this.#state };
    this.#drop('closed');
    this.#change({
      kind: 'disconnected',
      ...(profile === undefined ? {} : { profile }),
      ...(why === undefined ? {} : { reason: { ...why, kind: 'unusableProfile' } }),
    });
  }

  /** Starts anew at once, whatever is being tried or waited for; a link that is up is made anew. */
  reconnectNow(): void {
    this.#connection?.reconnectNow();
  }

  /** Connects by a profile that need not be saved, asks for the details, and closes again. */
  async test(known: KnownProfile, secrets?: ProfileSecrets): Promise<Result<TestDetails, ConnectionProblem>> {
    const { dial, timings, redactor } = this.#parts;
    const link = await settled(async () => {
      const access = await this.#access(known, secrets);
      return access.ok ? firstLink(targetsOf(known.profile.servers), access.value, dial, timings) : access;
    });
    if (!link.ok) return { ok: false, problem: redactor.problem(link.problem) };
    const start = performance.now();
    const answer = await link.value.flush(timings.flushMs);
    const roundTripMs = performance.now() - start;
    const info =
      answer === 'flushed' ? await link.value.request(accountInfoSubject, timings.aliveMs) : undefined;
    const account = info && parseAccountInfo(info);
    link.value.close();
    const { server } = link.value;
    if (answer === 'flushed')
      return { ok: true, value: { server, roundTripMs, ...(account ? { account } : {}) } };
    return {
      ok: false,
      problem: {
        kind: 'timeout',
        what: l10n.msg('{0} connected, but did not respond in time', server.url),
      },
    };
  }

  dispose(): void {
    this.#drop('closed');
    this.#changed.dispose();
  }

  async #access(known: KnownProfile, given?: ProfileSecrets): Promise<Result<Access, ConnectionProblem>> {
    const kept = await this.#parts.secrets.get(known.id, known.destination);
    const secrets = { ...secretsInUse(known, kept), ...given };
    const ways = known.serverAuth?.flatMap((server) => server.ways) ?? [];
    for (const each of [secrets, ...ways.map((way) => way.secrets)])
      for (const secret of secretTexts(each)) this.#parts.redactor.add(secret);
    const access = await resolveAccess(known.profile, secrets, known.serverAuth);
    if (access.ok) for (const secret of secretsOfAccess(access.value)) this.#parts.redactor.add(secret);
    return access;
  }

  #drop(why: DisconnectReason): void {
    const connection = this.#connection;
    this.#connection = undefined;
    this.#active = undefined;
    connection?.dispose(why);
  }

  #change(state: ConnectionState): void {
    const redacted =
      'reason' in state && state.reason
        ? { ...state, reason: this.#parts.redactor.problem(state.reason) }
        : state;
    this.#state = redacted;
    if (state.kind === 'disconnected' && state.reason) this.#active = undefined;
    this.#changed.fire(redacted);
  }
}

/** Whether both lead to the same connection: whatever else than the looks is the same. */
export function sameConnection(one: KnownProfile, other: KnownProfile): boolean {
  return one.id === other.id && isDeepStrictEqual(contentBehindLooks(one), contentBehindLooks(other));
}

function contentBehindLooks({ profile, ownSecrets, serverAuth }: KnownProfile): readonly unknown[] {
  return [{ ...profile, color: undefined, icon: undefined }, ownSecrets, serverAuth];
}
