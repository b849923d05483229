import type { Dial, Target } from '../../../src/connections/link/dial';
import type { FlushResult, Link, LinkEvent } from '../../../src/connections/link/link';
import { formatServer } from '../../../src/connections/profile/servers';
import { Emitter } from '../../../src/util/emitter';
import { verbatim } from '../../../src/util/l10n';

/** A link to a server that is played. */
export interface FakeLink extends Link {
  readonly isClosed: boolean;
  /** It is lost, as by the death of the server. */
  readonly lose: () => void;
  readonly tell: (event: LinkEvent) => void;
}

/** Plays servers: what is dialed, which links are open, what was published where. */
export class FakeNats {
  readonly links: FakeLink[] = [];
  readonly dialed: string[] = [];
  readonly published: { readonly url: string; readonly subject: string }[] = [];
  /** Those that refuse to be connected to. */
  readonly down = new Set<string>();
  /** What every answer waits for. */
  answers: () => Promise<unknown> = () => Promise.resolve();

  /** So many attempts that were not given up were under way at once. */
  mostAtOnce = 0;
  readonly #underWay = new Set<AbortSignal>();

  readonly dial: Dial = async (target, _access, signal) => {
    const url = formatServer(target);
    this.dialed.push(url);
    this.#underWay.add(signal);
    this.mostAtOnce = Math.max(this.mostAtOnce, [...this.#underWay].filter((one) => !one.aborted).length);
    await this.answers();
    this.#underWay.delete(signal);
    if (this.down.has(url))
      return { ok: false, problem: { kind: 'refused', what: verbatim(`Nothing listens at ${url}`) } };
    const link = this.#link(target);
    this.links.push(link);
    return { ok: true, value: link };
  };

  get open(): FakeLink[] {
    return this.links.filter((link) => !link.isClosed);
  }

  #link(target: Target): FakeLink {
    const url = formatServer(target);
    const events = new Emitter<LinkEvent>();
    let isClosed = false;
    let end: (failure: undefined) => void = () => undefined;
    const closed = new Promise<undefined>((resolve) => {
      end = resolve;
    });
    const close = (): void => {
      isClosed = true;
      end(undefined);
    };
    const flush = async (): Promise<FlushResult> => {
      await this.answers();
      return isClosed ? 'closed' : 'flushed';
    };
    return {
      server: { name: '', version: '2', id: url, url, maxPayload: 1_000_000, security: 'plain' },
      profileServer: target.profileServer,
      onEvent: events.event,
      reads: { arrival: { since: 0, at: 0 }, heardUntil: 0 },
      closed,
      peers: () => [],
      publish: (subject) => {
        if (!isClosed) this.published.push({ url, subject });
        return { ok: true, value: undefined };
      },
      subscribe: () => ({ dispose: () => undefined }),
      request: () => Promise.resolve(undefined),
      ask: () => Promise.resolve(undefined),
      flush,
      close,
      get isClosed() {
        return isClosed;
      },
      lose: close,
      tell: (event) => {
        events.fire(event);
      },
    };
  }
}
