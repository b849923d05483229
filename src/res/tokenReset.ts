import * as l10n from '../util/l10n';
import { checkName, patternProblemText } from './pattern';
import type { Result } from '../util/problem';
import { shownText } from '../util/shownText';

/** The payload of a `system.tokenReset` (RES Service Protocol, "System token reset event"). */
export interface TokenResetMessage {
  /** The token ids whose client connections are to be asked for a new token. */
  readonly tids: readonly string[];
  /** The auth request that the gateways send for each of them: `auth.authentication.renewToken`. */
  readonly subject: string;
}

export const tokenResetSubject = 'system.tokenReset';

/** Why a text can't be the subject of a token reset; none if it can. */
export function checkAuthSubject(subject: string): l10n.Code | undefined {
  const problem = checkName(subject);
  if (problem) return patternProblemText(problem);
  const parts = subject.split('.');
  if (parts[0] === 'auth' && parts.length >= 3) return undefined;
  return l10n.msg(
    'Enter the subject of an auth request: auth, a resource name and a method, such as auth.authentication.renewToken.',
  );
}

/** Checks the ids and the subject and builds the message. */
export function buildTokenReset(tids: readonly string[], subject: string): Result<TokenResetMessage> {
  const distinct = [...new Set(tids.map((tid) => tid.trim()).filter((tid) => tid !== ''))];
  const what = l10n.msg('Nothing was sent');
  if (distinct.length === 0) {
    return {
      ok: false,
      problem: {
        what,
        why: l10n.msg('no token id was given'),
        remedy: l10n.msg('Enter at least one token id.'),
      },
    };
  }
  const reason = checkAuthSubject(subject);
  if (reason !== undefined)
    return {
      ok: false,
      problem: {
        what,
        why: l10n.msg('“{0}” is not the subject of an auth request', shownText(subject)),
        remedy: reason,
      },
    };
  return { ok: true, value: { tids: distinct, subject } };
}
