/** What a new element may be given. */
export interface ElementOptions {
  readonly className?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Creates an element with its children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: ElementOptions = {},
  ...children: readonly Node[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag);
  if (options.className !== undefined) created.className = options.className;
  if (options.text !== undefined) created.textContent = options.text;
  for (const [name, value] of Object.entries(options.attributes ?? {})) created.setAttribute(name, value);
  created.append(...children);
  return created;
}

/**
 * Fills a container anew if what it is made from has changed, and only then: a refresh must not take the focus away.
 * The focus goes to the new element with the same `data-key`.
 */
export class Rendered {
  readonly #container: HTMLElement;
  #madeFrom = '';

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  update(madeFrom: unknown, build: () => readonly Node[]): void {
    const text = JSON.stringify(madeFrom);
    if (text === this.#madeFrom) return;
    this.#madeFrom = text;
    const focused = document.activeElement;
    const key = focused && this.#container.contains(focused) ? focused.getAttribute('data-key') : null;
    this.#container.replaceChildren(...build());
    if (key === null) return;
    this.#container.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }
}

/** Icons, drawn in a square of 16. */
const iconPaths = {
  edit: 'M11.5 2.5l2 2L6 12l-2.7.7L4 10z',
  duplicate: 'M5.5 5.5h7v8h-7z M10.5 5.5v-3h-7v8h2',
  remove: 'M3 4.5h10 M6 4.5v-2h4v2 M4.5 4.5l.6 9h5.8l.6-9',
  up: 'M8 13V3 M4 7l4-4 4 4',
  down: 'M8 3v10 M4 9l4 4 4-4',
  lock: 'M4 7.5h8v6H4z M5.7 7.5V5.2a2.3 2.3 0 0 1 4.6 0v2.3',
  warning: 'M8 2.5l6 11H2z M8 6.5v3.4 M8 11.6v.4',
} as const;

/** Draws an icon in the colour of the text around it. */
export function icon(name: keyof typeof iconPaths): SVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  const attributes = {
    viewBox: '0 0 16 16',
    width: '16',
    height: '16',
    'aria-hidden': 'true',
    class: 'icon',
  };
  for (const [attribute, value] of Object.entries(attributes)) svg.setAttribute(attribute, value);
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', iconPaths[name]);
  svg.append(path);
  return svg;
}
