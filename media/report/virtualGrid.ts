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
  /** The cells of a line; a single one stretches over all columns. */
  readonly cells: (line: number) => readonly GridCell[] | GridCell;
}

const rowHeight = 24;
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
  #count = 0;
  #active = 0;

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
      this.#draw();
    });
    this.element.addEventListener('keydown', (event) => {
      this.#key(event);
    });
    new ResizeObserver(() => {
      this.#draw();
    }).observe(this.element);
  }

  headerOf(key: string): HTMLElement {
    return this.#headers.get(key) ?? this.element;
  }

  /** Shows so many lines, sorted by a column. */
  show(count: number, sortedBy: string | undefined, isDescending: boolean): void {
    this.#count = count;
    this.#active = Math.min(this.#active, Math.max(0, count - 1));
    this.element.setAttribute('aria-rowcount', String(count + 1));
    for (const [key, header] of this.#headers) {
      const isSorted = key === sortedBy;
      header.setAttribute('aria-sort', isSorted ? (isDescending ? 'descending' : 'ascending') : 'none');
    }
    this.#body.style.height = `${count * rowHeight}px`;
    // With the headings and the borders.
    this.element.style.setProperty('--content-height', `${(count + 1) * rowHeight + 2}px`);
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
    this.#draw();
  }

  /** Puts the lines on the screen into the page. */
  #draw(): void {
    const first = Math.max(0, Math.floor(this.element.scrollTop / rowHeight) - beyond);
    const last = Math.min(
      this.#count,
      Math.ceil((this.element.scrollTop + this.element.clientHeight) / rowHeight) + beyond,
    );
    const lines: HTMLElement[] = [];
    for (let line = first; line < last; line++) lines.push(this.#line(line));
    this.#body.replaceChildren(...lines);
    if (this.#count > 0 && this.#active >= first && this.#active < last)
      this.element.setAttribute('aria-activedescendant', `${this.#id}-${this.#active}`);
    else this.element.removeAttribute('aria-activedescendant');
  }

  #line(line: number): HTMLElement {
    const isActive = line === this.#active;
    const drawn = element('div', {
      className: isActive ? 'line active' : 'line',
      attributes: {
        role: 'row',
        id: `${this.#id}-${line}`,
        'aria-rowindex': String(line + 2),
        'aria-selected': String(isActive),
      },
    });
    drawn.style.transform = `translateY(${line * rowHeight}px)`;
    const cells = this.#options.cells(line);
    if ('text' in cells) drawn.append(this.#stretched(cells));
    else for (const [index, cell] of cells.entries()) drawn.append(this.#cell(cell, index));
    drawn.addEventListener('mousedown', () => {
      this.#activate(line);
    });
    drawn.addEventListener('dblclick', () => {
      this.#options.open(line);
    });
    return drawn;
  }

  #stretched({ text, className }: GridCell): HTMLElement {
    return element('div', {
      className: `cell stretched ${className ?? ''}`,
      text,
      attributes: { role: 'gridcell', 'aria-colspan': String(this.#options.columns.length) },
    });
  }

  #cell({ text, title, className, bar }: GridCell, index: number): HTMLElement {
    const column = this.#options.columns[index];
    const cell = element('div', {
      className: `cell ${column?.key ?? ''} ${className ?? ''}`,
      text,
      attributes: {
        role: 'gridcell',
        'aria-colindex': String(index + 1),
        ...(title !== undefined && { title }),
        ...(bar && { 'aria-label': bar.label }),
      },
    });
    if (!bar) return cell;
    const mark = element('div', {
      className: `mark ${bar.className}`,
      attributes: { title: bar.label },
    });
    mark.style.left = `${bar.from * 100}%`;
    mark.style.width = `max(3px, ${(bar.to - bar.from) * 100}%)`;
    cell.append(mark);
    return cell;
  }
}
