import { element } from '../shared/dom';

/** What stands in a cell; a bar is drawn from and to shares of the cell's width. */
export interface GridCell {
  readonly text: string;
  readonly title?: string;
  readonly className?: string;
  readonly bar?: {
    readonly from: number;
    readonly to: number;
    readonly className: string;
    readonly label: string;
  };
}

/** The cells of a line; a single one stretches over all columns. */
export type LineCells = readonly GridCell[] | GridCell;

/** How high a line is, in pixels. */
export const rowHeight = 24;

/** A line of a grid in the page. It can become another line; what is the same in it is not touched. */
export class GridLine {
  readonly element = element('div', { attributes: { role: 'row' } });
  readonly #columns: readonly string[];
  #cells: readonly DrawnCell[] = [];
  #isStretched = false;
  line = -1;

  /** `columns` are the classes of the cells. */
  constructor(columns: readonly string[]) {
    this.#columns = columns;
  }

  moveTo(line: number, id: string): void {
    this.line = line;
    this.element.id = id;
    this.element.setAttribute('aria-rowindex', String(line + 2));
    this.element.style.transform = `translateY(${line * rowHeight}px)`;
  }

  show(cells: LineCells, isActive: boolean): void {
    this.element.className = isActive ? 'line active' : 'line';
    this.element.setAttribute('aria-selected', String(isActive));
    const isStretched = 'text' in cells;
    const all = isStretched ? [cells] : cells;
    if (this.#cells.length === 0 || isStretched !== this.#isStretched) {
      this.#isStretched = isStretched;
      this.#cells = isStretched
        ? [new DrawnCell('stretched', { 'aria-colspan': String(this.#columns.length) })]
        : this.#columns.map((column, at) => new DrawnCell(column, { 'aria-colindex': String(at + 1) }));
      this.element.replaceChildren(...this.#cells.map((cell) => cell.element));
    }
    for (const [at, cell] of all.entries()) this.#cells[at]?.show(cell);
  }
}

/** A cell in the page. */
class DrawnCell {
  readonly element: HTMLElement;
  readonly #column: string;
  readonly #text = document.createTextNode('');
  #mark: HTMLElement | undefined;
  #shown: GridCell = { text: '' };

  constructor(column: string, attributes: Readonly<Record<string, string>>) {
    this.#column = column;
    this.element = element(
      'div',
      { className: `cell ${column}`, attributes: { role: 'gridcell', ...attributes } },
      this.#text,
    );
  }

  show(cell: GridCell): void {
    const { text, title, className = '' } = cell;
    const before = this.#shown;
    this.#shown = cell;
    if (text !== before.text) this.#text.data = text;
    if (title !== before.title) setAttribute(this.element, 'title', title);
    if (className !== (before.className ?? '')) this.element.className = `cell ${this.#column} ${className}`;
    this.#showBar(cell.bar, before.bar);
  }

  #showBar(bar: GridCell['bar'], before: GridCell['bar']): void {
    if (bar?.label !== before?.label) setAttribute(this.element, 'aria-label', bar?.label);
    if (!bar) {
      this.#mark?.remove();
      this.#mark = undefined;
      return;
    }
    const isNew = !this.#mark;
    const mark = (this.#mark ??= this.element.appendChild(element('div')));
    if (isNew || bar.className !== before?.className) mark.className = `mark ${bar.className}`;
    if (isNew || bar.label !== before?.label) mark.title = bar.label;
    if (!isNew && bar.from === before?.from && bar.to === before.to) return;
    mark.style.left = `${bar.from * 100}%`;
    mark.style.width = `max(3px, ${(bar.to - bar.from) * 100}%)`;
  }
}

function setAttribute(of: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) of.removeAttribute(name);
  else of.setAttribute(name, value);
}
