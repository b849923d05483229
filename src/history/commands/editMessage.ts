import { checkPattern, minimalCover, patternProblemText } from '../../res/pattern';
import { buildResetMessage } from '../../res/resetMessage';
import { isTokenReset, type SystemMessage } from '../../res/systemMessage';
import { buildTokenReset, checkAuthSubject, type TokenResetMessage } from '../../res/tokenReset';
import type { ResetRecord } from '../../resets/resetRecord';
import * as l10n from '../../util/l10n';
import type { Result } from '../../util/problem';
import { shownText } from '../../util/shownText';
import { joinList, splitList } from '../../util/typedList';

/** The problem with typed patterns, or what they will be sent as. */
interface PatternsHint {
  readonly isValid: boolean;
  readonly text: string;
}

/** A text that a person is asked for, among others. */
export interface TextStep {
  readonly what: string;
  readonly prompt: string;
  readonly value: string;
  /** What is wrong with the text, or will become of it, in view of the texts of all steps. */
  readonly hint: (typed: string, all: readonly string[]) => PatternsHint | undefined;
}

/** What to say while patterns are typed; nothing where there is nothing to say. */
export function patternsHint(typed: string): PatternsHint | undefined {
  const patterns = splitList(typed);
  for (const pattern of patterns) {
    const problem = checkPattern(pattern);
    if (problem)
      return { isValid: false, text: `“${shownText(pattern)}”: ${l10n.textOf(patternProblemText(problem))}` };
  }
  const sent = minimalCover(patterns);
  const shown = shownText(joinList(sent), 500);
  if (sent.length < patterns.length)
    return { isValid: true, text: l10n.t('Sent as {0}, which covers the others.', shown) };
  // A comma can be part of a name, too: what it was taken for must be seen.
  if (!/[^\s,],[^\s,]/.test(typed) || typed.includes('"')) return undefined;
  return { isValid: true, text: l10n.t('Sent as {0}. A name that contains a comma is in quotes.', shown) };
}

/** What is wrong with typed token ids; nothing where they can be sent. */
export function tokensHint(typed: string): PatternsHint | undefined {
  const isNamed = splitList(typed).some((id) => id.trim() !== '');
  return isNamed ? undefined : { isValid: false, text: l10n.t('Enter at least one token id.') };
}

/** What is wrong with a typed auth subject; nothing where it can be sent. */
export function subjectHint(typed: string): PatternsHint | undefined {
  const reason = checkAuthSubject(typed.trim());
  return reason === undefined ? undefined : { isValid: false, text: l10n.textOf(reason) };
}

/** How a person edits a message: the texts to ask for, and what they then make. */
export function editSteps(message: SystemMessage): {
  readonly steps: readonly TextStep[];
  readonly read: (typed: readonly string[]) => Result<SystemMessage>;
} {
  if (isTokenReset(message)) {
    return {
      steps: [
        {
          what: l10n.t('token ids'),
          prompt: l10n.t('Token ids, separated by commas or spaces'),
          value: joinList(message.tids),
          hint: tokensHint,
        },
        {
          what: l10n.t('auth request'),
          prompt: l10n.t('The auth request that the gateways send for each token'),
          value: message.subject,
          hint: subjectHint,
        },
      ],
      read: ([ids = '', subject = '']) => typedTokenReset(ids, subject),
    };
  }
  return {
    steps: [
      {
        what: l10n.t('resources'),
        prompt: l10n.t('Resource patterns, separated by commas or spaces (can be empty)'),
        value: joinList(message.resources ?? []),
        hint: patternsHint,
      },
      {
        what: l10n.t('access'),
        prompt: l10n.t('Access patterns, separated by commas or spaces (can be empty)'),
        value: joinList(message.access ?? []),
        hint: (patterns, all) =>
          all.every((text) => splitList(text).length === 0)
            ? { isValid: false, text: l10n.t('Nothing to reset: enter a pattern here, or go back.') }
            : patternsHint(patterns),
      },
    ],
    read: ([resources = '', access = '']) =>
      buildResetMessage({ resources: splitList(resources), access: splitList(access) }),
  };
}

/** The token reset that a person typed. */
export function typedTokenReset(ids: string, subject: string): Result<TokenResetMessage> {
  return buildTokenReset(splitList(ids), subject.trim());
}

/** The message of a record, if it is known whole: part of it would be another reset. */
export function wholeMessage({ message, leftOut }: ResetRecord): Result<SystemMessage> {
  if (leftOut === undefined) return { ok: true, value: message };
  const problem = {
    what: l10n.msg('Only part of this reset was stored'),
    why:
      leftOut === 1
        ? l10n.msg('its message was too long: 1 pattern or token id is missing')
        : l10n.msg('its message was too long: {0} patterns or token ids are missing', leftOut),
    remedy: l10n.msg('Enter the patterns yourself.'),
  };
  return { ok: false, problem };
}

/** Checks the message of a record of the history, which may be somebody else's, before it is sent. */
export function checkMessage(record: ResetRecord): Result<SystemMessage> {
  const whole = wholeMessage(record);
  if (!whole.ok) return whole;
  const message = whole.value;
  return isTokenReset(message) ? buildTokenReset(message.tids, message.subject) : buildResetMessage(message);
}
