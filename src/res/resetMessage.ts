import * as l10n from '../util/l10n';
import { checkPattern, minimalCover, patternProblemText } from './pattern';
import type { Problem, Result } from '../util/problem';
import { shownText } from '../util/shownText';

/** The subject that every gateway listens to. */
export const resetSubject = 'system.reset';

/** The payload of a `system.reset` (RES Service Protocol, "System reset event"): at least one list, none empty. */
export interface ResetMessage {
  /** Patterns of the resources to fetch again. */
  readonly resources?: readonly string[];
  /** Patterns of the resources to ask for access to again. */
  readonly access?: readonly string[];
}

/** The two lists of a `system.reset`. */
export type ResetList = keyof ResetMessage;

/** What someone asks to reset, before it is checked. */
export interface ResetRequest {
  readonly resources?: string | readonly string[];
  readonly access?: string | readonly string[];
}

/**
 * Checks every pattern and builds the smallest message that means the same. The problem names the first pattern that
 * Resgate would drop, and why.
 */
export function buildResetMessage(request: ResetRequest): Result<ResetMessage> {
  const lists: { resources?: string[]; access?: string[] } = {};
  for (const list of ['resources', 'access'] as const) {
    const checked = checkList(list, request[list]);
    if (!checked.ok) return checked;
    if (checked.value.length > 0) lists[list] = checked.value;
  }
  if (!lists.resources && !lists.access) {
    return refuse(
      l10n.msg('no pattern was given'),
      l10n.msg('Give at least one pattern in “resources” or “access”.'),
    );
  }
  return { ok: true, value: lists };
}

function checkList(list: ResetList, value: unknown): Result<string[]> {
  if (value === undefined || value === null) return { ok: true, value: [] };
  const patterns: unknown = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(patterns)) {
    return refuse(
      l10n.msg('“{0}” must be a string or a list of strings', list),
      l10n.msg('Pass a pattern such as "library.>", or a list of patterns.'),
    );
  }
  const valid: string[] = [];
  for (const pattern of patterns as unknown[]) {
    if (typeof pattern !== 'string') {
      return refuse(
        l10n.msg('“{0}” contains {1}, which is not a string', list, describe(pattern)),
        l10n.msg('Each pattern must be a string.'),
      );
    }
    const problem = checkPattern(pattern);
    if (problem)
      return refuse(
        l10n.msg('“{0}” in “{1}” is not a valid pattern', shownText(pattern), list),
        patternProblemText(problem),
      );
    valid.push(pattern);
  }
  return { ok: true, value: minimalCover(valid) };
}

function refuse(why: l10n.Text, remedy: l10n.Text): { ok: false; problem: Problem } {
  return { ok: false, problem: { what: l10n.msg('Nothing was sent'), why, remedy } };
}

function describe(value: unknown): string {
  try {
    const text = JSON.stringify(value) as string | undefined;
    return text === undefined ? typeof value : shownText(text);
  } catch {
    // A number that is too large for JSON, or an object that holds itself.
    return typeof value;
  }
}

/** The message in few words: `library.>`, `library.> +2`, `access library.>`, `library.> and access`. */
export function summarizeReset({ resources, access }: ResetMessage): string {
  if (!resources) return access ? l10n.t('access {0}', shorten(access)) : '';
  if (!access) return shorten(resources);
  const isSame = resources.join() === access.join();
  return isSame
    ? l10n.t('{0} and access', shorten(resources))
    : l10n.t('{0}, access {1}', shorten(resources), shorten(access));
}

function shorten(patterns: readonly string[]): string {
  const [first = '', ...others] = patterns;
  return others.length === 0 ? first : `${first} +${others.length}`;
}
