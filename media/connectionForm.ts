import type { ConnectionDraft, DraftSecrets, KeptField } from '../src/webview/messages';
import { ConnectionFields } from './connectionFields';
import { element } from './dom';
import { createButton } from './toolkit';

/** What a form was opened for. */
export interface OpenForm {
  /** The connection that is edited; absent for a new one. */
  readonly id?: string;
  readonly draft: ConnectionDraft;
  readonly kept: readonly KeptField[];
  readonly hasWorkspace: boolean;
  /** Set where the extension runs on another machine than the window. */
  readonly remote?: string;
  /** There is no list to go back to. */
  readonly isFirst: boolean;
}

/** What the form asks for. */
export interface FormActions {
  readonly submit: (
    type: 'save' | 'saveAndConnect' | 'test',
    content: { readonly draft: ConnectionDraft; readonly secrets: DraftSecrets },
  ) => void;
  readonly change: (draft: ConnectionDraft) => void;
  readonly cancel: () => void;
}

/** The form that adds or edits a connection. */
export class ConnectionForm {
  readonly element = element('form', { className: 'form' });
  readonly #title = element('h2');
  readonly #intro = element('p', {
    className: 'intro',
    text: 'RES resets resources through NATS. Tell it where your NATS server is; this is the usual address.',
  });
  readonly #answer = element('p', { className: 'answer', attributes: { role: 'alert' } });
  readonly #fields: ConnectionFields;
  readonly #submits: readonly HTMLElement[];
  readonly #cancel: HTMLElement;

  constructor(actions: FormActions) {
    this.#fields = new ConnectionFields(() => {
      this.showAnswer('', true);
      actions.change(this.#fields.draft);
    });
    const submit = (type: 'save' | 'saveAndConnect' | 'test'): void => {
      this.#setBusy(true);
      this.showAnswer(type === 'test' ? 'Testing…' : 'Saving…', true, true);
      actions.submit(type, { draft: this.#fields.draft, secrets: this.#fields.secrets });
    };
    this.#submits = [
      createButton('Save and connect', 'primary', () => {
        submit('saveAndConnect');
      }),
      createButton('Save', 'secondary', () => {
        submit('save');
      }),
      createButton('Test', 'secondary', () => {
        submit('test');
      }),
    ];
    this.#cancel = createButton('Cancel', 'secondary', actions.cancel);
    this.element.append(
      this.#title,
      this.#intro,
      this.#fields.element,
      this.#answer,
      element('div', { className: 'buttons' }, ...this.#submits, this.#cancel),
    );
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
    });
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !this.#cancel.hidden) actions.cancel();
      const inTextField = event.target instanceof Element && event.target.matches('vscode-text-field');
      if (event.key === 'Enter' && inTextField && !event.isComposing) submit('saveAndConnect');
    });
  }

  open(form: OpenForm): void {
    const isNew = form.id === undefined;
    this.#title.textContent = form.isFirst ? 'Connect to NATS' : isNew ? 'Add connection' : 'Edit connection';
    this.#intro.hidden = !form.isFirst;
    this.#cancel.hidden = form.isFirst;
    this.#fields.fill(form);
    this.#setBusy(false);
    this.showAnswer('', true);
  }

  focus(): void {
    this.#fields.focus();
  }

  /** Shows what came of saving or testing, or that it goes on. */
  showAnswer(text: string, ok: boolean, busy = false): void {
    this.#answer.textContent = text;
    this.#answer.className = `answer ${ok ? 'ok' : 'failed'}`;
    this.#answer.hidden = text === '';
    this.#setBusy(busy);
    if (text !== '') this.#answer.scrollIntoView({ block: 'nearest' });
  }

  #setBusy(busy: boolean): void {
    for (const button of this.#submits) button.toggleAttribute('disabled', busy);
  }
}
