import { problemText } from '../util/problem';
import * as l10n from '../util/l10n';
import type { Passed } from './gate';
import type { ResetState } from '../resets/resetRecord';

/** What became of an automatic reset, in a sentence. `connection` is the one that its rule names. */
export function passedText(summary: string, passed: Passed, connection?: string): string {
  switch (passed.kind) {
    case 'sent':
      return sentText(summary, passed.sent.record.state);
    case 'offered':
      return l10n.t('{0} was not reset automatically: the notification says why.', summary);
    case 'withheld':
      switch (passed.cause) {
        case 'off':
          return l10n.t('{0} was not reset: automatic resets are off in this workspace.', summary);
        case 'untrusted':
          return l10n.t('{0} was not reset: this workspace is not trusted.', summary);
        case 'notConnected':
          return l10n.t('{0} was not reset: no connection was open. Connect first.', summary);
        case 'switched':
          return l10n.t('{0} was not reset: another connection was opened meanwhile.', summary);
        case 'reopened':
          return l10n.t('{0} was not reset: the connection was opened anew meanwhile.', summary);
        case 'otherConnection':
          return l10n.t(
            '{0} was not reset: its rule is for the connection “{1}”, which is not the open one.',
            summary,
            connection ?? '',
          );
      }
  }
}

function sentText(summary: string, state: ResetState): string {
  return state.kind === 'rejected' || state.kind === 'failed'
    ? l10n.t('The automatic reset of {0} failed. {1}', summary, problemText(state.problem))
    : l10n.t('Reset automatically: {0}', summary);
}
