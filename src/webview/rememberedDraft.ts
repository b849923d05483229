import type { ConnectionDraft } from './messages';

/** The draft as it may be remembered: without credentials that were typed into a server's URL. */
export function rememberedDraft(draft: ConnectionDraft): ConnectionDraft {
  const servers = draft.servers
    .split(',')
    .map((server) => server.replace(/^(\s*(?:[a-z][a-z0-9+.-]*:\/\/)?).*@/i, '$1'))
    .join(',');
  return { ...draft, servers };
}
