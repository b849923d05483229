import type { ResetRecord } from '../../src/resets/resetRecord';
import { problemText } from '../../src/util/problem';
import type { Finding } from './judge';

/** A reset with which something is wrong, and all that happened to it. */
export interface Offence {
  readonly key: string;
  readonly findings: readonly Finding[];
  readonly timeline: string;
}

/** What came of a run. */
export interface RunResult {
  readonly offences: readonly Offence[];
  /** How many resets had each end, and how many faults of each kind there were. */
  readonly counts: Readonly<Record<string, number>>;
}

/** How a reset ended, in a few words that many share. */
export function endOf({ state }: ResetRecord): string {
  switch (state.kind) {
    case 'published':
      return `published, ${state.observation?.state ?? 'not observed'}`;
    case 'failed':
      return /unknown whether/.test(problemText(state.problem))
        ? 'failed, not known whether it arrived'
        : 'failed, not sent';
    default:
      return state.kind;
  }
}

/** So many offences are shown with their timelines. */
const mostShown = 25;

/** The result as text: what was counted, and each offence with its timeline. */
export function resultText({ counts, offences }: RunResult): string {
  const lines = Object.entries(counts).map(([what, count]) => `  ${String(count).padStart(6)} ${what}`);
  for (const { key, findings, timeline } of offences.slice(0, mostShown)) {
    lines.push('', ...findings.map(({ kind, what }) => `  ${kind}: ${key}: ${what}`), timeline);
  }
  if (offences.length > mostShown) lines.push('', `  … and ${offences.length - mostShown} more resets`);
  const all = offences.flatMap(({ findings }) => findings);
  const kinds = ['untrue', 'lost', 'doubled', 'open'] as const;
  const sums = kinds.map((kind) => `${all.filter((one) => one.kind === kind).length} ${kind}`);
  return [...lines, '', `  ${sums.join(', ')}`].join('\n');
}
