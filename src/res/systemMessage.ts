import * as l10n from '../util/l10n';
import { resetSubject, summarizeReset, type ResetMessage } from './resetMessage';
import { tokenResetSubject, type TokenResetMessage } from './tokenReset';

/** What can be reset: resources and access, or tokens. */
export type SystemMessage = ResetMessage | TokenResetMessage;

export function isTokenReset(message: SystemMessage): message is TokenResetMessage {
  return 'tids' in message;
}

/** The subject that the message is published on. */
export function subjectOf(message: SystemMessage): string {
  return isTokenReset(message) ? tokenResetSubject : resetSubject;
}

/** The message as it travels: JSON in UTF-8. */
export function encodeMessage(message: SystemMessage): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(message));
}

/** The message in few words: `library.> and access`, `tokens 12, 42`. */
export function summarizeMessage(message: SystemMessage): string {
  if (!isTokenReset(message)) return summarizeReset(message);
  const [first = '', ...others] = message.tids;
  return others.length === 0 ? l10n.t('token {0}', first) : l10n.t('tokens {0} +{1}', first, others.length);
}

/** The longest message of somebody else's that is read, in bytes: as much as a NATS server takes unless it is told otherwise. */
export const maxMessageBytes = 1_048_576;

/** Reads a message of somebody else's as a gateway would: a wrong type anywhere makes it nothing. */
export function readSystemMessage(subject: string, data: Uint8Array): SystemMessage | undefined {
  if (data.length > maxMessageBytes) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const fields = value as Record<string, unknown>;
  if (subject === tokenResetSubject) {
    const tids = readTexts(fields.tids);
    if (!tids || typeof fields.subject !== 'string' || fields.subject === '') return undefined;
    return { tids, subject: fields.subject };
  }
  const resources = readTexts(fields.resources ?? []);
  const access = readTexts(fields.access ?? []);
  if (!resources || !access) return undefined;
  return { ...(resources.length > 0 && { resources }), ...(access.length > 0 && { access }) };
}

function readTexts(value: unknown): string[] | undefined {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) return undefined;
  return value;
}
