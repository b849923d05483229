import { CancellationTokenSource, window, type InputBoxOptions } from 'vscode';
import type { ConnectionProfile } from '../profile/profile';
import { fields, type KeptField } from '../profile/fields';
import type { ProfileSecrets } from '../profile/secrets';
import * as l10n from '../../util/l10n';

/** Asks for each of them; undefined if the person gives up on one, or the signal comes. */
export async function askForSecrets(
  profile: ConnectionProfile,
  fields: readonly KeptField[],
  kept: ProfileSecrets,
  signal: AbortSignal,
): Promise<ProfileSecrets | undefined> {
  const closing = new CancellationTokenSource();
  const close = (): void => {
    closing.cancel();
  };
  signal.addEventListener('abort', close);
  const entered: { -readonly [Field in KeptField]?: string } = {};
  try {
    for (const field of fields) {
      const options = question(profile, field, field === 'user' ? kept.user : undefined);
      const text = await window.showInputBox(options, closing.token);
      if (text === undefined) return undefined;
      entered[field] = text;
    }
    return entered;
  } finally {
    signal.removeEventListener('abort', close);
    closing.dispose();
  }
}

function question({ name, servers }: ConnectionProfile, field: KeptField, value = ''): InputBoxOptions {
  const label = fields[field].noun();
  const place =
    field === 'user'
      ? l10n.t('It is stored on this machine, not in the settings.')
      : l10n.t("It is stored in VS Code's secret storage only.");
  return {
    title: l10n.t('Connect to {0}', name),
    prompt: `${l10n.t('Enter the {0} for {1}.', label, servers.join(', '))} ${place}`,
    placeHolder: `${label.charAt(0).toUpperCase()}${label.slice(1)}`,
    value,
    password: field !== 'user',
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' ? l10n.t('Enter the {0}.', label) : undefined),
  };
}
