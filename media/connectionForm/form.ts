import * as l10n from '../../src/util/l10n';
import {
  isSameDraft,
  rememberedDraft,
  type ConnectionDraft,
  type DraftSecrets,
  type FormContent,
  type FormField,
  type SubmitKind,
} from '../../src/connections/formMessages';
import { element } from '../shared/dom';
import { createButton } from '../shared/toolkit';
import { ConnectionFields } from './fields';

/** What the form asks for. */
interface FormActions {
  readonly submit: (
    type: SubmitKind,
    content: { readonly draft: ConnectionDraft; readonly secrets: DraftSecrets },
  ) => void;
  /** Keeps a draft, or none where there is nothing that is not saved. */
  readonly keep: (draft: ConnectionDraft | undefined) => void;
  readonly close: () => void;
}

/** What came of saving or testing. */
export interface FormAnswer {
  readonly ok: boolean;
  readonly text: string;
  readonly field?: FormField;
}

function busyText(kind: SubmitKind): string {
  const texts: Record<SubmitKind, string> = {
    test: l10n.t('Testing…'),
    save: l10n.t('Saving…'),
    saveAndConnect: l10n.t('Saving and connecting…'),
  };
  return texts[kind];
}

/** The form that adds or edits a connection. */
export class ConnectionForm {
  readonly element = element('form', { className: 'form' });
  readonly #actions: FormActions;
  readonly #title = element('h1');
  readonly #intro = element('p', {
    className: 'intro',
    text: l10n.t(
      'RES resets resources through NATS. Enter the address of your NATS server; this is the default.',
    ),
  });
  readonly #draftNote: HTMLElement;
  readonly #idle = element('p', {
    className: 'hint',
    text: l10n.t('“Test” connects without saving anything.'),
  });
  readonly #answer = element('p', {
    className: 'answer',
    attributes: { id: 'answer', role: 'alert', tabindex: '-1' },
  });
  readonly #fields = new ConnectionFields(() => {
    this.#showText('', true);
    this.#fields.mark(undefined, '');
    this.#showDraftNote();
    this.#actions.keep(this.#unsaved());
  });
  readonly #submits: readonly HTMLElement[];
  #content: FormContent | undefined;
  #isBusy = false;

  constructor(actions: FormActions) {
    this.#actions = actions;
    const discard = createButton(l10n.t('Discard draft'), 'secondary', () => {
      actions.keep(undefined);
      if (!this.#content) return;
      this.open({ ...this.#content, draft: this.#content.saved, takesFocus: true });
    });
    this.#draftNote = element(
      'div',
      { className: 'draft', attributes: { role: 'note' } },
      element('p', {
        text: l10n.t(
          'This draft is not saved yet. It is kept when you close the tab, but without passwords and other secrets.',
        ),
      }),
      discard,
    );
    this.#submits = [
      this.#submitButton('saveAndConnect', l10n.t('Save and connect'), 'primary'),
      this.#submitButton('save', l10n.t('Save')),
      this.#submitButton('test', l10n.t('Test')),
    ];
    const cancel = createButton(l10n.t('Cancel'), 'secondary', () => {
      actions.keep(undefined);
      actions.close();
    });
    cancel.title = l10n.t('Close the form without keeping a draft');
    this.element.append(
      element('div', { className: 'head' }, this.#title, this.#intro, this.#draftNote),
      element(
        'div',
        { className: 'columns' },
        this.#fields.element,
        element(
          'section',
          { className: 'result', attributes: { 'aria-label': l10n.t('Result') } },
          element('h2', { text: l10n.t('Result') }),
          this.#idle,
          this.#answer,
        ),
      ),
      element('div', { className: 'buttons' }, ...this.#submits, cancel),
    );
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
    });
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented) actions.close();
      const inText = event.target instanceof HTMLInputElement;
      if (event.key !== 'Enter' || !inText || event.isComposing) return;
      // A browser would submit the form on its own.
      event.preventDefault();
      this.#submit('saveAndConnect');
    });
  }

  /** Shows another connection, or the same one as it stands now. */
  open(content: FormContent): void {
    const { id, saved, draft, isFirst, takesFocus } = content;
    this.#content = content;
    const isNew = id === undefined;
    this.#title.textContent = isFirst
      ? l10n.t('Connect to NATS')
      : isNew
        ? l10n.t('Add connection')
        : l10n.t('Edit connection {0}', saved.name);
    this.#intro.hidden = !isFirst;
    this.#fields.fill(draft ?? saved, content);
    this.#fields.mark(undefined, '');
    this.#showText('', true);
    this.#showDraftNote();
    if (takesFocus) this.#fields.focusField('name');
  }

  /** Shows what came of it; the focus goes to what is to be mended before it can be saved or used. */
  showAnswer(type: SubmitKind, { ok, text, field }: FormAnswer): void {
    if (type === 'test') {
      this.#showText(text, ok);
      if (!ok) this.#fields.mark(field, this.#answer);
    } else if (!ok && field !== undefined && this.#fields.mark(field, text)) {
      this.#showText('', true);
      this.#fields.focusField(field);
    } else {
      this.#showText(text, ok);
      if (!ok) this.#answer.focus();
    }
  }

  #submitButton(
    type: SubmitKind,
    text: string,
    appearance: 'primary' | 'secondary' = 'secondary',
  ): HTMLElement {
    return createButton(text, appearance, () => {
      this.#submit(type);
    });
  }

  #submit(type: SubmitKind): void {
    if (this.#isBusy) return;
    this.#fields.mark(undefined, '');
    this.#showText(busyText(type), true, true);
    this.#actions.submit(type, { draft: this.#fields.draft, secrets: this.#fields.secrets });
  }

  /** What stands in the form and is not saved, as far as it may be kept. */
  #unsaved(): ConnectionDraft | undefined {
    const { draft } = this.#fields;
    return this.#content && isSameDraft(draft, this.#content.saved) ? undefined : rememberedDraft(draft);
  }

  #showDraftNote(): void {
    this.#draftNote.hidden = this.#unsaved() === undefined && Object.keys(this.#fields.secrets).length === 0;
  }

  #showText(text: string, ok: boolean, busy = false): void {
    this.#answer.textContent = text;
    this.#answer.className = `answer ${ok ? 'ok' : 'failed'}`;
    this.#answer.hidden = text === '';
    this.#idle.hidden = text !== '';
    this.#isBusy = busy;
    // Not disabled: that would take the focus away.
    for (const button of this.#submits) button.classList.toggle('busy', busy);
    if (text !== '') this.#answer.scrollIntoView({ block: 'nearest' });
  }
}
