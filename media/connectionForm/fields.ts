import type { FormContent, FormField } from '../../src/webview/formMessages';
import { isOnThisMachine } from '../../src/webview/localhost';
import {
  newDraft,
  type ConnectionDraft,
  type DraftSecrets,
  type FormSecretField,
} from '../../src/webview/messages';
import { parseDraft } from '../../src/webview/parseMessages';
import { element } from '../dom';
import { remoteHint } from '../remoteHint';
import { choiceField, flagField, textField, type Field } from './field';

const createTexts = {
  name: () => textField('Name'),
  servers: () =>
    textField('Servers', {
      placeholder: 'nats://127.0.0.1:4222',
      hint: 'Separate the servers of a cluster by commas.',
    }),
  user: () => textField('User'),
  credsFile: () => textField('Credentials file (.creds)', { placeholder: '~/.nats/user.creds' }),
  nkeyFile: () => textField('Nkey file, instead of a seed', { placeholder: '~/.nats/user.nk' }),
  caFile: () => textField('CA file', { placeholder: 'PEM' }),
  certFile: () => textField('Client certificate file', { placeholder: 'PEM' }),
  keyFile: () => textField('Client key file', { placeholder: 'PEM' }),
  serverName: () => textField('Server name, if not the host'),
  inboxPrefix: () => textField('Inbox prefix', { placeholder: '_INBOX' }),
};

const secretLabels: Readonly<Record<FormSecretField, string>> = {
  password: 'Password',
  token: 'Token',
  seed: 'Nkey seed',
  jwt: 'User JWT',
  keyPassphrase: 'Passphrase of the client key',
};

/** The fields of the form: what is in them, and which of them matter. */
export class ConnectionFields {
  readonly element = element('div', { className: 'sections' });
  readonly #texts = mapValues(createTexts, (create) => create());
  readonly #secrets = mapValues(secretLabels, (label) => textField(label, { secret: true }));
  readonly #flags = {
    handshakeFirst: flagField('TLS handshake first'),
    verify: flagField('Verify the certificate of the server'),
    protected: flagField('Protected: ask before every reset'),
  };
  readonly #choices = {
    auth: choiceField('Authentication', [
      ['none', 'No authentication'],
      ['password', 'User and password'],
      ['token', 'Token'],
      ['nkey', 'Nkey seed'],
      ['jwt', 'User JWT and seed'],
      ['creds', 'Credentials file'],
    ]),
    tlsMode: choiceField('TLS', [
      ['auto', 'If the server offers it'],
      ['required', 'Required'],
      ['off', 'Off'],
    ]),
    color: choiceField('Colour', [
      ['', 'No colour'],
      ['red', 'Red'],
      ['orange', 'Orange'],
      ['yellow', 'Yellow'],
      ['green', 'Green'],
      ['blue', 'Blue'],
      ['purple', 'Purple'],
    ]),
    icon: choiceField('Icon', [
      ['', 'No icon'],
      ['home', 'Home'],
      ['beaker', 'Beaker'],
      ['bug', 'Bug'],
      ['server', 'Server'],
      ['cloud', 'Cloud'],
      ['globe', 'Globe'],
      ['rocket', 'Rocket'],
      ['flame', 'Flame'],
    ]),
    scope: choiceField('Kept in', [
      ['user', 'User settings'],
      ['workspace', 'Workspace settings (shared)'],
      ['folder', 'Folder settings (shared)'],
    ]),
  };
  readonly #fields: Readonly<Record<FormField, Field>> = {
    ...this.#texts,
    ...this.#secrets,
    ...this.#flags,
    ...this.#choices,
  };
  readonly #unsafe = element('p', {
    className: 'unsafe',
    text: 'Unsafe: anyone on the network could impersonate the server.',
  });
  readonly #remoteHint = element('div', { className: 'wide' });
  #remote: string | undefined;
  #isFilling = false;

  constructor(onChange: () => void) {
    const { auth, tlsMode, color, icon, scope } = this.#choices;
    const t = this.#texts;
    const s = this.#secrets;
    const { handshakeFirst, verify } = this.#flags;
    this.element.append(
      section('Servers', t.name, t.servers, this.#remoteHint, scope, t.inboxPrefix),
      section('Authentication', auth, t.user, s.password, s.token, s.jwt, s.seed, t.nkeyFile, t.credsFile),
      section(
        'TLS',
        ...[tlsMode, t.caFile, t.certFile, t.keyFile, s.keyPassphrase, t.serverName],
        ...[handshakeFirst, verify, this.#unsafe],
      ),
      section('Safety', this.#flags.protected),
      section('Looks', color, icon),
    );
    const changed = (): void => {
      // A checkbox also tells of what is filled in, in the middle of it.
      if (this.#isFilling) return;
      this.#showRelevant();
      onChange();
    };
    this.element.addEventListener('input', changed);
    // Of a text, it comes when the focus leaves: by then the field may have been marked.
    for (const { control } of Object.values(this.#flags)) control.addEventListener('change', changed);
  }

  /** What stands in the form, secrets apart. */
  get draft(): ConnectionDraft {
    const entries = [
      ...Object.entries(this.#texts).map(([field, { control }]) => [field, control.value]),
      ...Object.entries(this.#flags).map(([field, { control }]) => [field, control.checked]),
      ...Object.entries(this.#choices).map(([field, { control }]) => [field, control.value]),
    ];
    return parseDraft(Object.fromEntries(entries)) ?? newDraft;
  }

  /** The secrets that were typed in and matter. */
  get secrets(): DraftSecrets {
    const typed = Object.entries(this.#secrets).flatMap(([field, { control, hidden }]) =>
      control.value === '' || hidden ? [] : [[field, control.value]],
    );
    return Object.fromEntries(typed) as DraftSecrets;
  }

  /** Fills the form in; of the kept secrets it only says that they are kept. */
  fill(
    draft: ConnectionDraft,
    { kept, hasWorkspace, remote }: Pick<FormContent, 'kept' | 'hasWorkspace' | 'remote'>,
  ): void {
    this.#remote = remote;
    this.#isFilling = true;
    for (const [field, { control }] of entriesOf(this.#texts)) control.value = draft[field];
    for (const [field, { control }] of entriesOf(this.#flags)) control.checked = draft[field];
    for (const [field, { control }] of entriesOf(this.#choices)) control.value = draft[field];
    this.#isFilling = false;
    for (const [field, { control }] of entriesOf(this.#secrets)) {
      control.value = '';
      control.placeholder = kept.includes(field) ? 'Kept in the secret storage' : '';
    }
    this.#texts.user.control.placeholder = kept.includes('user')
      ? 'Kept for you on this machine'
      : 'Empty: each person is asked';
    const { scope } = this.#choices;
    // A folder's own settings are where a connection stands already, or not at all.
    for (const option of scope.control.options)
      option.disabled = option.hidden = option.value === 'folder' && draft.scope !== 'folder';
    scope.hidden = !hasWorkspace && draft.scope === 'user';
    this.#showRelevant();
  }

  focus(): void {
    this.#texts.name.control.focus();
  }

  /** Says at the field what is wrong, or where that stands, and at no other; false if the field is not on the page. */
  mark(wrong: FormField | undefined, problem: string | HTMLElement): boolean {
    for (const field of Object.values(this.#fields)) field.mark(undefined);
    if (wrong === undefined || this.#fields[wrong].hidden) return false;
    this.#fields[wrong].mark(problem);
    return true;
  }

  focusField(field: FormField): void {
    this.#fields[field].control.focus();
  }

  #showRelevant(): void {
    const { auth, keyFile, verify, servers, nkeyFile } = this.draft;
    this.#remoteHint.hidden = this.#remote === undefined || !isOnThisMachine(servers);
    if (this.#remote !== undefined) this.#remoteHint.replaceChildren(remoteHint(this.#remote));
    this.#texts.user.hidden = auth !== 'password';
    this.#texts.credsFile.hidden = auth !== 'creds';
    this.#secrets.password.hidden = auth !== 'password';
    this.#secrets.token.hidden = auth !== 'token';
    this.#secrets.jwt.hidden = auth !== 'jwt';
    this.#texts.nkeyFile.hidden = auth !== 'nkey';
    this.#secrets.seed.hidden = auth !== 'jwt' && (auth !== 'nkey' || nkeyFile !== '');
    this.#secrets.keyPassphrase.hidden = keyFile === '';
    this.#unsafe.hidden = verify;
  }
}

function section(title: string, ...parts: readonly (Field | HTMLElement)[]): HTMLElement {
  const heading = element('h2', { text: title, attributes: { id: `section-${title}` } });
  const body = parts.map((part) => (part instanceof HTMLElement ? part : part.element));
  return element(
    'div',
    { className: 'section', attributes: { role: 'group', 'aria-labelledby': heading.id } },
    heading,
    element('div', { className: 'fields' }, ...body),
  );
}

function mapValues<K extends string, V, W>(
  record: Readonly<Record<K, V>>,
  map: (value: V) => W,
): Record<K, W> {
  return Object.fromEntries(entriesOf(record).map(([key, value]) => [key, map(value)])) as Record<K, W>;
}

function entriesOf<K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] {
  return Object.entries(record) as [K, V][];
}
