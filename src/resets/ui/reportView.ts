import type { HistoryEntry } from '../../history/historyEntry';
import { summarizeMessage } from '../../res/systemMessage';
import type { ObservedRequest } from '../observe/observation';
import { outcomeText } from '../observe/observationText';
import { toneOf } from '../observe/outcomes';
import { resultWord, sentText, stateBadge, summaryOf } from '../report';
import { gapsOf } from '../reportGaps';
import { statisticsOf } from '../reportStatistics';
import { tallyOf } from '../requestTally';
import { observationOf, type ResetRecord } from '../resetRecord';
import { originText, stateText } from '../resetText';
import { isAlike } from '../sameReset';
import { toneOfState } from '../resetTone';
import * as l10n from '../../util/l10n';
import type { ReportHead, ReportRow } from '../messages';

/**
 * All that a report says of an entry except its rows. `record` can hold more than is stored; `tally` counts the listed
 * requests.
 */
export function reportHead(
  { label, isImported }: HistoryEntry,
  record: ResetRecord,
  options: { readonly hasPrevious: boolean; readonly formatTime: (time: number) => string },
  tally = tallyOf(record),
): ReportHead {
  const { message, state, connection, origin, time, leftOut } = record;
  const observation = observationOf(state);
  const summary = summarizeMessage(message);
  return {
    id: record.id,
    title: label === '' ? summary : `${label} · ${summary}`,
    // What went wrong in sending is the summary.
    state: { ...stateBadge(record), text: 'problem' in state ? '' : stateText(state) },
    summary: summaryOf(record),
    tone: toneOfState(state),
    message: sentText(record),
    facts: [
      ...(isImported
        ? [{ label: l10n.t('Imported'), value: l10n.t('Read from a file, not sent from here.') }]
        : []),
      { label: l10n.t('Time'), value: options.formatTime(time) },
      ...(connection === undefined ? [] : [{ label: l10n.t('Connection'), value: connection }]),
      ...('server' in state && state.server !== undefined
        ? [{ label: l10n.t('Server'), value: state.server }]
        : []),
      { label: l10n.t('From'), value: originText(origin) },
      ...(leftOut === undefined
        ? []
        : [{ label: l10n.t('Not stored'), value: l10n.t('{0} more patterns or token ids', leftOut) }]),
    ],
    gaps: gapsOf(record, tally),
    ...(observation ? statisticsOf(observation, tally) : { totals: [] }),
    rows: observation?.requests.length ?? 0,
    gateways: observation?.gateways ?? 0,
    isObserving: observation?.state === 'watching',
    took: observation?.took ?? 0,
    canSend: leftOut === undefined,
    hasPrevious: options.hasPrevious,
  };
}

/** A request as a row. */
export function reportRow(request: ObservedRequest): ReportRow {
  const { kind, name, query, gateway, client, at, atMin, took, tookMin, bytes, outcome } = request;
  return {
    kind,
    name: query === undefined ? name : `${name}?${query}`,
    gateway,
    ...(client !== undefined && { client }),
    tone: toneOf(request),
    result: resultWord(request),
    meaning: outcomeText(kind, outcome),
    ...(at !== undefined && { at }),
    ...(atMin !== undefined && { atMin }),
    ...(took !== undefined && { took }),
    ...(tookMin !== undefined && { tookMin }),
    ...(bytes !== undefined && { bytes }),
  };
}

/** What a request is drawn from, besides its outcome. */
const drawn: Readonly<Record<keyof Omit<ObservedRequest, 'outcome'>, true>> = {
  kind: true,
  name: true,
  query: true,
  gateway: true,
  client: true,
  at: true,
  atMin: true,
  took: true,
  tookMin: true,
  bytes: true,
};
const drawnFields = Object.keys(drawn) as readonly (keyof typeof drawn)[];

/** Whether two requests are drawn alike. */
export function isSameRequest(a: ObservedRequest | undefined, b: ObservedRequest): boolean {
  return a !== undefined && isSameOutcome(a, b) && drawnFields.every((field) => a[field] === b[field]);
}

function isSameOutcome({ kind, outcome: a }: ObservedRequest, { outcome: b }: ObservedRequest): boolean {
  return a === b || (a.kind === b.kind && outcomeText(kind, a) === outcomeText(kind, b));
}

/** The newest reset before an entry with the same patterns on the same connection; `entries` are newest first. */
export function previousOf(entry: HistoryEntry, entries: readonly HistoryEntry[]): HistoryEntry | undefined {
  const { id, time } = entry.record;
  return entries.find(
    ({ record }) =>
      record.id !== id &&
      record.time <= time &&
      observationOf(record.state) !== undefined &&
      isAlike(record, entry.record),
  );
}
