import { window } from 'vscode';
import { tokensHint, typedTokenReset } from '../../history/commands/editMessage';
import { checkAuthSubject, type TokenResetMessage } from '../../res/tokenReset';
import * as l10n from '../../util/l10n';

/** Asks for the token ids and the auth request; none when the person changes their mind. */
export async function askTokenReset(title: string): Promise<TokenResetMessage | undefined> {
  const tids = await window.showInputBox({
    title: `${title} (1/2)`,
    prompt: l10n.t('Ids of the tokens to renew, separated by commas or spaces'),
    placeHolder: '12, 42',
    ignoreFocusOut: true,
    validateInput: (value) => tokensHint(value)?.text,
  });
  if (tids === undefined) return undefined;
  const subject = await window.showInputBox({
    title: `${title} (2/2)`,
    prompt: l10n.t(
      'The auth request that the gateways send for each client connection with one of these tokens',
    ),
    placeHolder: 'auth.authentication.renewToken',
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const reason = checkAuthSubject(typed);
      return reason && l10n.textOf(reason);
    },
  });
  if (subject === undefined) return undefined;
  const built = typedTokenReset(tids, subject);
  return built.ok ? built.value : undefined;
}
