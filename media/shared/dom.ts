/** What a new element may be given. */
interface ElementOptions {
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
  unlock: 'M4 7.5h8v6H4z M5.7 7.5V5.2a2.3 2.3 0 0 1 4.5-.7',
  warning: 'M8 2.5l6 11H2z M8 6.5v3.4 M8 11.6v.4',
  home: 'M2.5 8L8 2.5 13.5 8 M4 6.8v6.7h8V6.8 M6.7 13.5V10h2.6v3.5',
  beaker: 'M5 2.5h6 M6.3 2.5v4L3.2 12a1 1 0 0 0 .9 1.5h7.8a1 1 0 0 0 .9-1.5L9.7 6.5v-4 M4.7 9.5h6.6',
  bug: 'M5.2 7.5a2.8 2.8 0 0 1 5.6 0v3a2.8 2.8 0 0 1-5.6 0z M6.2 5.2L5 3 M9.8 5.2L11 3 M5.2 9H2.5 M10.8 9h2.7 M5.3 7L3 5.7 M10.7 7L13 5.7 M5.6 11.6L3.4 13 M10.4 11.6l2.2 1.4',
  server: 'M2.5 3h11v4.2h-11z M2.5 8.8h11V13h-11z M4.9 5.1h.1 M4.9 10.9h.1',
  cloud: 'M4.8 12.5a2.9 2.9 0 0 1-.2-5.8A3.6 3.6 0 0 1 11.5 6.2a3.2 3.2 0 0 1 .1 6.3z',
  globe: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 1 0 0-11z M2.5 8h11 M8 2.5c-3 3.2-3 7.8 0 11 3-3.2 3-7.8 0-11z',
  rocket:
    'M13.5 2.5c-4 0-6.4 2.2-8 5.6l2.4 2.4c3.4-1.6 5.6-4 5.6-8z M6.4 6.6H4L2.5 8.7l3 .2 M9.4 9.6V12l-2.1 1.5-.2-3 M10.2 5.8h.1 M4.6 11L3 13',
  flame:
    'M8 13.5a4 4 0 0 1-4-4C4 7.4 5.2 6.6 5.8 5.2c.3 1 .7 1.5 1.3 1.9C7 5.3 7.6 3.7 9 2.5c0 2 .8 2.9 1.7 3.9.8 1 1.3 1.8 1.3 3.1a4 4 0 0 1-4 4z',
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
