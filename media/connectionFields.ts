import { isOnThisMachine } from '../src/webview/localhost';
import {
  newDraft,
  type ConnectionDraft,
  type DraftSecrets,
  type FormSecretField,
  type KeptField,
} from '../src/webview/messages';
import { parseDraft } from '../src/webview/parseMessages';
import { element } from './dom';
import { remoteHint } from './remoteHint';
import {
  createCheckbox,
  createDropdown,
  createTextField,
  showOption,
  type Dropdown,
  type TextField,
} from './toolkit';

const texts = {
  name: createField('Name'),
  servers: createField('Servers', 'nats://127.0.0.1:4222'),
  user: createField('User'),
  credsFile: createField('Credentials file (.creds)', '~/.nats/user.creds'),
  nkeyFile: createField('Nkey file, instead of a seed', '~/.nats/user.nk'),
  caFile: createField('CA file', 'PEM'),
  certFile: createField('Client certificate file', 'PEM'),
  keyFile: createField('Client key file', 'PEM'),
  serverName: createField('Server name, if not the host'),
  inboxPrefix: createField('Inbox prefix', '_INBOX'),
};

function createField(label: string, placeholder?: string): () => TextField {
  return () => createTextField(label, placeholder === undefined ? {} : { placeholder });
}

const secretLabels: Readonly<Record<FormSecretField, string>> = {
  password: 'Password',
  token: 'Token',
  seed: 'Nkey seed',
  jwt: 'User JWT',
  keyPassphrase: 'Passphrase of the client key',
};

/** What the fields are filled in with. */
export interface FieldsContent {
  readonly draft: ConnectionDraft;
  readonly kept: readonly KeptField[];
  readonly hasWorkspace: boolean;
  readonly remote?: string;
}

/** The fields of the form: what is in them, and which of them matter. */
export class ConnectionFields {
  readonly element = element('div', { className: 'fields' });
  readonly #texts = mapValues(texts, (create) => create());
  readonly #secrets = mapValues(secretLabels, (label) => createTextField(label, { secret: true }));
  readonly #flags = {
    handshakeFirst: createCheckbox('TLS handshake first'),
    verify: createCheckbox('Verify the certificate of the server'),
    protected: createCheckbox('Protected: ask before every reset'),
  };
  readonly #choices = {
    auth: createDropdown('Authentication', [
      ['none', 'No authentication'],
      ['password', 'User and password'],
      ['token', 'Token'],
      ['nkey', 'Nkey seed'],
      ['jwt', 'User JWT and seed'],
      ['creds', 'Credentials file'],
    ]),
    tlsMode: createDropdown('TLS', [
      ['auto', 'If the server offers it'],
      ['required', 'Required'],
      ['off', 'Off'],
    ]),
    color: createDropdown('Colour', [
      ['', 'No colour'],
      ['red', 'Red'],
      ['orange', 'Orange'],
      ['yellow', 'Yellow'],
      ['green', 'Green'],
      ['blue', 'Blue'],
      ['purple', 'Purple'],
    ]),
    icon: createDropdown('Icon', [
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
    scope: createDropdown('Kept in', [
      ['user', 'User settings'],
      ['workspace', 'Workspace settings (shared)'],
      ['folder', 'Folder settings (shared)'],
    ]),
  };
  readonly #unsafe = element('p', {
    className: 'unsafe',
    text: 'Unsafe: anybody on the way could pose as the server.',
  });
  readonly #remoteHint = element('div');
  #remote: string | undefined;
  readonly #tls: HTMLDetailsElement;
  readonly #scope: HTMLElement;

  constructor(onChange: () => void) {
    const { auth, tlsMode, color, icon, scope } = this.#choices;
    const t = this.#texts;
    const s = this.#secrets;
    this.#tls = element(
      'details',
      {},
      element('summary', { text: 'TLS' }),
      labelled('TLS', tlsMode),
      t.caFile,
      t.certFile,
      t.keyFile,
      s.keyPassphrase,
      t.serverName,
      this.#flags.handshakeFirst,
      this.#flags.verify,
      this.#unsafe,
    );
    this.#scope = labelled('Kept in', scope);
    this.element.append(
      t.name,
      t.servers,
      element('p', { className: 'hint', text: 'Separate the servers of a cluster by commas.' }),
      this.#remoteHint,
      labelled('Authentication', auth),
      t.user,
      s.password,
      s.token,
      s.jwt,
      s.seed,
      t.nkeyFile,
      t.credsFile,
      this.#flags.protected,
      this.#tls,
      element(
        'details',
        {},
        element('summary', { text: 'More' }),
        labelled('Colour', color),
        labelled('Icon', icon),
        this.#scope,
        t.inboxPrefix,
      ),
    );
    for (const event of ['input', 'change']) {
      this.element.addEventListener(event, () => {
        this.#showRelevant();
        onChange();
      });
    }
  }

  /** What stands in the form, secrets apart. */
  get draft(): ConnectionDraft {
    const entries = [
      ...Object.entries(this.#texts).map(([field, { value }]) => [field, value]),
      ...Object.entries(this.#flags).map(([field, { checked }]) => [field, checked]),
      ...Object.entries(this.#choices).map(([field, { value }]) => [field, value]),
    ];
    return parseDraft(Object.fromEntries(entries)) ?? newDraft;
  }

  /** The secrets that were typed in and matter. */
  get secrets(): DraftSecrets {
    const typed = Object.entries(this.#secrets).flatMap(([field, { value, hidden }]) =>
      value === '' || hidden ? [] : [[field, value]],
    );
    return Object.fromEntries(typed) as DraftSecrets;
  }

  /** Fills the form in; of the kept secrets it only says that they are kept. */
  fill({ draft, kept, hasWorkspace, remote }: FieldsContent): void {
    this.#remote = remote;
    for (const [field, input] of entriesOf(this.#texts)) input.value = draft[field];
    for (const [field, input] of entriesOf(this.#flags)) input.checked = draft[field];
    for (const [field, input] of entriesOf(this.#choices)) input.value = draft[field];
    for (const [field, input] of entriesOf(this.#secrets)) {
      input.value = '';
      input.placeholder = kept.includes(field) ? 'Kept in the secret storage' : '';
    }
    this.#texts.user.placeholder = kept.includes('user')
      ? 'Kept for you on this machine'
      : 'Empty: each person is asked';
    showOption(this.#choices.scope, 'folder', draft.scope === 'folder');
    this.#scope.hidden = !hasWorkspace && draft.scope === 'user';
    this.#tls.open = draft.tlsMode !== 'auto' || !draft.verify || draft.handshakeFirst || draft.caFile !== '';
    this.#showRelevant();
  }

  focus(): void {
    this.#texts.name.focus();
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

function labelled(text: string, dropdown: Dropdown): HTMLElement {
  // The dropdown carries the text as its own label already.
  const label = element('span', { className: 'label', text, attributes: { 'aria-hidden': 'true' } });
  return element('div', { className: 'labelled' }, label, dropdown);
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
