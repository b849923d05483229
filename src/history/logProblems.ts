import type { Problem } from '../util/problem';

/** A log can't be read at all. */
export function unreadableLog(file: string, why: string): Problem {
  return {
    what: 'A file of the reset history can’t be read',
    why,
    remedy: `All other files were read. Make this one readable, then reload the window: ${file}`,
  };
}

/** A log was damaged and moved out of the way. */
export function damagedSetAside(file: string, lines: number, saved: number): Problem {
  return {
    what: 'A file of the reset history was damaged',
    why: `${lines === 1 ? '1 line' : `${lines} lines`} can’t be read`,
    remedy: `${resets(saved)} in it ${saved === 1 ? 'was' : 'were'} saved. The damaged file was kept: ${file}`,
  };
}

/** The log of a window that is open was damaged. */
export function damagedInUse(file: string, lines: number): Problem {
  return {
    what: 'The reset history of another window is damaged',
    why: `${lines === 1 ? '1 line' : `${lines} lines`} of its file can’t be read`,
    remedy: `All else of it is shown. Close that window: its file is then kept aside. It is ${file}`,
  };
}

/** A log of a window that is gone was read, and can't be moved. */
export function keptOrphan(file: string, why: string): Problem {
  return {
    what: 'A file that a closed window left in the reset history can’t be taken over',
    why,
    remedy: `It was read, and stays where it is. Allow writing in its folder: ${file}`,
  };
}

/** The log could not be made shorter. */
export function notRewritten(why: string): Problem {
  return {
    what: 'The files of the reset history could not be rewritten',
    why,
    remedy: 'Nothing was lost: the old files stay. Free disk space or fix permissions.',
  };
}

function resets(count: number): string {
  return count === 1 ? '1 reset' : `${count} resets`;
}
