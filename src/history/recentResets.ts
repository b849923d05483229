import { isTokenReset } from '../res/systemMessage';
import { kindOf, type HistoryEntry } from './historyEntry';

interface Recent {
  readonly patterns: readonly string[];
  readonly isPinned: boolean;
}

/** The different sets of patterns among the newest resets that were sent, pinned ones first; `entries` are newest first. */
export function recentResets(entries: readonly HistoryEntry[], limit = 50): Recent[] {
  const byKey = new Map<string, Recent>();
  for (const entry of entries) {
    const { message } = entry.record;
    if (byKey.size >= limit) break;
    if (kindOf(entry) !== 'sent' || isTokenReset(message) || entry.record.state.kind === 'rejected') continue;
    const patterns = [...new Set([...(message.resources ?? []), ...(message.access ?? [])])];
    const key = patterns.join(' ');
    const isPinned = entry.isPinned || (byKey.get(key)?.isPinned ?? false);
    if (patterns.length > 0) byKey.set(key, { patterns, isPinned });
  }
  return [...byKey.values()].sort((a, b) => Number(b.isPinned) - Number(a.isPinned));
}
