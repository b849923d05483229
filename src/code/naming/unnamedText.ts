import * as l10n from '../../util/l10n';
import type { NameSource } from '../index/serviceNames';

/** Why a service has no name here. */
export function unnamedText(source: NameSource): string {
  if ('env' in source)
    return l10n.t('The environment variable {0} sets the name of this service.', source.env);
  if ('config' in source)
    return l10n.t('The configuration key {0} sets the name of this service.', source.config);
  return l10n.t('The code does not say the name of this service.');
}

/** A pattern with an unknown start, as it is shown: `….books`. */
export function shownUnnamed(pattern: string): string {
  return pattern.replace(/^\?/, '…');
}
