import * as l10n from '../../util/l10n';
import type { Problem } from '../../util/problem';

/** A log can't be read at all. */
export function unreadableLog(file: string, why: string): Problem {
  return {
    what: l10n.msg('A history file can’t be read'),
    why: l10n.verbatim(why),
    remedy: l10n.msg('The other files were read. Make this one readable, then reload the window: {0}', file),
  };
}

/** A log was damaged and moved out of the way. */
export function damagedSetAside(file: string, lines: number, saved: number): Problem {
  return {
    what: l10n.msg('A history file was damaged'),
    why: lines === 1 ? l10n.msg('1 line can’t be read') : l10n.msg('{0} lines can’t be read', lines),
    remedy:
      saved === 1
        ? l10n.msg('1 reset in it was recovered. The damaged file was kept: {0}', file)
        : l10n.msg('{0} resets in it were recovered. The damaged file was kept: {1}', saved, file),
  };
}

/** The log of a window that is open was damaged. */
export function damagedInUse(file: string, lines: number): Problem {
  return {
    what: l10n.msg('The history file of another window is damaged'),
    why:
      lines === 1
        ? l10n.msg('1 line of its file can’t be read')
        : l10n.msg('{0} lines of its file can’t be read', lines),
    remedy: l10n.msg('The rest of it is shown. Close that window, and its file is moved aside: {0}', file),
  };
}

/** A log of a window that is gone was read, and can't be moved. */
export function keptOrphan(file: string, why: string): Problem {
  return {
    what: l10n.msg('The history file of a closed window can’t be taken over'),
    why: l10n.verbatim(why),
    remedy: l10n.msg('It was read and left in place. Allow writing in its folder: {0}', file),
  };
}

/** The log could not be made shorter. */
export function notRewritten(why: string): Problem {
  return {
    what: l10n.msg('The history files could not be rewritten'),
    why: l10n.verbatim(why),
    remedy: l10n.msg('Nothing was lost: the old files were kept. Free disk space or fix permissions.'),
  };
}
