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

/** What sets the name of a service, and where it is. */
export function unnamedDescription(source: NameSource, place: string): string {
  if ('env' in source) return l10n.t('environment variable {0}, {1}', source.env, place);
  return 'config' in source ? l10n.t('configuration key {0}, {1}', source.config, place) : place;
}

/** A pattern with an unknown start, as it is shown: `….books`. */
export function shownUnnamed(pattern: string): string {
  return pattern.replace(/^\?/, '…');
}
