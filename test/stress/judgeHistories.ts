import type { ResetRecord } from '../../src/resets/resetRecord';
import { readdir } from 'node:fs/promises';
import { problemText } from '../../src/util/problem';
import { judge } from './judge';
import { byKey, openHistory } from './productWindow';
import { endOf, type Offence, type RunResult } from './runResult';
import type { Timeline } from './timeline';
import type { Witness } from './witness';

/**
 * Holds what a new window finds in the histories of these folders against all resets that were seen. No file was damaged,
 * so whatever a window has said to be wrong with them is wrong itself.
 */
export async function judgeHistories(
  folders: Iterable<string>,
  witness: Witness,
  timeline: Timeline,
  problems: string[] = [],
): Promise<RunResult> {
  const all: ResetRecord[] = [];
  const counts = new Map<string, number>();
  for (const folder of folders) {
    const history = openHistory(folder, (problem) => {
      problems.push(problemText(problem));
    });
    await history.load();
    all.push(...history.records());
    await history.stored();
    counts.set('logs left', (counts.get('logs left') ?? 0) + (await readdir(folder)).length);
  }
  const kept = byKey(all);
  const offences = problems.map((what): Offence => ({
    key: 'history',
    findings: [{ kind: 'untrue', what }],
    timeline: '',
  }));
  for (const key of new Set([...witness.keys(), ...kept.keys()])) {
    const sighting = witness.seen(key);
    const records = kept.get(key) ?? [];
    const truth = {
      accepted: sighting.at.length,
      denied: 0,
      sighting,
      denials: new Set<never>(),
      wasSlow: false,
      requestTimeout: 0,
    };
    const findings = judge({ last: undefined, kept: records }, truth);
    if (findings.length > 0) offences.push({ key, findings, timeline: timeline.of(key, sighting) });
    const end = `${sighting.at.length > 0 ? 'seen' : 'not seen'}: ${records.map(endOf).join(', ') || 'no record'}`;
    counts.set(end, (counts.get(end) ?? 0) + 1);
  }
  return { offences, counts: Object.fromEntries([...counts].sort()) };
}
