import { textOf, type Text } from '../../src/util/l10n';

/** What a person reads of a problem; nothing where it says nothing. */
export function said(text: Text | undefined): string {
  return text === undefined ? '' : textOf(text);
}
