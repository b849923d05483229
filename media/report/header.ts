import * as l10n from '../../src/util/l10n';
import {
  boundedDurationText,
  type ReportAction,
  type Duration,
  type ReportHead,
  type ReportSlot,
} from '../../src/resets/messages';
import { Rendered, element, icon } from '../shared/dom';
import { createButton, createIconButton } from '../shared/toolkit';
import { histogramOf } from './histogram';

/** The head of a report: what was sent, what was seen, the totals, and what can be done. */
export class ReportHeader {
  readonly element = element('header');
  readonly #slot: ReportSlot;
  readonly #act: (action: ReportAction) => void;
  readonly #said = element('div', { attributes: { 'aria-live': 'polite' } });
  readonly #rendered: Record<'said' | 'actions' | 'facts' | 'totals', Rendered>;

  constructor(slot: ReportSlot, act: (action: ReportAction) => void) {
    this.#slot = slot;
    this.#act = act;
    const actions = element('div', {
      className: 'actions',
      attributes: { role: 'toolbar', 'aria-label': l10n.t('Actions') },
    });
    const facts = element('div');
    const totals = element('section', {
      className: 'totals',
      attributes: { 'aria-label': l10n.t('Totals') },
    });
    this.#rendered = {
      said: new Rendered(this.#said),
      actions: new Rendered(actions),
      facts: new Rendered(facts),
      totals: new Rendered(totals),
    };
    this.element.append(this.#said, actions, facts, totals);
  }

  update(head: ReportHead): void {
    const { title, state, summary, tone, message, facts, gaps, totals, times, bytes, histogram } = head;
    this.#rendered.said.update([title, state, summary, tone], () => [
      element('h1', { text: this.#slot === 'main' ? title : l10n.t('Previous reset: {0}', title) }),
      element(
        'p',
        { className: `state ${state.tone}` },
        element('strong', { text: state.word }),
        document.createTextNode(` ${state.text}`),
      ),
      element('p', { className: `summary ${tone}`, text: summary }),
    ]);
    if (this.#slot === 'main') {
      const { canSend, hasPrevious } = head;
      this.#rendered.actions.update([canSend, hasPrevious], () => this.#buttons(head));
    }
    this.#rendered.facts.update([message, facts], () => [
      element(
        'div',
        { className: 'message' },
        element('code', { text: message, attributes: { tabindex: '0' } }),
        this.#copyButton(),
      ),
      element(
        'dl',
        { className: 'facts' },
        ...facts.flatMap(({ label, value }) => [
          element('dt', { text: label }),
          element('dd', { text: value }),
        ]),
      ),
    ]);
    this.#rendered.totals.update([totals, times, bytes, histogram, gaps], () => [
      element(
        'ul',
        { className: 'counts' },
        ...totals.map(({ tone, text }) => element('li', { className: tone, text })),
      ),
      ...(times ? [timesOf(times, bytes)] : []),
      ...(histogram ? [histogramOf(histogram)] : []),
      ...[gaps.times, gaps.answers, gaps.end].flatMap((text) => (text === undefined ? [] : [gap(text)])),
    ]);
  }

  #copyButton(): HTMLElement {
    return createIconButton(l10n.t('Copy the message'), icon('duplicate'), () => {
      this.#act('copyMessage');
    });
  }

  #buttons({ canSend, hasPrevious }: ReportHead): HTMLElement[] {
    const button = (
      text: string,
      action: ReportAction,
      look: 'primary' | 'secondary' = 'secondary',
    ): HTMLElement => {
      const made = createButton(text, look, () => {
        this.#act(action);
      });
      made.setAttribute('data-key', action);
      return made;
    };
    return [
      ...(canSend ? [button(l10n.t('Send again'), 'sendAgain', 'primary')] : []),
      button(l10n.t('Edit and send…'), 'editAndSend'),
      button(l10n.t('Copy as…'), 'copyAs'),
      ...(hasPrevious ? [button(l10n.t('Compare with previous'), 'compare')] : []),
      button(l10n.t('Export JSON…'), 'exportJson'),
      button(l10n.t('Export CSV…'), 'exportCsv'),
      button(l10n.t('Keep open'), 'keepOpen'),
    ];
  }
}

function gap(text: string): HTMLElement {
  return element('p', { className: 'gap', text });
}

function timesOf(times: NonNullable<ReportHead['times']>, bytes: number | undefined): HTMLElement {
  const entries: (readonly [string, string])[] = [
    [l10n.t('Median'), textOf(times.median)],
    [l10n.t('95th percentile'), textOf(times.p95)],
    [l10n.t('Slowest'), textOf(times.slowest)],
    ...(bytes === undefined ? [] : [[l10n.t('Answers'), bytesText(bytes)] as const]),
  ];
  const items = entries.map(([label, value]) =>
    element('div', {}, element('dt', { text: label }), element('dd', { text: value })),
  );
  return element('dl', { className: 'times' }, ...items);
}

function textOf({ max, min }: Duration): string {
  return boundedDurationText(max, min);
}

function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
