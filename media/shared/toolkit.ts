import { provideVSCodeDesignSystem, vsCodeButton, vsCodeCheckbox } from '@vscode/webview-ui-toolkit';

/** What the pages use of a checkbox. */
export interface Checkbox extends HTMLElement {
  checked: boolean;
}

/** Registers the components that the pages use, and no others. */
export function registerComponents(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox());
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

/** A checkbox with its text. */
export function createCheckbox(label: string): Checkbox {
  const checkbox = document.createElement('vscode-checkbox') as Checkbox;
  checkbox.textContent = label;
  return checkbox;
}
