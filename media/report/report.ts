import '../shared/texts';
import * as l10n from '../../src/util/l10n';
import type {
  FromReport,
  RememberedReport,
  ReportAction,
  ReportHead,
  ReportRow,
  ReportSlot,
  ToReport,
} from '../../src/resets/messages';
import { element } from '../shared/dom';
import { personHere } from '../shared/person';
import { createButton, registerComponents } from '../shared/toolkit';
import { ReportHeader } from './header';
import { Waterfall } from './waterfall';

interface VsCodeApi {
  postMessage(message: FromReport): void;
  setState(state: RememberedReport): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

registerComponents();
const vscode = acquireVsCodeApi();
const act = (action: ReportAction): void => {
  vscode.postMessage({ type: 'action', action });
};

/** One report: what is said of the reset, and its requests. */
class ReportView {
  readonly element = element('section', { className: 'report' });
  readonly #header: ReportHeader;
  readonly #waterfall: Waterfall;
  #rows: ReportRow[] = [];
  #head: ReportHead | undefined;
  /** The places of the rows that are to be drawn anew; undefined where nothing is. */
  #changed: Set<number> | undefined;

  constructor(slot: ReportSlot) {
    this.#header = new ReportHeader(slot, act);
    this.#waterfall = new Waterfall({
      label: slot === 'main' ? l10n.t('Requests of the gateways') : l10n.t('Requests of the previous reset'),
      reveal: (index) => {
        vscode.postMessage({ type: 'reveal', slot, index });
      },
    });
    this.element.append(this.#header.element, this.#waterfall.element);
    this.element.hidden = true;
  }

  show(head: ReportHead | undefined): void {
    this.#rows = [];
    this.#head = head;
    this.element.hidden = !head;
    this.#waterfall.reset(head?.isObserving ?? false);
    if (!head) return;
    this.#header.update(head);
    this.#waterfall.update(head, this.#rows);
  }

  update(head: ReportHead | undefined, rows: readonly (readonly [index: number, row: ReportRow])[]): void {
    const isToBeDrawn = this.#changed !== undefined;
    const changed = (this.#changed ??= new Set());
    for (const [index, row] of rows) {
      this.#rows[index] = row;
      changed.add(index);
    }
    if (head) {
      for (let index = head.rows; index < this.#rows.length; index++) changed.add(index);
      this.#rows.length = Math.min(this.#rows.length, head.rows);
      this.#head = head;
    }
    // Very many rows come in many messages: they are drawn together.
    if (!isToBeDrawn) this.#drawSoon();
  }

  /** The head in the next frame and the rows in the one after it: neither is to hold up what a person does meanwhile. */
  #drawSoon(): void {
    requestAnimationFrame(() => {
      const head = this.#head;
      if (head) this.#header.update(head);
      requestAnimationFrame(() => {
        const drawn = this.#changed;
        this.#changed = undefined;
        if (this.#head) this.#waterfall.update(this.#head, this.#rows, drawn);
        if (this.#head === head) return;
        // Another head came after this one was drawn: it may be the last.
        this.#changed = new Set();
        this.#drawSoon();
      });
    });
  }
}

const views: Record<ReportSlot, ReportView> = {
  main: new ReportView('main'),
  previous: new ReportView('previous'),
};
const nothing = element('p', {
  className: 'nothing',
  text: l10n.t('This reset is no longer in the history.'),
});
const endCompare = createButton(l10n.t('End comparison'), 'secondary', () => {
  act('endCompare');
});
endCompare.hidden = true;
document.body.append(element('main', {}, nothing, views.main.element, endCompare, views.previous.element));

window.addEventListener('message', ({ data }: MessageEvent<ToReport>) => {
  switch (data.type) {
    case 'show': {
      const { slot, head, isKept } = data;
      views[slot].show(head);
      if (slot === 'previous') endCompare.hidden = !head;
      else {
        nothing.hidden = head !== undefined;
        if (head) vscode.setState({ id: head.id, isKept });
      }
      return;
    }
    case 'update':
      views[data.slot].update(data.head, data.rows);
  }
});
vscode.postMessage({ type: 'ready', person: personHere() });
