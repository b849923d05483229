import { pastedSecret } from '../util/pastedSecret';
import { isSecretElsewhere } from '../util/variableText';
import { newDraft, type ConnectionDraft } from './messages';

/**
 * The draft as it may be remembered: without credentials in a server's URL, unless they come from a variable, and
 * without secrets in fields that are for none.
 */
export function rememberedDraft(draft: ConnectionDraft): ConnectionDraft {
  const servers = draft.servers
    .split(',')
    .map((server) =>
      server.replace(/^(\s*(?:[a-z][a-z0-9+.-]*:\/\/)?)(.*)@/i, (all, scheme: string, userInfo: string) =>
        isSecretElsewhere(userInfo) ? all : scheme,
      ),
    )
    .join(',');
  const remembered = Object.entries({ ...draft, servers }).map(([field, value]) => [
    field,
    typeof value === 'string' && pastedSecret(value) !== undefined ? '' : value,
  ]);
  return Object.fromEntries(remembered) as ConnectionDraft;
}

/** Whether the same stands in both. */
export function isSameDraft(a: ConnectionDraft, b: ConnectionDraft): boolean {
  const fields = Object.keys(newDraft) as (keyof ConnectionDraft)[];
  return fields.every((field) => a[field] === b[field]);
}
