import { letGo } from './holding';
import type { Subscription } from './subscription';
import type { Value } from './value';

/** What a subscription's resource refers to, each held as often as it is referred to. */
export class References {
  readonly #owner: Subscription;
  readonly #find: (rid: string) => Subscription;
  readonly #references = new Map<string, { readonly target: Subscription; count: number }>();

  /** @param find The client's subscription to a resource, made if there is none. */
  constructor(owner: Subscription, find: (rid: string) => Subscription) {
    this.#owner = owner;
    this.#find = find;
  }

  /** All that is referred to. */
  targets(): Subscription[] {
    return [...this.#references.values()].map(({ target }) => target);
  }

  /** Takes up what a value refers to, if it does. */
  add(value: Value): Subscription | undefined {
    if (value.kind !== 'reference') return undefined;
    const existing = this.#references.get(value.rid);
    if (existing) {
      existing.count++;
      return existing.target;
    }
    const target = this.#find(value.rid);
    target.holders.add(this.#owner);
    this.#references.set(value.rid, { target, count: 1 });
    return target;
  }

  /** Lets go of what a value referred to. */
  remove(value: Value | undefined): void {
    const reference = value?.kind === 'reference' ? this.#references.get(value.rid) : undefined;
    if (!reference || --reference.count > 0) return;
    this.#references.delete(reference.target.rid);
    reference.target.holders.delete(this.#owner);
    letGo(reference.target);
  }

  /** Drops all, without letting go of what is held through them. */
  clear(): void {
    for (const target of this.targets()) target.holders.delete(this.#owner);
    this.#references.clear();
  }
}
