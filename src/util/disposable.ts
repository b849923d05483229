/** Something that can be let go of; the shape of VS Code's own, so that either fits. */
export interface Disposable {
  dispose(): void;
}

/** Holds disposables and lets go of them together, last added first. */
export class DisposableStore implements Disposable {
  readonly #items: Disposable[] = [];
  #disposed = false;

  /** Adds an item and hands it back; an item added after `dispose` is disposed of at once. */
  add<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#items.push(item);
    return item;
  }

  /** Listens to an event until it is disposed of. */
  listen<T>(event: (listener: (value: T) => void) => Disposable, listener: (value: T) => void): void {
    this.add(event(listener));
  }

  dispose(): void {
    this.#disposed = true;
    for (const item of this.#items.splice(0).reverse()) item.dispose();
  }
}
