import * as l10n from '../../src/util/l10n';
import {
  boundedDurationText,
  durationText,
  type ReportHead,
  type ReportRow,
} from '../../src/resets/messages';
import { axisTicks, linesOf, type Grouping, type Line, type RowOrder, type SortKey } from './reportRows';
import { element } from '../shared/dom';
import { VirtualGrid, type GridCell } from './virtualGrid';

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
  #lines: readonly Line[] = [];
  #end = 1;
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
        const shown = this.#lines[line];
        if (shown?.kind === 'row') options.reveal(shown.index);
      },
      cells: (line) => this.#cellsOf(line),
    });
    this.#grid.headerOf('bar').append(this.#ticks);
    new ResizeObserver(() => {
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

  update(head: ReportHead, rows: readonly ReportRow[]): void {
    const wasObserving = this.#head?.isObserving ?? head.isObserving;
    this.#head = head;
    this.#rows = rows;
    if (wasObserving && !head.isObserving && !this.#isChosen)
      this.#order = { ...this.#order, sort: 'outcome' };
    const note = [head.gaps.rows, head.gaps.bars].filter((text) => text !== undefined).join(' ');
    this.#note.textContent = note;
    this.#note.hidden = note === '';
    const isEmpty = head.rows === 0;
    this.#tools.hidden = isEmpty;
    this.#grid.element.hidden = isEmpty;
    const hasTimes = head.gaps.bars === undefined;
    this.#grid.element.classList.toggle('no-bars', !hasTimes);
    this.#grid.element.classList.toggle('one-gateway', head.gateways < 2);
    this.#grid.element.classList.toggle(
      'has-clients',
      rows.some(({ client }) => client !== undefined),
    );
    this.#drawTicks();
    if (!isEmpty) this.#arrange();
  }

  /** As many as there is room for. */
  #drawTicks(): void {
    const [ticks, end] = ticksOf(
      this.#head?.took ?? 0,
      Math.max(1, Math.floor(this.#ticks.clientWidth / tickWidth)),
    );
    this.#end = end;
    this.#ticks.replaceChildren(...ticks);
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
    const lines = linesOf(this.#rows, this.#order);
    const shown = lines.reduce((sum, { kind }) => sum + Number(kind === 'row'), 0);
    this.#lines = lines;
    const all = this.#rows.length;
    this.#count.textContent = countText(shown, all);
    this.#grid.show(lines.length, columnOf(this.#order.sort), this.#order.isDescending);
  }

  #cellsOf(at: number): readonly GridCell[] | GridCell {
    const line = this.#lines[at];
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

function ticksOf(took: number, most: number): readonly [HTMLElement[], number] {
  const values = axisTicks(took, most);
  const end = values.at(-1) ?? 1;
  const marks = values.slice(0, -1).map((value) => {
    const mark = element('span', { text: value === 0 ? '0' : durationText(value) });
    mark.style.left = `${(value / end) * 100}%`;
    return mark;
  });
  return [marks, end];
}
