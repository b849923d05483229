import type { ConnectionState } from './connectionState';
import { Emitter, type Event } from '../util/emitter';
import { DisposableStore, type Disposable } from '../util/disposable';
import * as l10n from '../util/l10n';

/** What is asked of the connections. */
interface NotConnectedParts {
  readonly service: { readonly state: ConnectionState; readonly onDidChange: Event<unknown> };
  readonly onDidChangeConnections: Event<unknown>;
  readonly hasConnections: () => boolean;
  /** The name of the connection that a reset would use without asking. */
  readonly next: () => string | undefined;
}

/** What views say above their rows while a reset has to connect first. */
export class NotConnected implements Disposable {
  readonly #parts: NotConnectedParts;
  readonly #store = new DisposableStore();
  readonly #changed = new Emitter<undefined>();

  readonly onDidChange = this.#changed.event;

  constructor(parts: NotConnectedParts) {
    this.#parts = parts;
    const changed = (): void => {
      this.#changed.fire(undefined);
    };
    this.#store.add(parts.service.onDidChange(changed));
    this.#store.add(parts.onDidChangeConnections(changed));
  }

  /** Empty while nothing is missing, or the status bar says what goes on. */
  get text(): string {
    const { service, hasConnections, next } = this.#parts;
    if (service.state.kind !== 'disconnected') return '';
    if (!hasConnections()) return l10n.t('No connection: a reset will ask where your NATS server is.');
    const name = next();
    if (name === undefined) return l10n.t('Not connected: a reset will ask which connection to use.');
    return l10n.t('Not connected: a reset will connect to {0} first.', name);
  }

  dispose(): void {
    this.#store.dispose();
  }
}
