import { element } from '../shared/dom';
import { GridLine, rowHeight, type LineCells } from './gridLine';

interface GridColumn {
  readonly key: string;
  readonly label: string;
  /** By what the column sorts; none where it does not. */
  readonly sort?: string;
}

interface GridOptions {
  readonly label: string;
  readonly columns: readonly GridColumn[];
  readonly sortBy: (sort: string) => void;
  /** A line was chosen by a double click or Enter. */
  readonly open: (line: number) => void;
  readonly cells: (line: number) => LineCells;
}

/** Lines beyond the edge that are there already, so that scrolling shows no gap. */
const beyond = 10;

/** So many lines are made in a frame: more would hold up what a person does meanwhile. */
const maxMade = 10;

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
  #nextFrame: number | undefined;

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

  /** Shows the lines on the screen, and in the next frames those beyond its edges too. */
  #draw(isWithBeyond = false): void {
    const [firstSeen, endSeen] = this.#range(0);
    const [first, end] = this.#range(beyond);
    const fresh = isWithBeyond
      ? this.#putIn(first, end, [first, end])
      : this.#putIn(firstSeen, endSeen, [first, end]);
    for (const drawn of this.#drawn) {
      const isSeen = drawn.line >= firstSeen && drawn.line < endSeen;
      if (isSeen || isWithBeyond || fresh.has(drawn))
        drawn.show(this.#options.cells(drawn.line), drawn.line === this.#active);
    }
    if (this.#drawn.some(({ line }) => line === this.#active))
      this.element.setAttribute('aria-activedescendant', `${this.#id}-${this.#active}`);
    else this.element.removeAttribute('aria-activedescendant');
    const isWhole = isWithBeyond && this.#drawn.length === end - first;
    if (isWhole || this.#nextFrame !== undefined) return;
    this.#nextFrame = requestAnimationFrame(() => {
      this.#nextFrame = undefined;
      this.#draw(true);
    });
  }

  /** The lines on the screen and so many beyond its edges, without the end. */
  #range(more: number): readonly [first: number, end: number] {
    const first = Math.floor(this.#top / rowHeight) - more;
    const end = Math.ceil((this.#top + this.#height) / rowHeight) + more;
    return [Math.min(Math.max(0, first), this.#count), Math.min(this.#count, end)];
  }

  /** Has lines in the page, as many as may be made at once; those that are there and not too far away stay. Returns what is new. */
  #putIn(first: number, end: number, near: readonly [first: number, end: number]): Set<GridLine> {
    const isNear = ({ line }: GridLine): boolean => line >= near[0] && line < near[1];
    const kept = this.#drawn.filter(isNear);
    const spare = this.#drawn.filter((line) => !isNear(line));
    const firstKept = kept[0]?.line ?? first;
    let canMake = maxMade;
    const take = (line: number): GridLine | undefined => {
      const taken = spare.pop() ?? (canMake-- > 0 ? this.#newLine() : undefined);
      taken?.moveTo(line, `${this.#id}-${line}`);
      return taken;
    };
    const behind = takeWhile(firstKept + kept.length, end, take);
    const before = takeWhile(1 - firstKept, 1 - first, (line) => take(-line)).reverse();
    for (const { element } of spare) element.remove();
    this.#body.prepend(...before.map(({ element }) => element));
    this.#body.append(...behind.map(({ element }) => element));
    this.#drawn = [...before, ...kept, ...behind];
    return new Set([...before, ...behind]);
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

function takeWhile(from: number, end: number, take: (line: number) => GridLine | undefined): GridLine[] {
  const taken: GridLine[] = [];
  for (let line = from; line < end; line++) {
    const one = take(line);
    if (!one) break;
    taken.push(one);
  }
  return taken;
}
