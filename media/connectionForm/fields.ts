import * as l10n from '../../src/util/l10n';
import type { FormContent, FormField } from '../../src/connections/formMessages';
import { isOnThisMachine } from '../shared/localhost';
import {
  newDraft,
  type ConnectionDraft,
  type DraftSecrets,
  type FormSecretField,
} from '../../src/connections/messages';
import { parseDraft } from '../../src/connections/parseMessages';
import { element } from '../shared/dom';
import { remoteHint } from '../shared/remoteHint';
import { choiceField, flagField, textField, type Field } from './field';

const createTexts = {
  name: () => textField(l10n.t('Name')),
  servers: () =>
    textField(l10n.t('Servers'), {
      placeholder: 'nats://127.0.0.1:4222',
      hint: l10n.t('Separate the servers of a cluster with commas.'),
    }),
  user: () => textField(l10n.t('User')),
  credsFile: () => textField(l10n.t('Credentials file (.creds)'), { placeholder: '~/.nats/user.creds' }),
  nkeyFile: () => textField(l10n.t('Nkey file, instead of a seed'), { placeholder: '~/.nats/user.nk' }),
  caFile: () => textField(l10n.t('CA file'), { placeholder: 'PEM' }),
  certFile: () => textField(l10n.t('Client certificate file'), { placeholder: 'PEM' }),
  keyFile: () => textField(l10n.t('Client key file'), { placeholder: 'PEM' }),
  serverName: () => textField(l10n.t('Server name, if not the host')),
  inboxPrefix: () => textField(l10n.t('Inbox prefix'), { placeholder: '_INBOX' }),
};

function secretLabels(): Readonly<Record<FormSecretField, string>> {
  return {
    password: l10n.t('Password'),
    token: l10n.t('Token'),
    seed: l10n.t('Nkey seed'),
    jwt: l10n.t('User JWT'),
    keyPassphrase: l10n.t('Passphrase of the client key'),
  };
}

/** The fields of the form: what is in them, and which of them matter. */
export class ConnectionFields {
  readonly element = element('div', { className: 'sections' });
  readonly #texts = mapValues(createTexts, (create) => create());
  readonly #secrets = mapValues(secretLabels(), (label) => textField(label, { secret: true }));
  readonly #flags = {
    handshakeFirst: flagField(l10n.t('TLS handshake first')),
    verify: flagField(l10n.t('Verify the certificate of the server')),
    protected: flagField(l10n.t('Protected: ask before every reset')),
  };
  readonly #choices = {
    auth: choiceField(l10n.t('Authentication'), [
      ['none', l10n.t('No authentication')],
      ['password', l10n.t('User and password')],
      ['token', l10n.t('Token')],
      ['nkey', l10n.t('Nkey seed')],
      ['jwt', l10n.t('User JWT and seed')],
      ['creds', l10n.t('Credentials file')],
    ]),
    tlsMode: choiceField('TLS', [
      ['auto', l10n.t('If the server offers it')],
      ['required', l10n.t('Required')],
      ['off', l10n.t('Off')],
    ]),
    color: choiceField(l10n.t('Colour'), [
      ['', l10n.t('No colour')],
      ['red', l10n.t('Red')],
      ['orange', l10n.t('Orange')],
      ['yellow', l10n.t('Yellow')],
      ['green', l10n.t('Green')],
      ['blue', l10n.t('Blue')],
      ['purple', l10n.t('Purple')],
    ]),
    icon: choiceField(l10n.t('Icon'), [
      ['', l10n.t('No icon')],
      ['home', l10n.t('Home')],
      ['beaker', l10n.t('Beaker')],
      ['bug', l10n.t('Bug')],
      ['server', l10n.t('Server')],
      ['cloud', l10n.t('Cloud')],
      ['globe', l10n.t('Globe')],
      ['rocket', l10n.t('Rocket')],
      ['flame', l10n.t('Flame')],
    ]),
    scope: choiceField(l10n.t('Stored in'), [
      ['user', l10n.t('User settings')],
      ['workspace', l10n.t('Workspace settings (shared)')],
      ['folder', l10n.t('Folder settings (shared)')],
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
    text: l10n.t('Unsafe: anyone on the network could impersonate the server.'),
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
      section('servers', l10n.t('Servers'), t.name, t.servers, this.#remoteHint, scope, t.inboxPrefix),
      section(
        'authentication',
        l10n.t('Authentication'),
        auth,
        t.user,
        s.password,
        s.token,
        s.jwt,
        s.seed,
        t.nkeyFile,
        t.credsFile,
      ),
      section(
        'tls',
        'TLS',
        ...[tlsMode, t.caFile, t.certFile, t.keyFile, s.keyPassphrase, t.serverName],
        ...[handshakeFirst, verify, this.#unsafe],
      ),
      section('safety', l10n.t('Safety'), this.#flags.protected),
      section('looks', l10n.t('Appearance'), color, icon),
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
      control.placeholder = kept.includes(field) ? l10n.t('Stored in the secret storage') : '';
    }
    this.#texts.user.control.placeholder = kept.includes('user')
      ? l10n.t('Stored for you on this machine')
      : l10n.t('If empty, each person is asked');
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

function section(id: string, title: string, ...parts: readonly (Field | HTMLElement)[]): HTMLElement {
  const heading = element('h2', { text: title, attributes: { id: `section-${id}` } });
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
