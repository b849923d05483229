import { workspace } from 'vscode';
import type { ResetMessage } from '../../res/resetMessage';
import type { Bus } from '../../resets/bus';
import { isTokenReset } from '../../res/systemMessage';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { HeardResets } from '../heardResets';
import type { RecoveryDeps } from './recoveryDeps';

/** What was sent from here can come back within this time, in milliseconds. */
const ownMs = 10_000;

/** The resets of others on the open connection, heard for as long as the workspace defines services. */
export class BusEar implements Disposable {
  readonly #deps: RecoveryDeps;
  readonly #store = new DisposableStore();
  #listening: { readonly bus: Bus; readonly heard: HeardResets } | undefined;

  constructor(deps: RecoveryDeps) {
    this.#deps = deps;
    const update = (): void => {
      this.#update();
    };
    this.#store.add(deps.connections.onDidChange(update));
    this.#store.add(deps.index.onDidChange(update));
    this.#store.add(workspace.onDidGrantWorkspaceTrust(update));
    update();
  }

  /** Those since a time of `performance.now()`. */
  since(time: number): readonly ResetMessage[] {
    return this.#listening?.heard.since(time) ?? [];
  }

  dispose(): void {
    this.#listening?.heard.dispose();
    this.#store.dispose();
  }

  #update(): void {
    const { connections, index } = this.#deps;
    const bus = workspace.isTrusted && index.services().length > 0 ? connections.bus() : undefined;
    if (this.#listening?.bus === bus) return;
    this.#listening?.heard.dispose();
    this.#listening = bus && {
      bus,
      heard: new HeardResets(
        bus,
        () => performance.now(),
        (message) => this.#isOwn(message),
      ),
    };
  }

  #isOwn(message: ResetMessage): boolean {
    const text = JSON.stringify(message);
    const after = Date.now() - ownMs;
    for (const record of this.#deps.history.records()) {
      if (record.time < after) return false;
      if (record.origin === 'received' || record.origin === 'self' || isTokenReset(record.message)) continue;
      if (JSON.stringify(record.message) === text) return true;
    }
    return false;
  }
}
