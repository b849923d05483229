import { parsePerson, type PagePerson } from '../util/person';
import { isRecord } from '../util/record';
import type { FieldValues } from './profile/fields';

/**
 * Where a connection is kept: for the user everywhere, or for the team in this workspace's settings, or in those of one
 * of its folders.
 */
export const formScopes = ['user', 'workspace', 'folder'] as const;
export type FormScope = (typeof formScopes)[number];

/** Where a connection comes from: settings, a context of the NATS CLI, or the environment variables of that. */
export type ProfileSource = FormScope | 'context' | 'environment';

/** Whether a connection of that source can be edited here. */
export function isSaved(source: ProfileSource): source is FormScope {
  return (formScopes as readonly string[]).includes(source);
}

/**
 * A value of a message that is shown as it is: an id, or what a person has written. Every other text is masked on its way to the page,
 * except one whose type lists what it can be.
 */
export type AsIs<T = string> = T & { readonly shownAsIs?: true };

/** A problem, as text. */
export interface PanelProblem {
  readonly what: string;
  readonly why?: string;
  readonly remedy?: string;
}

/** One connection. */
export interface PanelProfile {
  readonly id: AsIs;
  readonly name: AsIs;
  readonly source: ProfileSource;
  /** The folder in whose settings it stands. */
  readonly folder?: AsIs;
  /** Why it can't be used here and now. */
  readonly problem?: PanelProblem;
  readonly description?: string;
  /** The NATS CLI itself would use this one. */
  readonly isSelected?: boolean;
  /** As it is written, with its variables. */
  readonly values: AsIs<FieldValues>;
}

/** The state of the one connection, in words that need no further knowledge. */
export type PanelConnection =
  | { readonly kind: 'disconnected'; readonly profile?: AsIs; readonly problem?: PanelProblem }
  | { readonly kind: 'connecting'; readonly profile: AsIs }
  | {
      readonly kind: 'connected';
      readonly profile: AsIs;
      readonly server: string;
      readonly url: string;
      readonly version: string;
      readonly cluster?: string;
      /** `unverified` is TLS without a certificate that was held against anything. */
      readonly security: 'plain' | 'verified' | 'unverified';
      readonly roundTrip: string;
      readonly lameDuck: boolean;
    }
  | {
      readonly kind: 'reconnecting';
      readonly profile: AsIs;
      readonly attempt: number;
      /** In milliseconds since 1970. */
      readonly nextTryAt?: number;
      readonly problem: PanelProblem;
    };

/** The list of connections, and what belongs to it. */
export interface PanelProfiles {
  readonly profiles: readonly PanelProfile[];
  /** What the NATS CLI knows and can't be used here. */
  readonly unusable: readonly { readonly name: AsIs; readonly problem: PanelProblem }[];
  /** Problems with the settings. */
  readonly problems: readonly PanelProblem[];
  /** Set where the extension runs on another machine than the window: `localhost` is that machine. */
  readonly remote?: string;
}

/** The state of the connection, and which of the list it is about. */
export interface PanelStatus {
  readonly connection: PanelConnection;
  readonly activeId?: AsIs;
}

/** Messages from the host to the panel. */
export type ToPanel =
  | { readonly type: 'status'; readonly status: PanelStatus }
  | { readonly type: 'profiles'; readonly profiles: PanelProfiles };

/** Messages from the panel to the host. */
export type ToHost =
  /** With the person's time zone and language: the host may be elsewhere. */
  | { readonly type: 'ready'; readonly person?: PagePerson }
  | { readonly type: 'connect'; readonly id: string }
  /** Opens the form: for a new connection, or for this one. */
  | { readonly type: 'add' }
  | { readonly type: 'edit'; readonly id: string }
  | { readonly type: 'disconnect' }
  | { readonly type: 'reconnect' }
  | { readonly type: 'remove'; readonly id: string }
  | { readonly type: 'duplicate'; readonly id: string }
  /** Saves a copy of a connection that comes from elsewhere. */
  | { readonly type: 'import'; readonly id: string }
  | { readonly type: 'move'; readonly id: string; readonly by: -1 | 1 }
  /** Makes every reset on it ask first, or no longer. */
  | { readonly type: 'protect'; readonly id: string; readonly on: boolean }
  | { readonly type: 'openSettings' };

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
