import type { WorkspaceIndex } from '../code/index/workspaceIndex';
import { serviceNamesSetting, type NameSource } from '../code/index/serviceNames';
import { unnamedText } from '../code/naming/unnamedText';
import type { HistoryEntry } from '../history/historyEntry';
import { covers } from '../res/pattern';
import { outcomeOf } from '../resets/resetOutcome';
import { isSettled } from '../resets/resetRecord';
import * as l10n from '../util/l10n';

/** The most resources that are listed at once. */
export const maxListed = 200;
const maxResets = 50;
const maxUnnamed = 50;

/** A page of what the code serves and uses. */
interface ListedResources {
  readonly total: number;
  readonly resources: readonly {
    readonly pattern: string;
    readonly served: boolean;
    readonly used: boolean;
  }[];
  /** Where the next page begins; absent on the last. */
  readonly nextOffset?: number;
  /** Services whose names are not known; absent where there are none. */
  readonly unnamed?: UnnamedServices;
}

/** What is known of services without a known name, and how they get one. */
interface UnnamedServices {
  readonly services: readonly (NameSource & {
    readonly why: string;
    readonly startedIn: readonly string[];
    /** With `?` for the name. */
    readonly serves: readonly string[];
  })[];
  readonly remedy: string;
}

/** The known patterns and names in order, those that a pattern covers if one is given. */
export function listResources(
  index: WorkspaceIndex,
  { pattern, offset = 0, limit = maxListed }: { pattern?: string; offset?: number; limit?: number },
): ListedResources {
  const { wild, concrete } = index.known();
  const all = [...wild, ...concrete].filter(
    (known) => pattern === undefined || covers(pattern, known.pattern),
  );
  const start = Math.max(0, Math.floor(offset));
  const end = start + Math.min(maxListed, Math.max(1, Math.floor(limit)));
  return {
    total: all.length,
    resources: all.slice(start, end).map((known) => ({
      pattern: known.pattern,
      served: known.handlers.length > 0,
      used: known.references.length > 0,
    })),
    ...(end < all.length && { nextOffset: end }),
    ...(index.unnamed().length > 0 && { unnamed: unnamedServices(index) }),
  };
}

function unnamedServices(index: WorkspaceIndex): UnnamedServices {
  const services = index.unnamed().slice(0, maxUnnamed);
  return {
    services: services.map(({ source, startedIn, handlers }) => ({
      ...source,
      why: unnamedText(source),
      startedIn,
      serves: handlers.slice(0, maxUnnamed).map(({ pattern }) => pattern),
    })),
    remedy: l10n.t(
      'To name such a service, choose “Name this service…” above its code, or add an entry to {0}, for example {1}.',
      serviceNamesSetting,
      JSON.stringify({ ...services[0]?.source, name: 'library' }),
    ),
  };
}

/** The newest resets with what came of each. */
export function listHistory(entries: readonly HistoryEntry[], limit = 10): readonly object[] {
  return entries.slice(0, Math.min(maxResets, Math.max(1, Math.floor(limit)))).map(({ record }) => ({
    time: new Date(record.time).toISOString(),
    origin: record.origin,
    ...(isSettled(record.state) && record.state.kind !== 'received'
      ? outcomeOf(record)
      : { state: record.state.kind, message: record.message, connection: record.connection }),
  }));
}
