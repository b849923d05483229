import { stat } from 'node:fs/promises';
import type { LogOwner } from './logNames';
import { knock } from './ownerDoor';
import { ranThen } from './runningProcess';

/** What was not written for so long is nobody's, if its owner can't be asked. In milliseconds. */
const quietMs = 60_000;

/**
 * Whether the owner of a file is gone. Where another machine or container shares the folder, it can be taken for gone
 * though it lives: then what it writes next counts, as its lines are newer.
 */
export async function isOwnerGone(owner: LogOwner, file: string): Promise<boolean> {
  const found = owner.hasDoor && owner.id !== undefined ? await knock(owner.id) : undefined;
  if (found === 'lives') return false;
  if (found === 'gone') return true;
  let written: number;
  try {
    written = (await stat(file)).mtimeMs;
  } catch {
    return false;
  }
  if (!(await ranThen(owner.pid, written))) return true;
  return found === 'unknown' && Date.now() - written > quietMs;
}
