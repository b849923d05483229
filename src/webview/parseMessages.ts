import {
  draftFlagFields,
  draftTextFields,
  formAuthKinds,
  formColors,
  formIcons,
  formScopes,
  formSecretFields,
  formTlsModes,
  type ConnectionDraft,
  type DraftSecrets,
  type ToHost,
  type ToPanel,
} from './messages';
import { parsePerson } from './person';

/** Checks what came from the panel; undefined if it is none of the messages. */
export function parseToHost(value: unknown): ToHost | undefined {
  if (!isRecord(value)) return undefined;
  const { type, id, request } = value;
  switch (type) {
    case 'ready': {
      const person = parsePerson(value['person']);
      return { type, ...(person && { person }) };
    }
    case 'disconnect':
    case 'reconnect':
    case 'openSettings':
      return { type };
    case 'connect':
    case 'remove':
    case 'duplicate':
    case 'import':
      return typeof id === 'string' ? { type, id } : undefined;
    case 'move': {
      const { by } = value;
      return typeof id === 'string' && (by === 1 || by === -1) ? { type, id, by } : undefined;
    }
    case 'protect': {
      const { on } = value;
      return typeof id === 'string' && typeof on === 'boolean' ? { type, id, on } : undefined;
    }
    case 'save':
    case 'saveAndConnect':
    case 'test': {
      const draft = parseDraft(value['draft']);
      const secrets = parseDraftSecrets(value['secrets']);
      if (!draft || !secrets || typeof request !== 'number') return undefined;
      if (id === undefined) return { type, request, draft, secrets };
      return typeof id === 'string' ? { type, request, id, draft, secrets } : undefined;
    }
    default:
      return undefined;
  }
}

/** Checks what came from the host; undefined if it is none of the messages. */
export function parseToPanel(value: unknown): ToPanel | undefined {
  if (!isRecord(value)) return undefined;
  switch (value['type']) {
    // The host's own, and built by the compiler's rules: the shape that everything hangs on is enough.
    case 'status': {
      const { status } = value;
      return isRecord(status) && isRecord(status['connection']) ? (value as ToPanel) : undefined;
    }
    case 'profiles': {
      const { profiles } = value;
      const isList =
        isRecord(profiles) &&
        Array.isArray(profiles['profiles']) &&
        Array.isArray(profiles['unusable']) &&
        Array.isArray(profiles['problems']);
      return isList ? (value as ToPanel) : undefined;
    }
    case 'openForm': {
      const { id } = value;
      if (id === undefined) return { type: 'openForm' };
      return typeof id === 'string' ? { type: 'openForm', id } : undefined;
    }
    case 'answer': {
      const { request, ok, text } = value;
      return typeof request === 'number' && typeof ok === 'boolean' && typeof text === 'string'
        ? { type: 'answer', request, ok, text }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** Checks a draft, from a message or from the panel's saved state. */
export function parseDraft(value: unknown): ConnectionDraft | undefined {
  if (!isRecord(value)) return undefined;
  const auth = formAuthKinds.find((known) => known === value['auth']);
  const tlsMode = formTlsModes.find((known) => known === value['tlsMode']);
  const color = formColors.find((known) => known === value['color']);
  // A form that an earlier version remembered has none.
  const icon = formIcons.find((known) => known === (value['icon'] ?? ''));
  const scope = formScopes.find((known) => known === value['scope']);
  const isDraft =
    auth !== undefined &&
    tlsMode !== undefined &&
    color !== undefined &&
    icon !== undefined &&
    scope !== undefined &&
    draftTextFields.every((field) => typeof value[field] === 'string') &&
    draftFlagFields.every((field) => typeof value[field] === 'boolean');
  if (!isDraft) return undefined;
  const fields = [...draftTextFields, ...draftFlagFields].map((field) => [field, value[field]]);
  return { ...(Object.fromEntries(fields) as ConnectionDraft), auth, tlsMode, color, icon, scope };
}

function parseDraftSecrets(value: unknown): DraftSecrets | undefined {
  if (!isRecord(value)) return undefined;
  const secrets: { -readonly [Field in keyof DraftSecrets]: string } = {};
  for (const field of formSecretFields) {
    const text = value[field];
    if (text === undefined) continue;
    if (typeof text !== 'string') return undefined;
    if (text !== '') secrets[field] = text;
  }
  return secrets;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
