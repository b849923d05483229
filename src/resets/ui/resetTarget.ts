import type { ConnectionService } from '../../connections/connectionService';
import { placeOf } from '../bus';
import { Emitter, type Event } from '../../util/emitter';

/** Where resets go to now, firing only when that changes and not with every sign of life. */
export function resetTarget(connections: Pick<ConnectionService, 'bus' | 'onDidChange'>): {
  place(): string | undefined;
  readonly onDidChange: Event<string | undefined>;
} {
  const changed = new Emitter<string | undefined>();
  const place = (): string | undefined => {
    const bus = connections.bus();
    return bus && placeOf(bus);
  };
  let last = place();
  connections.onDidChange(() => {
    const now = place();
    if (now === last) return;
    last = now;
    changed.fire(now);
  });
  return { place, onDidChange: changed.event };
}
