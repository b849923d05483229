import type { DisconnectReason } from '../resets/bus';
import { isSameConnection, type ConnectionRef } from '../resets/connections';
import * as l10n from '../util/l10n';
import { problemText, type Problem } from '../util/problem';

/** What became of a connection that is not the open one any more. */
export type Gone = Exclude<DisconnectReason, 'lost'>;

/** Why nothing was sent, and nobody was asked. `notConnected`: no connection was open when its cause was seen. */
export type Withheld = 'off' | 'untrusted' | 'notConnected' | Gone | 'otherConnection';

/** What became of one that was open, where this one is open now, or none. */
export function whyGone(before: ConnectionRef, open: ConnectionRef | undefined): Gone {
  if (!open) return 'closed';
  return isSameConnection(open, before) ? 'reopened' : 'switched';
}

/** What did not happen, with its reason and its remedy; `connection` is the one that a rule names. */
export function withheldProblem(what: l10n.Text, cause: Withheld, connection = ''): Problem {
  switch (cause) {
    case 'off':
      return { what, why: l10n.msg('automatic resets are off in this workspace') };
    case 'untrusted':
      return { what, why: l10n.msg('this workspace is not trusted') };
    case 'notConnected':
      return { what, why: l10n.msg('no connection was open'), remedy: l10n.msg('Connect first.') };
    case 'closed':
      return { what, why: l10n.msg('the connection is no longer open') };
    case 'reopened':
      return { what, why: l10n.msg('the connection was opened anew meanwhile') };
    case 'switched':
      return { what, why: l10n.msg('another connection was opened meanwhile') };
    case 'otherConnection': {
      const why = l10n.msg('its rule is for the connection “{0}”, which is not the open one', connection);
      return { what, why };
    }
  }
}

/** Why nothing was sent, in a sentence. */
export function nothingSentText(cause: Withheld): string {
  return problemText(withheldProblem(l10n.msg('Nothing was sent'), cause));
}
