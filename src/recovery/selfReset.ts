import type { ConnectionKey } from '../resets/connections';
import { onConnection, type ResetRecord } from '../resets/resetRecord';
import { isSameReset } from '../resets/sameReset';
import type { HeardReset } from './heardResets';

/** The record of a reset that a restarted service most likely sent itself: the monitor's, where it has recorded it too; else a new one. */
export function selfReset(
  heard: HeardReset,
  connection: ConnectionKey,
  records: readonly ResetRecord[],
  newId: () => string,
): ResetRecord {
  const seen = { ...heard, ...onConnection(connection) };
  const recorded = records.find((one) => one.origin === 'received' && isSameReset(one, seen));
  return { ...(recorded ?? { id: newId(), ...seen, state: { kind: 'received' } }), origin: 'self' };
}
