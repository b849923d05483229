import { element } from '../shared/dom';
import { createCheckbox, type Checkbox } from '../shared/toolkit';

let count = 0;

type TextControl = HTMLInputElement | HTMLSelectElement;

/** A control of the form with its label, a hint, and what is wrong with it. */
export class Field<Control extends TextControl | Checkbox = TextControl | Checkbox> {
  readonly element: HTMLElement;
  readonly control: Control;
  readonly #problem = element('p', { className: 'error', attributes: { id: newId() } });
  readonly #hint: HTMLElement | undefined;

  constructor(control: Control, label: readonly Node[], hint?: string) {
    this.control = control;
    this.#hint =
      hint === undefined
        ? undefined
        : element('p', { className: 'hint', text: hint, attributes: { id: newId() } });
    this.element = element('div', { className: 'field' }, ...label, control);
    if (this.#hint) this.element.append(this.#hint);
    this.element.append(this.#problem);
    this.mark(undefined);
  }

  get value(): string | boolean {
    return isText(this.control) ? this.control.value : this.control.checked;
  }

  set value(value: string | boolean) {
    if (isText(this.control)) this.control.value = String(value);
    else this.control.checked = value === true;
  }

  set placeholder(text: string) {
    if (this.control instanceof HTMLInputElement) this.control.placeholder = text;
  }

  get hidden(): boolean {
    return this.element.hidden === true;
  }

  set hidden(hidden: boolean) {
    this.element.hidden = hidden;
  }

  /** Says what is wrong with it, here or in an element elsewhere; or that nothing is. */
  mark(problem: string | HTMLElement | undefined): void {
    const here = typeof problem === 'string' ? problem : '';
    this.#problem.textContent = here;
    this.#problem.hidden = here === '';
    this.element.classList.toggle('wrong', problem !== undefined);
    const about = problem === undefined ? [] : [typeof problem === 'string' ? this.#problem.id : problem.id];
    setOrRemove(this.control, 'aria-invalid', problem === undefined ? undefined : 'true');
    setOrRemove(
      this.control,
      'aria-describedby',
      [...about, ...(this.#hint ? [this.#hint.id] : [])].join(' '),
    );
  }
}

/** A field for a text; what is typed into a secret one is not shown. */
export function textField(
  label: string,
  options: {
    readonly secret?: boolean;
    readonly placeholder?: string | undefined;
    readonly hint?: string | undefined;
  },
): Field<HTMLInputElement> {
  const input = element('input', {
    attributes: {
      id: newId(),
      type: options.secret === true ? 'password' : 'text',
      placeholder: options.placeholder ?? '',
      spellcheck: 'false',
      autocapitalize: 'off',
      autocomplete: options.secret === true ? 'new-password' : 'off',
    },
  });
  return new Field(input, [labelFor(input, label)], options.hint);
}

/** A field with a choice of values. */
export function choiceField(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
): Field<HTMLSelectElement> {
  const select = element(
    'select',
    { attributes: { id: newId() } },
    ...options.map(([value, text]) => element('option', { text, attributes: { value } })),
  );
  return new Field(select, [labelFor(select, label)]);
}

/** A field that is on or off. */
export function flagField(label: string): Field<Checkbox> {
  return new Field(createCheckbox(label), []);
}

function isText(control: TextControl | Checkbox): control is TextControl {
  return control instanceof HTMLInputElement || control instanceof HTMLSelectElement;
}

function labelFor(control: HTMLElement, text: string): HTMLElement {
  return element('label', { text, attributes: { for: control.id } });
}

function newId(): string {
  return `field-${++count}`;
}

function setOrRemove(target: Element, attribute: string, value: string | undefined): void {
  if (value === undefined || value === '') target.removeAttribute(attribute);
  else target.setAttribute(attribute, value);
}
