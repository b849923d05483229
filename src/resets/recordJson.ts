import { textOf, type Code } from '../util/l10n';
import type { Problem } from '../util/problem';
import type { ResetRecord } from './resetRecord';

/** The record as it is stored and exported. */
export function recordJson(record: ResetRecord): object {
  const { state } = record;
  return 'problem' in state
    ? { ...record, state: { ...state, problem: problemJson(state.problem) } }
    : record;
}

/** The texts of a problem, which older versions read, and as `codes` how those were made that are this extension's own. */
function problemJson({ what, why, remedy }: Problem): object {
  const texts: Record<string, string> = {};
  const codes: Record<string, Code> = {};
  for (const [part, text] of Object.entries({ what, why, remedy })) {
    if (text === undefined) continue;
    texts[part] = textOf(text);
    if (typeof text !== 'string') codes[part] = text;
  }
  return Object.keys(codes).length === 0 ? texts : { ...texts, codes };
}
