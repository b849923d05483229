import * as l10n from '../util/l10n';
import { countRequests } from './observe/expectation';
import { tallyOf, type RequestTally } from './requestTally';
import { observationOf, type ResetRecord } from './resetRecord';

/** What could not be observed, each for the place where it would have stood. */
interface Gaps {
  readonly rows?: string;
  readonly bars?: string;
  readonly answers?: string;
  readonly end?: string;
  /** Of the answer times. */
  readonly times?: string;
}

/** `tally` is of the requests that are listed. */
export function gapsOf(record: ResetRecord, tally = tallyOf(record)): Gaps {
  const { state } = record;
  const observation = observationOf(state);
  if (state.kind === 'rejected')
    return { rows: l10n.t('The server rejected the reset, so no gateway received it.') };
  if (state.kind === 'failed')
    return {
      rows: l10n.t('The reset was not confirmed, so what the gateways did was not observed.'),
    };
  if (state.kind === 'requested' || state.kind === 'sending') return { rows: l10n.t('Not sent yet.') };
  if (!observation)
    return {
      rows: l10n.t(
        'What the gateways did was not observed: res.verify.enabled was off, or the window was closed too early.',
      ),
    };
  if (observation.state === 'denied')
    return {
      rows: l10n.t(
        'What the gateways did could not be observed: this account has no permission to see their requests.',
      ),
    };
  const { answers } = observation;
  const { listed } = tally;
  const count = countRequests(observation);
  return {
    ...(count === 0 &&
      observation.state !== 'watching' && {
        rows: l10n.t('No request was seen that was certainly caused by this reset.'),
      }),
    ...(count > listed && {
      rows: l10n.t(
        'Listed: {0} of {1} requests, failures first. The others were only counted.',
        listed,
        count,
      ),
    }),
    ...(listed > 0 &&
      tally.timed === 0 && {
        bars: l10n.t('No bars: the times of the requests were not stored.'),
      }),
    ...(answers === 'denied' && {
      answers: l10n.t('Answers could not be observed: this account has no permission to see them.'),
    }),
    ...timesGap(tally, count - listed),
    ...(answers === 'off' && { answers: l10n.t('Answers were not observed.') }),
    ...(observation.state === 'cutOff' && {
      end: l10n.t(
        'The observation stopped early: the connection was lost, or it took too long. More may have happened after that.',
      ),
    }),
  };
}

function timesGap({ answered, inexact }: RequestTally, unlisted: number): Pick<Gaps, 'times'> {
  const texts = [
    ...(unlisted > 0 && answered > 0 ? [l10n.t('Times and bytes cover the listed requests only.')] : []),
    ...(inexact > 0
      ? [
          l10n.t(
            '{0} of {1} answer times are not exact: this window was busy when the messages arrived.',
            inexact,
            answered,
          ),
        ]
      : []),
  ];
  return texts.length > 0 ? { times: texts.join(' ') } : {};
}
