import type { Disposable } from './disposable';

/** Subscribes a listener until the returned disposable is disposed of. The shape of `vscode.Event`. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** A source of events for code that must not know VS Code. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    // A wrapper for each subscription, so that a function that was subscribed twice is called twice.
    const entry = (value: T): void => {
      try {
        listener(value);
      } catch (error) {
        // Whoever fires has nothing to do with it, and neither have the other listeners: the host is to tell it.
        setTimeout(() => {
          throw error;
        });
      }
    };
    this.#listeners.add(entry);
    return { dispose: () => this.#listeners.delete(entry) };
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
