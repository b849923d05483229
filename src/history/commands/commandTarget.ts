import type { ConnectionKey } from '../../resets/connections';
import { connectionOf } from '../../resets/resetRecord';
import * as l10n from '../../util/l10n';
import type { Result } from '../../util/problem';
import type { CommandTarget } from '../copyAs';
import type { HistoryEntry } from '../historyEntry';

/** What is to be known of a connection for a command that runs on it. */
export interface KnownConnection {
  readonly profile: {
    /** URLs without credentials. */
    readonly servers: readonly string[];
    readonly tls: { readonly mode: string };
  };
  /** What it is for the NATS CLI, where it came from there. */
  readonly target?: { readonly context?: string; readonly usesOwnServers?: boolean };
}

/**
 * The context or server that a `nats` command must name so that it reaches the same place as a reset of the history,
 * whatever context is selected in the terminal. It holds no secret.
 */
export function commandTarget(
  { record, isImported }: HistoryEntry,
  find: (key: ConnectionKey) => KnownConnection | undefined,
): Result<CommandTarget> {
  const { connection } = record;
  // In a file from elsewhere the same name can stand for another system.
  const key = isImported ? undefined : connectionOf(record);
  const known = key === undefined ? undefined : find(key);
  if (known) return { ok: true, value: targetOf(known) };
  const why =
    connection === undefined
      ? l10n.msg('the connection of the reset was not stored')
      : isImported
        ? l10n.msg('the reset was imported, and "{0}" may be a different system there', connection)
        : l10n.msg('the connection "{0}" no longer exists', connection);
  return {
    ok: false,
    problem: {
      what: l10n.msg('The command has no server to run on'),
      why: l10n.msg('{0}. Without a server, the command would run on the one selected in your terminal', why),
      remedy: l10n.msg('Copy it as a message, and choose the server yourself.'),
    },
  };
}

function targetOf({ target, profile: { servers, tls } }: KnownConnection): CommandTarget {
  // The CLI uses TLS for sure where the URL says so.
  const urls = tls.mode === 'required' ? servers.map((url) => url.replace(/^nats:/, 'tls:')) : servers;
  if (target?.context === undefined) return { servers: urls };
  return target.usesOwnServers === true
    ? { context: target.context, servers: urls }
    : { context: target.context };
}
