import { parsePerson, type PagePerson } from '../util/person';

export { boundedDurationText, durationText } from '../util/duration';

/** How a request ended, as it is drawn. `unknown`: its answer could not be observed. */
export type ReportTone = 'good' | 'warning' | 'bad' | 'pending' | 'unknown';

/** A request of a gateway in a report. Times are in milliseconds. */
export interface ReportRow {
  readonly kind: 'get' | 'access' | 'auth';
  /** The resource, with its query. */
  readonly name: string;
  /** Which gateway asked, from 1. */
  readonly gateway: number;
  /** For access and auth: which client connection it is about, from 1. */
  readonly client?: number;
  readonly tone: ReportTone;
  /** What came of it, in a word or two. */
  readonly result: string;
  /** The same in a sentence that says what it means for clients. */
  readonly meaning: string;
  /** When it was sent, from the publish of the reset; missing where it was stored by an earlier version. */
  readonly at?: number;
  /** Where that is not known exactly: the earliest that it can have been; `at` is the latest. */
  readonly atMin?: number;
  /** How long the answer took. */
  readonly took?: number;
  /** Where that is not known exactly: the least that it can have taken; `took` is the most. */
  readonly tookMin?: number;
  /** How long the answer was, in bytes. */
  readonly bytes?: number;
}

/** How long something took; at most, where a `min` says that it can have been less. */
export interface ReportDuration {
  readonly max: number;
  readonly min?: number;
}

/** A reset, what is known of it, and what its requests say together; the rows come apart. */
export interface ReportHead {
  /** The id of the history entry. */
  readonly id: string;
  /** What was reset, or its label. */
  readonly title: string;
  readonly state: {
    readonly tone: ReportTone;
    /** A word or two. */
    readonly word: string;
    readonly text: string;
  };
  /** What was seen, and no more, in a sentence or two; and how good that is. */
  readonly summary: string;
  readonly tone: ReportTone;
  /** Subject and message, as sent. */
  readonly message: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** What could not be observed, each in the place where it would have stood. */
  readonly gaps: {
    readonly rows?: string;
    readonly bars?: string;
    readonly answers?: string;
    readonly end?: string;
    readonly times?: string;
  };
  readonly totals: readonly { readonly tone: ReportTone; readonly text: string }[];
  /** Answer times in milliseconds, and the size of all answers; missing without answers. */
  readonly times?: {
    readonly median: ReportDuration;
    readonly p95: ReportDuration;
    readonly slowest: ReportDuration;
  };
  readonly bytes?: number;
  /** How many answers took up to so many milliseconds; only where there are enough to be drawn. */
  readonly histogram?: readonly { readonly upTo: number; readonly count: number }[];
  /** How many rows there are. */
  readonly rows: number;
  readonly gateways: number;
  /** Whether it is still being observed. */
  readonly isObserving: boolean;
  /** Milliseconds from the publish to the last thing that was seen. */
  readonly took: number;
  /** Whether it was sent from here, so that it can be sent again and compared. */
  readonly canSend: boolean;
  readonly hasPrevious: boolean;
}

/** Which of the reports in a page: the one that was asked for, or the one that it is compared with. */
export type ReportSlot = 'main' | 'previous';

/** To the page. */
export type ToReport =
  /** A report in place of what the slot showed; its rows follow. Without a head the slot is empty. */
  | { readonly type: 'show'; readonly slot: ReportSlot; readonly head?: ReportHead; readonly isKept: boolean }
  /** What is known now, in one message or several; rows by their place in the order of arrival. */
  | {
      readonly type: 'update';
      readonly slot: ReportSlot;
      readonly head?: ReportHead;
      readonly rows: readonly (readonly [index: number, row: ReportRow])[];
    };

const reportActions = [
  'copyMessage',
  'copyAs',
  'sendAgain',
  'editAndSend',
  'exportJson',
  'exportCsv',
  'compare',
  'endCompare',
  'keepOpen',
] as const;
export type ReportAction = (typeof reportActions)[number];

/** From the page. */
export type FromReport =
  | { readonly type: 'ready'; readonly person?: PagePerson }
  | { readonly type: 'action'; readonly action: ReportAction }
  /** To open the code that serves a row. */
  | { readonly type: 'reveal'; readonly slot: ReportSlot; readonly index: number };

/** What is remembered of a page while its window reloads. */
export interface RememberedReport {
  readonly id: string;
  readonly isKept: boolean;
}

/** Checks what came from a page; undefined if it is none of the messages. */
export function parseFromReport(value: unknown): FromReport | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, action, slot, index } = value as Record<string, unknown>;
  switch (type) {
    case 'ready': {
      const person = parsePerson((value as Record<string, unknown>)['person']);
      return { type, ...(person && { person }) };
    }
    case 'action': {
      const known = reportActions.find((one) => one === action);
      return known && { type, action: known };
    }
    case 'reveal':
      if (slot !== 'main' && slot !== 'previous') return undefined;
      return Number.isSafeInteger(index) ? { type, slot, index: index as number } : undefined;
    default:
      return undefined;
  }
}

/** Checks what a page remembered. */
export function parseRememberedReport(value: unknown): RememberedReport | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, isKept } = value as Record<string, unknown>;
  return typeof id === 'string' && typeof isKept === 'boolean' ? { id, isKept } : undefined;
}
