import * as l10n from '../../src/util/l10n';
import { durationText, type ReportHead } from '../../src/resets/messages';
import { element } from '../shared/dom';

/** How many answers took how long: a bar for each span of time. */
export function histogramOf(bins: NonNullable<ReportHead['histogram']>): HTMLElement {
  const max = Math.max(...bins.map(({ count }) => count), 1);
  const spans = bins.map(({ upTo, count }, at) => {
    const from = bins[at - 1]?.upTo ?? 0;
    return l10n.t('{0} took {1} to {2}', count, durationText(from), durationText(upTo));
  });
  const bars = bins.map(({ count }, at) => {
    const bar = element('div', { className: 'bin', attributes: { title: spans[at] ?? '' } });
    bar.style.height = `${count === 0 ? 0 : Math.max(4, (count / max) * 100)}%`;
    return bar;
  });
  const plot = element('div', {
    className: 'bins',
    attributes: { role: 'img', 'aria-label': l10n.t('Answer times: {0}', spans.join(', ')) },
  });
  plot.append(...bars);
  return element(
    'figure',
    { className: 'histogram' },
    plot,
    element(
      'figcaption',
      { attributes: { 'aria-hidden': 'true' } },
      element('span', { text: '0' }),
      element('span', { text: l10n.t('answer times') }),
      element('span', { text: durationText(bins.at(-1)?.upTo ?? 0) }),
    ),
  );
}
