import { l10n } from 'vscode';
import { setBundle } from '../util/l10n';

/** Hands the texts of the person's language to a bundle that is loaded late: it has a copy of its own of what looks them up. */
export function takeTexts(): void {
  if (l10n.bundle) setBundle(l10n.bundle);
}
