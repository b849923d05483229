import { problemText } from '../util/problem';
import * as l10n from '../util/l10n';
import type { Passed } from './gate';
import type { ResetState } from '../resets/resetRecord';
import { withheldProblem } from './withheld';

/** What became of an automatic reset, in a sentence. `connection` is the one that its rule names. */
export function passedText(summary: string, passed: Passed, connection?: string): string {
  switch (passed.kind) {
    case 'sent':
      return sentText(summary, passed.sent.record.state);
    case 'offered':
      return l10n.t('{0} was not reset automatically: the notification says why.', summary);
    case 'withheld':
      return problemText(withheldProblem(l10n.msg('{0} was not reset', summary), passed.cause, connection));
  }
}

function sentText(summary: string, state: ResetState): string {
  return state.kind === 'rejected' || state.kind === 'failed'
    ? l10n.t('The automatic reset of {0} failed. {1}', summary, problemText(state.problem))
    : l10n.t('Reset automatically: {0}', summary);
}
