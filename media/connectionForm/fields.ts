import * as l10n from '../../src/util/l10n';
import {
  newDraft,
  parseDraft,
  type ConnectionDraft,
  type DraftSecrets,
  type FormContent,
  type FormField,
} from '../../src/connections/formMessages';
import {
  fieldList,
  isUsed,
  secretFields,
  type Field as FieldSpec,
} from '../../src/connections/profile/fields';
import { element } from '../shared/dom';
import { isOnThisMachine } from '../shared/localhost';
import { remoteHint } from '../shared/remoteHint';
import { choiceField, flagField, textField, type Field } from './field';

/** The fields of the form: what is in them, and which of them matter. */
export class ConnectionFields {
  readonly element = element('div', { className: 'sections' });
  readonly #scope = choiceField(l10n.t('Stored in'), [
    ['user', l10n.t('User settings')],
    ['workspace', l10n.t('Workspace settings (shared)')],
    ['folder', l10n.t('Folder settings (shared)')],
  ]);
  readonly #fields = {
    ...Object.fromEntries(fieldList.map((field) => [field.key, fieldFor(field)])),
    scope: this.#scope,
  } as Readonly<Record<FormField, Field>>;
  readonly #unsafe = element('p', {
    className: 'unsafe',
    text: l10n.t('Unsafe: anyone on the network could impersonate the server.'),
  });
  readonly #remoteHint = element('div', { className: 'wide' });
  #remote: string | undefined;
  #isFilling = false;

  constructor(onChange: () => void) {
    const titles = {
      servers: l10n.t('Servers'),
      authentication: l10n.t('Authentication'),
      tls: 'TLS',
      safety: l10n.t('Safety'),
      looks: l10n.t('Appearance'),
    };
    for (const [section, title] of Object.entries(titles)) {
      const keys = fieldList.filter((field) => field.section === section).map(({ key }) => key);
      this.element.append(sectionElement(section, title, ...keys.map((key) => this.#fields[key].element)));
    }
    this.#fields.servers.element.after(this.#remoteHint, this.#scope.element);
    this.#fields.verify.element.after(this.#unsafe);
    const changed = (): void => {
      // A checkbox also tells of what is filled in, in the middle of it.
      if (this.#isFilling) return;
      this.#showRelevant();
      onChange();
    };
    this.element.addEventListener('input', changed);
    // Of a text, it comes when the focus leaves: by then the field may have been marked.
    for (const { key, kind } of fieldList)
      if (kind === 'flag') this.#fields[key].control.addEventListener('change', changed);
  }

  /** What stands in the form, secrets apart. */
  get draft(): ConnectionDraft {
    const values = Object.entries(this.#fields).map(([key, { value }]) => [key, value]);
    return parseDraft(Object.fromEntries(values)) ?? newDraft;
  }

  /** The secrets that were typed in and matter. */
  get secrets(): DraftSecrets {
    const typed = secretFields.flatMap((key) => {
      const { value, hidden } = this.#fields[key];
      return value === '' || hidden ? [] : [[key, value]];
    });
    return Object.fromEntries(typed) as DraftSecrets;
  }

  /** Fills the form in; of the kept secrets it only says that they are kept. */
  fill(
    draft: ConnectionDraft,
    { kept, hasWorkspace, remote }: Pick<FormContent, 'kept' | 'hasWorkspace' | 'remote'>,
  ): void {
    this.#remote = remote;
    this.#isFilling = true;
    const values: Readonly<Partial<Record<FormField, string | boolean>>> = draft;
    for (const [key, field] of Object.entries(this.#fields)) field.value = values[key as FormField] ?? '';
    this.#isFilling = false;
    for (const key of secretFields)
      this.#fields[key].placeholder = kept.includes(key) ? l10n.t('Stored in the secret storage') : '';
    this.#fields.user.placeholder = kept.includes('user')
      ? l10n.t('Stored for you on this machine')
      : l10n.t('If empty, each person is asked');
    // A folder's own settings are where a connection stands already, or not at all.
    for (const option of this.#scope.control.options)
      option.disabled = option.hidden = option.value === 'folder' && draft.scope !== 'folder';
    this.#scope.hidden = !hasWorkspace && draft.scope === 'user';
    this.#showRelevant();
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
    const { draft } = this;
    this.#remoteHint.hidden = this.#remote === undefined || !isOnThisMachine(draft.servers);
    if (this.#remote !== undefined) this.#remoteHint.replaceChildren(remoteHint(this.#remote));
    for (const { key } of fieldList) this.#fields[key].hidden = !isUsed(key, draft);
    this.#unsafe.hidden = draft.verify;
  }
}

function fieldFor(field: FieldSpec): Field {
  switch (field.kind) {
    case 'flag':
      return flagField(field.label());
    case 'choice':
      return choiceField(field.label(), Object.entries(field.texts()));
    case 'secret':
      return textField(field.label(), { secret: true });
    default:
      return textField(field.label(), { placeholder: field.placeholder, hint: field.hint?.() });
  }
}

function sectionElement(id: string, title: string, ...fields: readonly HTMLElement[]): HTMLElement {
  const heading = element('h2', { text: title, attributes: { id: `section-${id}` } });
  return element(
    'div',
    { className: 'section', attributes: { role: 'group', 'aria-labelledby': heading.id } },
    heading,
    element('div', { className: 'fields' }, ...fields),
  );
}
