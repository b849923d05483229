import { pastedSecret } from '../util/pastedSecret';
import { parsePerson, type PagePerson } from '../util/person';
import { isRecord } from '../util/record';
import { isSecretElsewhere } from '../util/variableText';
import { formScopes, type FormScope } from './messages';
import {
  initialValues,
  parseValues,
  secretFields,
  type FieldKey,
  type FieldValues,
  type KeptField,
  type SecretField,
} from './profile/fields';

/** What stands in the form, as typed; secrets are kept apart from it. */
export type ConnectionDraft = FieldValues & { readonly scope: FormScope };

/** Secrets that were typed in; an absent one means "as it was". */
export type DraftSecrets = { readonly [Field in SecretField]?: string };

/** What a problem can be about. */
export type FormField = FieldKey | 'scope';

/** The form for a connection that does not exist yet. */
export const newDraft: ConnectionDraft = { ...initialValues, scope: 'user' };

/** What a form is filled in with. */
export interface FormContent {
  /** The connection that is edited; absent for a new one. */
  readonly id?: string;
  /** The values of the form before any change: those that are saved, or the defaults of a new connection. */
  readonly saved: ConnectionDraft;
  /** Changes from before that were not saved. */
  readonly draft?: ConnectionDraft;
  /** Which secrets are kept for it, and whether a user is; never what is kept. */
  readonly kept: readonly KeptField[];
  /** Whether a workspace is open, and trusted, so that a connection can be kept in its settings. */
  readonly hasWorkspace: boolean;
  /** Set where the extension runs on another machine than the window: `localhost` is that machine. */
  readonly remote?: string;
  /** It is the first connection of all. */
  readonly isFirst: boolean;
  readonly takesFocus: boolean;
}

/** Messages from the host to the form. */
export type ToForm =
  | { readonly type: 'open'; readonly content: FormContent }
  /** What came of `save`, `saveAndConnect` or `test`. */
  | {
      readonly type: 'answer';
      readonly request: number;
      readonly ok: boolean;
      readonly text: string;
      /** What to mend. */
      readonly field?: FormField;
    };

/** What the form asks for. */
export type SubmitKind = 'save' | 'saveAndConnect' | 'test';

/** What the form asks of the host. */
export type FromForm =
  /** With the person's time zone and language: the host may be elsewhere. */
  | { readonly type: 'ready'; readonly person?: PagePerson }
  /** The changed values to keep; absent where they equal the saved ones. */
  | { readonly type: 'keep'; readonly draft?: ConnectionDraft }
  | { readonly type: 'close' }
  | {
      readonly type: SubmitKind;
      readonly request: number;
      readonly draft: ConnectionDraft;
      readonly secrets: DraftSecrets;
    };

/** What the page remembers over a reload of the window: which connection it edits. */
export interface RememberedForm {
  readonly id?: string;
}

/** Checks what came from the form; undefined if it is none of the messages. */
export function parseFromForm(value: unknown): FromForm | undefined {
  if (!isRecord(value)) return undefined;
  const { type, request } = value;
  switch (type) {
    case 'ready': {
      const person = parsePerson(value['person']);
      return { type, ...(person && { person }) };
    }
    case 'keep': {
      if (value['draft'] === undefined) return { type };
      const draft = parseDraft(value['draft']);
      return draft && { type, draft };
    }
    case 'close':
      return { type };
    case 'save':
    case 'saveAndConnect':
    case 'test': {
      const draft = parseDraft(value['draft']);
      const secrets = parseDraftSecrets(value['secrets']);
      return draft && secrets && typeof request === 'number' ? { type, request, draft, secrets } : undefined;
    }
    default:
      return undefined;
  }
}

/** Checks a draft, from a message or as it was kept. */
export function parseDraft(value: unknown): ConnectionDraft | undefined {
  const values = parseValues(value);
  const scope = formScopes.find((known) => isRecord(value) && known === value['scope']);
  return values && scope && { ...values, scope };
}

/** Checks typed secrets; empty ones are left out. */
function parseDraftSecrets(value: unknown): DraftSecrets | undefined {
  if (!isRecord(value)) return undefined;
  const typed = secretFields.map((field) => [field, value[field]] as const);
  if (typed.some(([, text]) => text !== undefined && typeof text !== 'string')) return undefined;
  return Object.fromEntries(typed.filter(([, text]) => text !== undefined && text !== ''));
}

/** Checks what the page had remembered; without an id it was for a new connection. */
export function parseRememberedForm(value: unknown): RememberedForm {
  const id = isRecord(value) ? value['id'] : undefined;
  return typeof id === 'string' ? { id } : {};
}

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
