import type { CachedResource } from './cachedResource';
import type { Answer } from './protocol';
import type { Throttle } from './throttle';
import type { Content, Value } from './value';

/** What happened to a cached resource. */
export type ResourceEvent =
  | {
      readonly kind: 'change';
      readonly changed: ReadonlyMap<string, Value>;
      readonly old: ReadonlyMap<string, Value>;
    }
  | { readonly kind: 'add'; readonly idx: number; readonly value: Value }
  | { readonly kind: 'remove'; readonly value: Value; readonly data: unknown }
  | { readonly kind: 'delete'; readonly data: unknown }
  | { readonly kind: 'reaccess' }
  | { readonly kind: 'custom'; readonly name: string; readonly data: unknown };

/** A resource, and what it held when its subscriber was told. */
export interface LoadedResource {
  readonly resource: CachedResource;
  readonly content: Content;
}

/** Who holds a cached resource: one client's subscription. */
export interface Subscriber {
  /** Called once: what the resource holds, or why it could not be got. */
  loaded(answer: Answer<LoadedResource>): void;
  /** Called for all that happens afterwards, in order. */
  event(event: ResourceEvent): void;
  /** Asks the service again whether the client may have the resource. */
  reaccess(throttle: Throttle): void;
}
