import {
  CancellationTokenSource,
  QuickPickItemKind,
  window,
  type InputBoxOptions,
  type QuickPickItem,
} from 'vscode';
import { views } from '../../shell/ids';
import * as l10n from '../../util/l10n';
import type { Notifier } from '../../util/notifier';
import { problemText } from '../../util/problem';
import { isSaved, type ProfileSource } from '../messages';
import { fields, type KeptField } from '../profile/fields';
import type { ConnectionProfile } from '../profile/profile';
import type { Prompts } from '../prompts';
import type { StoredProfile } from '../store/connectionSettings';

/** Asks in VS Code's own boxes and lists, and shows answers there; no secret passes here. */
export function windowPrompts(notifier: Notifier, redact: (text: string) => string): Prompts {
  return {
    async pick(profiles, placeHolder, firstId) {
      const first = profiles.filter(({ id }) => id === firstId);
      const others = profiles.filter(({ id }) => id !== firstId);
      const saved = others.filter(({ source }) => isSaved(source));
      const cli = others.filter(({ source }) => !isSaved(source));
      const itemOf = (stored: StoredProfile): Item => pickItem(stored, redact);
      const separator = (label: string): Item => ({ label, kind: QuickPickItemKind.Separator });
      const items = [
        ...first.map(itemOf),
        ...saved.map(itemOf),
        ...(cli.length > 0 ? [separator('NATS CLI'), ...cli.map(itemOf)] : []),
      ];
      return (await window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.stored;
    },

    async enterServers(initial, whyWrong) {
      return window.showInputBox({
        title: l10n.t('Connect to NATS'),
        prompt: l10n.t('No connections yet. Enter the address of your NATS server.'),
        value: initial,
        ignoreFocusOut: true,
        validateInput: whyWrong,
      });
    },

    async askForSecrets(profile, wanted, kept, signal) {
      const closing = new CancellationTokenSource();
      const close = (): void => {
        closing.cancel();
      };
      signal.addEventListener('abort', close);
      const entered: { -readonly [Field in KeptField]?: string } = {};
      try {
        for (const field of wanted) {
          const options = secretQuestion(profile, field, field === 'user' ? kept.user : undefined);
          const text = await window.showInputBox(options, closing.token);
          if (text === undefined) return undefined;
          entered[field] = text;
        }
        return entered;
      } finally {
        signal.removeEventListener('abort', close);
        closing.dispose();
      }
    },

    async confirmRemoval(name) {
      const question = l10n.t('Remove the connection "{0}"?', name);
      const detail = l10n.t('This removes it from the settings, and its secrets from the secret storage.');
      const remove = l10n.t('Remove');
      return notifier.confirm(question, detail, remove);
    },

    async show({ ok, text }) {
      await (ok ? notifier.info(text) : notifier.error(text));
    },

    showConnecting(name, connecting) {
      const title = l10n.t('Connecting to {0}', name);
      void window.withProgress({ location: { viewId: views.connection }, title }, () => connecting);
    },
  };
}

type Item = QuickPickItem & { readonly stored?: StoredProfile };

function pickItem(stored: StoredProfile, redact: (text: string) => string): Item {
  const { profile, source, description, problem, folder } = stored;
  // What is protected is marked in any case; an icon of its own takes the place of the plug.
  const icons = [
    ...(problem ? ['warning'] : []),
    ...(profile.protected ? ['lock'] : []),
    ...(profile.icon === undefined ? [] : [profile.icon]),
  ];
  const symbols = (icons.length === 0 ? ['plug'] : icons).map((name) => `$(${name})`).join(' ');
  return {
    label: `${symbols} ${profile.name}`,
    description: folder?.name ?? sourceWord(source),
    detail: [
      profile.servers.join(', '),
      ...(problem === undefined ? [] : [redact(problemText(problem))]),
      ...(description === undefined ? [] : [redact(description)]),
      ...(profile.tls.verify ? [] : [l10n.t('certificates are not verified')]),
    ].join(' — '),
    stored,
  };
}

function sourceWord(source: ProfileSource): string {
  const words: Record<ProfileSource, string> = {
    user: '',
    workspace: l10n.t('workspace'),
    folder: l10n.t('folder'),
    context: l10n.t('NATS CLI context'),
    environment: l10n.t('environment variables'),
  };
  return words[source];
}

function secretQuestion({ name, servers }: ConnectionProfile, field: KeptField, value = ''): InputBoxOptions {
  const label = fields[field].noun();
  const place =
    field === 'user'
      ? l10n.t('It is stored on this machine, not in the settings.')
      : l10n.t("It is stored in VS Code's secret storage only.");
  return {
    title: l10n.t('Connect to {0}', name),
    prompt: `${l10n.t('Enter the {0} for {1}.', label, servers.join(', '))} ${place}`,
    placeHolder: fields[field].label(),
    value,
    password: field !== 'user',
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' ? l10n.t('Enter the {0}.', label) : undefined),
  };
}
