import type { DisconnectReason } from '../resets/bus';
import type { ConnectionRef } from '../resets/connections';
import * as l10n from '../util/l10n';

/** What became of a connection that is not the open one any more. */
export type Gone = Exclude<DisconnectReason, 'lost'>;

/** What became of one that was open, where this one is open now, or none. */
export function whyGone(before: ConnectionRef, open: ConnectionRef | undefined): Gone {
  if (!open) return 'closed';
  return open.id === before.id ? 'reopened' : 'switched';
}

/** Why nothing was sent on it. */
export function nothingSentText(gone: Gone): string {
  switch (gone) {
    case 'closed':
      return l10n.t('Nothing was sent: the connection is no longer open.');
    case 'reopened':
      return l10n.t('Nothing was sent: the connection was opened anew meanwhile.');
    case 'switched':
      return l10n.t('Nothing was sent: another connection was opened meanwhile.');
  }
}
