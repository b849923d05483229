import type { ConnectionKey } from '../../resets/connections';
import type { Result } from '../../util/problem';
import { commandTarget, type KnownConnection } from './commandTarget';
import { copyAs, type CopyForm } from '../copyAs';
import { wholeMessage } from './editMessage';
import type { HistoryEntry } from '../historyEntry';
import type { Shell } from '../shellQuote';

/** Entries as text that does the same elsewhere, a line each; a problem where one of them can't be. */
export function copyText(
  entries: readonly HistoryEntry[],
  form: CopyForm,
  shell: Shell,
  findConnection: (key: ConnectionKey) => KnownConnection | undefined,
): Result<string> {
  const lines: string[] = [];
  for (const entry of entries) {
    const whole = wholeMessage(entry.record);
    if (!whole.ok) return whole;
    const target =
      form === 'natsPub' ? commandTarget(entry, findConnection) : ({ ok: true, value: {} } as const);
    if (!target.ok) return target;
    lines.push(copyAs(whole.value, form, shell, target.value));
  }
  return { ok: true, value: lines.join('\n') };
}
