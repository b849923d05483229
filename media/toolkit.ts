import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

/** What the panel uses of a text field. */
export interface TextField extends HTMLElement {
  value: string;
  placeholder: string;
}

/** What the panel uses of a checkbox. */
export interface Checkbox extends HTMLElement {
  checked: boolean;
}

/** What the panel uses of a dropdown. */
export interface Dropdown extends HTMLElement {
  value: string;
}

/** Registers the components that the panel uses, and no others. */
export function registerComponents(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeTextField(),
  );
}

/** A button with a text. */
export function createButton(
  text: string,
  appearance: 'primary' | 'secondary',
  onClick: () => void,
): HTMLElement {
  const button = document.createElement('vscode-button');
  button.setAttribute('appearance', appearance);
  button.textContent = text;
  button.addEventListener('click', onClick);
  return button;
}

/** A button with an icon only; the label is for screen readers and the tooltip. */
export function createIconButton(label: string, icon: Element, onClick: () => void): HTMLElement {
  const button = document.createElement('vscode-button');
  button.setAttribute('appearance', 'icon');
  button.setAttribute('aria-label', label);
  button.title = label;
  button.append(icon);
  button.addEventListener('click', onClick);
  return button;
}

/** A labelled text field; what is typed into a secret one is not shown. */
export function createTextField(
  label: string,
  options: { secret?: boolean; placeholder?: string } = {},
): TextField {
  const field = document.createElement('vscode-text-field') as TextField;
  if (options.secret === true) field.setAttribute('type', 'password');
  if (options.placeholder !== undefined) field.setAttribute('placeholder', options.placeholder);
  field.setAttribute('spellcheck', 'false');
  field.textContent = label;
  return field;
}

/** A checkbox with its text. */
export function createCheckbox(label: string): Checkbox {
  const checkbox = document.createElement('vscode-checkbox') as Checkbox;
  checkbox.textContent = label;
  return checkbox;
}

/** A dropdown of values and their texts. */
export function createDropdown(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
): Dropdown {
  const dropdown = document.createElement('vscode-dropdown') as Dropdown;
  dropdown.setAttribute('aria-label', label);
  for (const [value, text] of options) {
    const option = document.createElement('vscode-option');
    option.setAttribute('value', value);
    option.textContent = text;
    dropdown.append(option);
  }
  return dropdown;
}

/** Offers one of the values of a dropdown, or no longer. */
export function showOption(dropdown: Dropdown, value: string, isOffered: boolean): void {
  const option = dropdown.querySelector<HTMLElement>(`vscode-option[value="${value}"]`);
  option?.toggleAttribute('hidden', !isOffered);
  option?.toggleAttribute('disabled', !isOffered);
}
