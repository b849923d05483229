import type { CommandTarget } from '../history/copyAs';
import type { HistoryEntry } from '../history/historyEntry';
import type { Result } from '../util/problem';
import type { StoredProfile } from './connectionStore';

/**
 * What a `nats` command must name to reach what a reset of the history was sent to: it must not run on whatever a terminal
 * has selected. It holds no secret.
 */
export function commandTarget(
  { record, isImported }: HistoryEntry,
  find: (name: string) => StoredProfile | undefined,
): Result<CommandTarget> {
  const { connection } = record;
  // In a file from elsewhere the same name can stand for another system.
  const known = isImported || connection === undefined ? undefined : find(connection);
  if (known) return { ok: true, value: targetOf(known) };
  const why =
    connection === undefined
      ? 'it is not known on which connection the reset was sent'
      : isImported
        ? `the reset was imported, and its "${connection}" may be another system than the one of that name here`
        : `there is no connection named "${connection}" any more`;
  return {
    ok: false,
    problem: {
      what: 'The command could not name its server',
      why: `${why}; without it, it would run on whatever your terminal has selected`,
      remedy: 'Copy it as a message, and choose the server yourself.',
    },
  };
}

function targetOf({ target, profile: { servers, tls } }: StoredProfile): CommandTarget {
  // The CLI uses TLS for sure where the URL says so.
  const urls = tls.mode === 'required' ? servers.map((url) => url.replace(/^nats:/, 'tls:')) : servers;
  if (target?.context === undefined) return { servers: urls };
  return target.usesOwnServers === true
    ? { context: target.context, servers: urls }
    : { context: target.context };
}
