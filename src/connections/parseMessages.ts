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
import { parsePerson } from '../util/person';

/** Checks what came from the panel; undefined if it is none of the messages. */
export function parseToHost(value: unknown): ToHost | undefined {
  if (!isRecord(value)) return undefined;
  const { type, id } = value;
  switch (type) {
    case 'ready': {
      const person = parsePerson(value['person']);
      return { type, ...(person && { person }) };
    }
    case 'add':
    case 'disconnect':
    case 'reconnect':
    case 'openSettings':
      return { type };
    case 'connect':
    case 'edit':
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
    default:
      return undefined;
  }
}

/** Checks a draft, from a message or as it was kept. */
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

/** Checks typed secrets; empty ones are left out. */
export function parseDraftSecrets(value: unknown): DraftSecrets | undefined {
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

/** Whether it is an object with fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
