import { commands, type Memento } from 'vscode';
import { contextKeys } from '../../shell/ids';
import type { Disposable } from '../../util/disposable';
import { Emitter } from '../../util/emitter';
import * as l10n from '../../util/l10n';
import type { Notifier } from '../../util/notifier';
import { automaticKey, wantsAutomaticResets } from './recoveryDeps';

/** Whether the person wants automatic resets in this workspace: not unless they say so. */
export class AutomaticSwitch implements Disposable {
  readonly #memory: Memento;
  readonly #notifier: Pick<Notifier, 'info'>;
  readonly #changed = new Emitter<boolean>();
  #hasOffered = false;

  readonly onDidChange = this.#changed.event;

  constructor(memory: Memento, notifier: Pick<Notifier, 'info'>) {
    this.#memory = memory;
    this.#notifier = notifier;
    this.#setContext();
  }

  get isOn(): boolean {
    return wantsAutomaticResets(this.#memory) === true;
  }

  /** Whether the person has never said anything about it. */
  get isUndecided(): boolean {
    return wantsAutomaticResets(this.#memory) === undefined;
  }

  async set(isOn: boolean): Promise<void> {
    // It counts from now on, whether or not it can be kept for the next start.
    const kept = this.#memory.update(automaticKey, isOn);
    this.#setContext();
    this.#changed.fire(isOn);
    await kept;
  }

  /** Offers once a window, to a person who has not decided, to switch them on; `text` says what they would have done. */
  offer(text: string): void {
    if (!this.isUndecided || this.#hasOffered) return;
    this.#hasOffered = true;
    const on = l10n.t('Turn On');
    const never = l10n.t('Not in This Workspace');
    void this.#notifier.info(text, on, never).then((chosen) => {
      if (chosen !== undefined) return this.set(chosen === on);
      return undefined;
    });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #setContext(): void {
    void commands.executeCommand('setContext', contextKeys.automaticResets, this.isOn);
  }
}
