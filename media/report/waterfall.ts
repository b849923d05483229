import * as l10n from '../../src/util/l10n';
import {
  boundedDurationText,
  durationText,
  type ReportHead,
  type ReportRow,
} from '../../src/resets/messages';
import { axisTicks, type Grouping, type RowOrder, type SortKey } from './reportRows';
import { RowLines } from './rowLines';
import { element } from '../shared/dom';
import type { GridCell } from './gridLine';
import { VirtualGrid } from './virtualGrid';

function columns(): readonly { readonly key: string; readonly label: string; readonly sort?: SortKey }[] {
  return [
    { key: 'name', label: l10n.t('Resource'), sort: 'name' },
    { key: 'kind', label: l10n.t('Request') },
    { key: 'gateway', label: l10n.t('Gateway') },
    { key: 'result', label: l10n.t('Result'), sort: 'outcome' },
    { key: 'took', label: l10n.t('Duration'), sort: 'duration' },
    { key: 'bar', label: l10n.t('Time since the publish'), sort: 'time' },
  ];
}

/** So much room the text at a tick needs, in pixels. */
const tickWidth = 56;

/** The requests of a reset as a browser's network panel draws them: a row each, with a bar from request to answer. */
export class Waterfall {
  readonly element = element('section', { className: 'waterfall' });
  readonly #note = element('p', { className: 'gap' });
  readonly #tools = element('div', { className: 'tools' });
  readonly #filter = element('input', {
    attributes: {
      type: 'search',
      placeholder: l10n.t('Filter'),
      'aria-label': l10n.t('Filter the requests'),
      spellcheck: 'false',
    },
  });
  readonly #group = element('select', { attributes: { 'aria-label': l10n.t('Group the requests') } });
  readonly #count = element('span', { className: 'count', attributes: { role: 'status' } });
  readonly #grid: VirtualGrid;
  readonly #ticks = element('div', { className: 'ticks', attributes: { 'aria-hidden': 'true' } });
  #order: RowOrder = { sort: 'arrival', isDescending: false, grouping: 'none', filter: '' };
  /** A person has chosen an order: what is known later does not change it. */
  #isChosen = false;
  #rows: readonly ReportRow[] = [];
  readonly #lines = new RowLines(this.#order);
  #hasClients = false;
  /** How wide the axis is, in pixels, and where it ends. */
  #width = 0;
  #end = 1;
  #drawnTicks = '';
  #head: ReportHead | undefined;

  constructor(options: { readonly label: string; readonly reveal: (index: number) => void }) {
    for (const [value, text] of [
      ['none', l10n.t('No groups')],
      ['gateway', l10n.t('By gateway')],
      ['resource', l10n.t('By resource')],
    ] as const)
      this.#group.append(element('option', { text, attributes: { value } }));
    this.#filter.addEventListener('input', () => {
      this.#order = { ...this.#order, filter: this.#filter.value };
      this.#arrange();
    });
    this.#group.addEventListener('change', () => {
      this.#order = { ...this.#order, grouping: this.#group.value as Grouping };
      this.#arrange();
    });
    this.#grid = new VirtualGrid({
      label: options.label,
      columns: columns(),
      sortBy: (key) => {
        this.#sortBy(key as SortKey);
      },
      open: (line) => {
        const shown = this.#lines.at(line);
        if (shown?.kind === 'row') options.reveal(shown.index);
      },
      cells: (line) => this.#cellsOf(line),
    });
    this.#grid.headerOf('bar').append(this.#ticks);
    new ResizeObserver(([ticks]) => {
      this.#width = ticks?.contentRect.width ?? 0;
      this.#drawTicks();
      this.#grid.redraw();
    }).observe(this.#ticks);
    this.#tools.append(this.#filter, this.#group, this.#count);
    this.element.append(this.#tools, this.#note, this.#grid.element);
  }

  /** For another report. */
  reset(isObserving: boolean): void {
    this.#isChosen = false;
    this.#filter.value = '';
    this.#group.value = 'none';
    this.#order = {
      sort: isObserving ? 'arrival' : 'outcome',
      isDescending: false,
      grouping: 'none',
      filter: '',
    };
  }

  /** `changed` are the places of the rows that have come or changed since it was called last; all of them where it is missing. */
  update(head: ReportHead, rows: readonly ReportRow[], changed?: ReadonlySet<number>): void {
    const wasObserving = this.#head?.isObserving ?? head.isObserving;
    this.#head = head;
    const isOver = wasObserving && !head.isObserving && !this.#isChosen;
    if (isOver) this.#order = { ...this.#order, sort: 'outcome' };
    const note = [head.gaps.rows, head.gaps.bars].filter((text) => text !== undefined).join(' ');
    if (this.#note.textContent !== note) this.#note.textContent = note;
    this.#note.hidden = note === '';
    const isEmpty = head.rows === 0;
    this.#tools.hidden = isEmpty;
    const grid = this.#grid.element;
    grid.hidden = isEmpty;
    if (!changed) this.#hasClients = false;
    for (const index of changed ?? rows.keys())
      if (rows[index]?.client !== undefined) this.#hasClients = true;
    const hasTimes = head.gaps.bars === undefined;
    grid.classList.toggle('no-bars', !hasTimes);
    grid.classList.toggle('one-gateway', head.gateways < 2);
    grid.classList.toggle('has-clients', this.#hasClients);
    this.#drawTicks();
    const isSame = changed && rows === this.#rows && !isOver;
    this.#rows = rows;
    if (isSame) this.#lines.update(changed);
    else this.#lines.arrange(rows, this.#order);
    this.#show();
  }

  /** As many as there is room for. */
  #drawTicks(): void {
    const maxTicks = Math.max(1, Math.floor(this.#width / tickWidth));
    const values = axisTicks(this.#head?.took ?? 0, maxTicks);
    const drawn = values.join();
    if (drawn === this.#drawnTicks) return;
    this.#drawnTicks = drawn;
    this.#end = values.at(-1) ?? 1;
    this.#ticks.replaceChildren(...marksOf(values, this.#end));
  }

  #sortBy(sort: SortKey): void {
    this.#isChosen = true;
    const isSame = this.#order.sort === sort;
    this.#order = {
      ...this.#order,
      sort,
      isDescending: isSame ? !this.#order.isDescending : sort === 'duration',
    };
    this.#arrange();
  }

  #arrange(): void {
    this.#lines.arrange(this.#rows, this.#order);
    this.#show();
  }

  #show(): void {
    const { count, shownRows } = this.#lines;
    const text = countText(shownRows, this.#rows.length);
    if (this.#count.textContent !== text) this.#count.textContent = text;
    this.#grid.show(count, columnOf(this.#order.sort), this.#order.isDescending);
  }

  #cellsOf(at: number): readonly GridCell[] | GridCell {
    const line = this.#lines.at(at);
    if (line?.kind === 'group') {
      const bad =
        line.bad === 0
          ? ''
          : line.bad === 1
            ? l10n.t('1 with an error')
            : l10n.t('{0} with errors', line.bad);
      return { text: `${line.label} · ${line.count}${bad === '' ? '' : `, ${bad}`}`, className: 'group' };
    }
    const row = line && this.#rows[line.index];
    if (!row) return { text: '', className: '' };
    const { kind, name, gateway, client, tone, result, meaning, took, tookMin } = row;
    const duration = took === undefined ? '' : boundedDurationText(took, tookMin);
    return [
      { text: name, title: name },
      { text: client === undefined ? kind : l10n.t('{0} · client {1}', kind, client) },
      { text: String(gateway) },
      { text: result, title: meaning, className: `result ${tone}` },
      { text: duration, title: duration, className: 'number' },
      { text: '', className: 'bar', ...this.#barOf(row, duration) },
    ];
  }

  /** From the request to the answer; where they are not known exactly, over all the time in which they can have been. */
  #barOf(row: ReportRow, duration: string): Pick<GridCell, 'bar'> {
    const { at, atMin, took, tookMin, tone } = row;
    if (at === undefined) return {};
    const from = atMin ?? at;
    const to = took === undefined ? at + this.#openFor(row, at) : from + took;
    const sent = l10n.t('sent after {0}', boundedDurationText(at, atMin));
    const isExact = atMin === undefined && tookMin === undefined;
    return {
      bar: {
        from: Math.min(1, from / this.#end),
        to: Math.min(1, to / this.#end),
        className: isExact ? tone : `${tone} inexact`,
        label: duration === '' ? sent : `${sent}, ${l10n.t('answered in {0}', duration)}`,
      },
    };
  }

  /** How long the bar of a request without an answer is: to the end of what was seen, where an answer was waited for. */
  #openFor({ tone }: ReportRow, sentAt: number): number {
    return tone === 'pending' || tone === 'bad' ? Math.max(0, (this.#head?.took ?? 0) - sentAt) : 0;
  }
}

function countText(shown: number, all: number): string {
  if (shown < all) return l10n.t('{0} of {1} requests', shown, all);
  return all === 1 ? l10n.t('1 request') : l10n.t('{0} requests', all);
}

function columnOf(sort: SortKey): string | undefined {
  return columns().find((column) => column.sort === sort)?.key;
}

function marksOf(values: readonly number[], end: number): HTMLElement[] {
  return values.slice(0, -1).map((value) => {
    const mark = element('span', { text: value === 0 ? '0' : durationText(value) });
    mark.style.left = `${(value / end) * 100}%`;
    return mark;
  });
}
