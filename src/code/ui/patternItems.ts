import { QuickPickItemKind, ThemeIcon, type QuickPickItem } from 'vscode';
import type { Candidate, Offer } from '../index/candidates';
import { previewText, type Coverage } from '../index/coverage';
import * as l10n from '../../util/l10n';
import { keyOf } from '../picker/patternChoice';
import { placeText } from './places';

/** A row of the pattern picker; rows without a candidate are messages. */
export interface PatternItem extends QuickPickItem {
  readonly candidate?: Candidate;
}

/** The rows for an offer: why the text is no pattern, what was chosen, and the candidates in their groups. */
export function itemsOf(offer: Offer, typed: string, chosen: readonly Candidate[]): PatternItem[] {
  const items: PatternItem[] = [];
  if (offer.reason !== undefined) {
    const label =
      offer.candidates.length > 0
        ? `$(info) ${offer.reason}`
        : `$(error) ${l10n.t('“{0}” is not a pattern', typed)}`;
    const detail = offer.candidates.length > 0 ? undefined : offer.reason;
    items.push({ label, ...(detail && { detail }), alwaysShow: true });
  }
  let group = '';
  const chosenKeys = new Set(chosen.map(keyOf));
  for (const candidate of offer.candidates) {
    if (chosenKeys.has(keyOf(candidate))) continue;
    const heading = headingOf(candidate.kind);
    if (heading !== group) items.push({ label: heading, kind: QuickPickItemKind.Separator });
    group = heading;
    items.push(itemOf(candidate));
  }
  if (offer.leftOut > 0)
    items.push({ label: l10n.t('… and {0} more: type to find them', offer.leftOut), alwaysShow: true });
  if (chosen.length === 0) return items;
  return [{ label: l10n.t('chosen'), kind: QuickPickItemKind.Separator }, ...chosen.map(itemOf), ...items];
}

function headingOf(kind: Candidate['kind']): string {
  switch (kind) {
    case 'recent':
      return l10n.t('reset before');
    case 'typed':
    case 'below':
      return l10n.t('as typed');
    case 'service':
      return l10n.t('services');
    case 'pattern':
      return l10n.t('patterns');
    case 'name':
      return l10n.t('resource names');
    case 'part':
      return l10n.t('continue with');
  }
}

function itemOf(candidate: Candidate): PatternItem {
  const base = { candidate, alwaysShow: true, ...previewOf(candidate.coverage) };
  const covers = coversText(candidate.coverage);
  switch (candidate.kind) {
    case 'typed':
      return {
        ...base,
        label: candidate.patterns[0],
        description: described(l10n.t('as typed'), covers),
        iconPath: new ThemeIcon('edit'),
      };
    case 'below':
      return {
        ...base,
        label: candidate.patterns[0],
        description: described(l10n.t('everything under this'), covers),
        iconPath: new ThemeIcon('edit'),
      };
    case 'service': {
      const [below = '', root] = [...candidate.patterns].reverse();
      const withRoot = root === undefined ? '' : l10n.t('with {0}', root);
      const description = described(withRoot, placeText(candidate.places), covers);
      return { ...base, label: below, description, iconPath: new ThemeIcon('server-process') };
    }
    case 'pattern':
      return {
        ...base,
        label: candidate.patterns[0],
        description: described(knownText(candidate), covers),
        iconPath: new ThemeIcon('symbol-interface'),
      };
    case 'name':
      return {
        ...base,
        label: candidate.patterns[0],
        description: knownText(candidate),
        iconPath: new ThemeIcon('symbol-constant'),
      };
    case 'recent':
      return {
        ...base,
        label: candidate.patterns.join(', '),
        description: described(candidate.isPinned ? '$(pinned)' : '', covers),
        iconPath: new ThemeIcon('history'),
      };
    case 'part':
      return {
        ...base,
        label: candidate.text,
        description: described(l10n.t('keep typing'), covers),
        iconPath: new ThemeIcon('arrow-right'),
      };
  }
}

function described(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join(' · ');
}

/** Empty until it was counted. */
function coversText(coverage: Coverage | undefined): string {
  if (!coverage) return '';
  const { count } = coverage;
  if (count === 0) return l10n.t('matches no known resources');
  return count === 1 ? l10n.t('matches 1 known resource') : l10n.t('matches {0} known resources', count);
}

/** Below an item: the first names that it covers. */
function previewOf(coverage: Coverage | undefined): { detail?: string } {
  return !coverage || coverage.first.length === 0 ? {} : { detail: `    ${previewText(coverage)}` };
}

function knownText({ known, seenAt }: Extract<Candidate, { kind: 'pattern' | 'name' }>): string {
  const live =
    seenAt === undefined ? '' : `$(broadcast) ${l10n.t('live, {0} ago', ageText(Date.now() - seenAt))}`;
  const places = known.handlers.length > 0 ? placeText(known.handlers) : '';
  const uses =
    places === '' && known.references.length > 0 ? l10n.t('used in {0}', placeText(known.references)) : '';
  return [places, uses, live].filter((part) => part !== '').join(' · ');
}

function ageText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}
