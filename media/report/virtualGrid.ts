import { element } from '../shared/dom';
import { GridLine, rowHeight, type LineCells } from './gridLine';

export interface GridColumn {
  readonly key: string;
  readonly label: string;
  /** By what the column sorts; none where it does not. */
  readonly sort?: string;
}

export interface GridOptions {
  readonly label: string;
  readonly columns: readonly GridColumn[];
  readonly sortBy: (sort: string) => void;
  /** A line was chosen by a double click or Enter. */
  readonly open: (line: number) => void;
  readonly cells: (line: number) => LineCells;
}

/** Lines beyond the edge that are there already, so that scrolling shows no gap. */
const beyond = 10;

let grids = 0;

/**
 * A table of any length of which only the lines on the screen are in the page. To a screen reader it is a grid with all its
 * rows; the focus stays on the grid, and the arrow keys move the active line.
 */
export class VirtualGrid {
  readonly element: HTMLElement;
  readonly #options: GridOptions;
  readonly #id = `grid${grids++}`;
  readonly #headers = new Map<string, HTMLElement>();
  readonly #body = element('div', { className: 'lines', attributes: { role: 'rowgroup' } });
  /** The lines that are in the page, from one to another without a gap. */
  #drawn: GridLine[] = [];
  #count = 0;
  #active = 0;
  /** How high what is seen of it is, and how far down that is; in pixels. To ask the page costs a layout. */
  #height = 0;
  #top = 0;

  constructor(options: GridOptions) {
    this.#options = options;
    const header = element('div', {
      className: 'line head',
      attributes: { role: 'row', 'aria-rowindex': '1' },
    });
    for (const [index, column] of options.columns.entries()) header.append(this.#header(column, index));
    this.element = element(
      'div',
      { className: 'grid', attributes: { role: 'grid', 'aria-label': options.label, tabindex: '0' } },
      element('div', { className: 'heads', attributes: { role: 'rowgroup' } }, header),
      this.#body,
    );
    this.element.addEventListener('scroll', () => {
      this.#top = this.element.scrollTop;
      this.#draw();
    });
    this.element.addEventListener('keydown', (event) => {
      this.#key(event);
    });
    new ResizeObserver(() => {
      this.#height = this.element.clientHeight;
      this.#draw();
    }).observe(this.element);
  }

  headerOf(key: string): HTMLElement {
    return this.#headers.get(key) ?? this.element;
  }

  /** Shows so many lines, sorted by a column. */
  show(count: number, sortedBy: string | undefined, isDescending: boolean): void {
    this.#active = Math.min(this.#active, Math.max(0, count - 1));
    for (const [key, header] of this.#headers) {
      const isSorted = key === sortedBy;
      const sort = isSorted ? (isDescending ? 'descending' : 'ascending') : 'none';
      if (header.getAttribute('aria-sort') !== sort) header.setAttribute('aria-sort', sort);
    }
    if (count !== this.#count) {
      this.#count = count;
      this.element.setAttribute('aria-rowcount', String(count + 1));
      this.#body.style.height = `${count * rowHeight}px`;
      // With the headings and the borders.
      this.element.style.setProperty('--content-height', `${(count + 1) * rowHeight + 2}px`);
    }
    this.#draw();
  }

  /** Draws the lines anew: what is in them has changed. */
  redraw(): void {
    this.#draw();
  }

  #header({ key, label, sort }: GridColumn, index: number): HTMLElement {
    const header = element('div', {
      className: `cell ${key}`,
      attributes: { role: 'columnheader', 'aria-colindex': String(index + 1) },
    });
    if (sort === undefined) header.textContent = label;
    else {
      const button = element('button', { text: label, attributes: { type: 'button' } });
      button.addEventListener('click', () => {
        this.#options.sortBy(sort);
      });
      header.append(button);
    }
    this.#headers.set(key, header);
    return header;
  }

  #key(event: KeyboardEvent): void {
    if (event.target !== this.element) return;
    const page = Math.max(1, Math.floor(this.element.clientHeight / rowHeight) - 2);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: this.#active + 1,
      ArrowUp: this.#active - 1,
      PageDown: this.#active + page,
      PageUp: this.#active - page,
      Home: 0,
      End: this.#count - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.#activate(to);
    } else if (event.key === 'Enter') this.#options.open(this.#active);
  }

  #activate(line: number): void {
    this.#active = Math.max(0, Math.min(line, this.#count - 1));
    const top = this.#active * rowHeight;
    const { scrollTop, clientHeight } = this.element;
    // The headings stay on top of the lines.
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top + 2 * rowHeight > scrollTop + clientHeight)
      this.element.scrollTop = top + 2 * rowHeight - clientHeight;
    this.#top = this.element.scrollTop;
    this.#draw();
  }

  /** Puts the lines on the screen into the page; those that are there already stay. */
  #draw(): void {
    const first = Math.max(0, Math.floor(this.#top / rowHeight) - beyond);
    const last = Math.min(this.#count, Math.ceil((this.#top + this.#height) / rowHeight) + beyond);
    const isSeen = ({ line }: GridLine): boolean => line >= first && line < last;
    const kept = this.#drawn.filter(isSeen);
    const spare = this.#drawn.filter((line) => !isSeen(line));
    const [firstKept, lastKept] = [kept[0]?.line ?? last, kept.at(-1)?.line ?? last - 1];
    const before: GridLine[] = [];
    const behind: GridLine[] = [];
    for (let line = first; line < firstKept; line++) before.push(this.#take(spare, line));
    for (let line = lastKept + 1; line < last; line++) behind.push(this.#take(spare, line));
    for (const { element } of spare) element.remove();
    this.#body.prepend(...before.map(({ element }) => element));
    this.#body.append(...behind.map(({ element }) => element));
    this.#drawn = [...before, ...kept, ...behind];
    for (const drawn of this.#drawn) drawn.show(this.#options.cells(drawn.line), drawn.line === this.#active);
    if (this.#count > 0 && this.#active >= first && this.#active < last)
      this.element.setAttribute('aria-activedescendant', `${this.#id}-${this.#active}`);
    else this.element.removeAttribute('aria-activedescendant');
  }

  /** A line that is not needed elsewhere, or a new one. */
  #take(spare: GridLine[], line: number): GridLine {
    const taken = spare.pop() ?? this.#newLine();
    taken.moveTo(line, `${this.#id}-${line}`);
    return taken;
  }

  #newLine(): GridLine {
    const made = new GridLine(this.#options.columns.map(({ key }) => key));
    made.element.addEventListener('mousedown', () => {
      this.#activate(made.line);
    });
    made.element.addEventListener('dblclick', () => {
      this.#options.open(made.line);
    });
    return made;
  }
}
