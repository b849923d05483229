import * as l10n from '../util/l10n';
import type { Passed } from './gate';

/** What became of an automatic reset, in a sentence. `connection` is the one that its rule names. */
export function passedText(summary: string, passed: Passed, connection?: string): string {
  switch (passed.kind) {
    case 'sent':
      return l10n.t('Reset automatically: {0}', summary);
    case 'offered':
      return l10n.t('{0} was not reset automatically: the notification says why.', summary);
    case 'withheld':
      switch (passed.cause) {
        case 'off':
          return l10n.t('{0} was not reset: automatic resets are off in this workspace.', summary);
        case 'untrusted':
          return l10n.t('{0} was not reset: this workspace is not trusted.', summary);
        case 'notConnected':
          return l10n.t('{0} was not reset: there is no open connection. Connect first.', summary);
        case 'otherConnection':
          return l10n.t(
            '{0} was not reset: its rule is for the connection “{1}”, which is not the open one.',
            summary,
            connection ?? '',
          );
      }
  }
}
